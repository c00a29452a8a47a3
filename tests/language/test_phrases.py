"""What is said of phrases that are meant well and hurt."""

from __future__ import annotations

import pytest

from leeward.language.phrases import OTHER, about, kind_of, phrases_of
from leeward.language.rules import plain


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("At least you know you can get pregnant.", "at_least"),
        ("Everything happens for a reason, love.", "reason"),
        ("Heaven needed another angel.", "gods_plan"),
        ("You’re young, you can try again.", "try_again"),
        ("Have you thought about adopting?", "adopt"),
        ("You just need to relax.", "relax"),
        ("Time heals all things.", "time"),
        ("I know exactly how you feel.", "know_how"),
        ("Have you tried acupuncture?", "advice"),
        ("It is what it is, my dear.", OTHER),
    ],
)
def test_a_phrase_is_known_by_its_words(sentence: str, kind: str) -> None:
    assert kind_of(plain(sentence)) == kind


def test_every_kind_says_why_it_hurts_and_what_might_be_said_instead() -> None:
    for phrase in phrases_of("en").values():
        assert phrase.title
        assert phrase.why
        assert phrase.instead


def test_what_is_said_instead_is_no_such_phrase_itself() -> None:
    for phrase in phrases_of("en").values():
        assert [kind_of(plain(words)) for words in phrase.instead] == [OTHER] * len(phrase.instead)


def test_an_unknown_kind_is_spoken_of_in_general() -> None:
    assert about("no such kind") == about(OTHER)


def test_a_language_without_phrases_is_named() -> None:
    with pytest.raises(LookupError, match="xx"):
        phrases_of("xx")
