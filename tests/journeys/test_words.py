from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from leeward.journeys.actions import NotAgreed, say_my_word
from leeward.journeys.words import UnknownTerm, host_words, say, speech_of, words_in
from tests.conftest import Cast
from tests.journeys.journeying import told


@pytest.fixture
def host_says(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "words.toml").write_text('[kind]\ntfmr = "Compassionate induction"\n', encoding="utf-8")
    with override_settings(DATA=tmp_path):
        host_words.cache_clear()
        yield
    host_words.cache_clear()


def test_without_a_file_of_the_host_our_words_are_shown() -> None:
    assert say("kind", "tfmr") == "Ended for medical reasons"


@pytest.mark.usefixtures("host_says")
def test_the_hosts_word_stands_in_place_of_ours() -> None:
    assert say("kind", "tfmr") == "Compassionate induction"
    assert say("kind", "ectopic") == "Ectopic pregnancy"


@pytest.mark.usefixtures("host_says")
def test_a_members_word_comes_before_the_hosts_and_is_hers_alone(cast: Cast) -> None:
    say_my_word(told(cast.author), "kind", "tfmr", "our goodbye")
    assert speech_of(cast.author).say("kind", "tfmr") == "our goodbye"
    assert speech_of(cast.other_member).say("kind", "tfmr") == "Compassionate induction"
    say_my_word(cast.author, "kind", "tfmr", "")
    assert speech_of(cast.author).say("kind", "tfmr") == "Compassionate induction"


def test_a_word_of_her_own_needs_her_agreement(cast: Cast) -> None:
    with pytest.raises(NotAgreed):
        say_my_word(cast.author, "kind", "tfmr", "our goodbye")


@pytest.mark.parametrize(
    "text", ['[kind]\nno_such = "x"', '[nothing]\nx = "y"', "kind = 3", "[kind]\ntfmr = 3", '[kind]\ntfmr = " "']
)
def test_a_mistake_in_the_hosts_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownTerm, match=r"words\.toml"):
        words_in(path)


def test_a_term_that_is_no_more_is_shown_as_its_key() -> None:
    assert say("kind", "gone_long_ago") == "gone_long_ago"
