"""Words that a member would rather not meet: what is found, who keeps what, and that her list unmasks nobody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from leeward.audience.models import MEMBERS
from leeward.language.phrases import phrases_of as phrases_of_language
from leeward.moderation.actions.phrases import LONGEST, MOST_OWN, NotAPhrase, keep_phrases
from leeward.moderation.models import HardPhrase
from leeward.moderation.phrases import common_phrases, found_for_everybody, found_of, key_of, phrases_of
from leeward.stories.actions.answering import answer
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.reading import reader
from tests.stories.telling import told

HERS = "would rather not meet these words"
FOLDED = "This answer has words you would rather not meet"


@pytest.fixture(autouse=True)
def _marked(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("your angel", "Your ANGELS are with us"),
        ("your angels", "your  \n angel"),
        ("God's plan", "it was gods plan"),
        ("Gods plan", "God’s-plan!"),
        ("rainbow baby", "rainbow-babies"),
        ("café", "the CAFE"),
        ("cafe", "the cafe\u0301 there"),
        ("reason", "for a rea\u00adson, they say"),
        ("hang in there", "Hang in there."),
        ("2 weeks", "only 2 weeks"),
        ("straße", "in the STRASSE"),
        ("boss", "the boss"),
    ],
)
def test_a_phrase_is_found_whatever_its_case_spaces_apostrophes_accents_and_plurals(phrase: str, text: str) -> None:
    found = found_of([phrase], text)
    assert len(found) == 1
    assert key_of(text[found[0].start : found[0].end]) == key_of(phrase)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("angel", "angelica grows there"),
        ("at least", "at the least bit"),
        ("be strong", "maybe strong tea"),
        ("hope", "hopeless"),
        ("his", "hi"),
        ("baby shower", "the baby, and a long shower"),
        ("time", ""),
    ],
)
def test_only_whole_words_in_a_row_are_found(phrase: str, text: str) -> None:
    assert not found_of([phrase], text)


def test_an_entry_of_the_closed_list_is_found_in_all_its_wordings() -> None:
    assert [one.kind for one in found_of(["everything happens for a reason"], "It happened for a reason.")] == [
        "reason"
    ]
    assert not found_of(["it happened for a reason, truly"], "It happened for a reason.")


def test_the_closed_list_is_sound() -> None:
    entries = common_phrases()
    assert len({key_of(entry.words) for entry in entries}) == len(entries)
    known = phrases_of_language(django_settings.LANGUAGE_CODE)
    for entry in entries:
        assert not entry.kind or entry.kind in known, entry.words
        assert entry.kind or not entry.everybody, entry.words
        assert len(entry.words) <= LONGEST


def test_what_counts_for_everybody_is_hardly_ever_said_of_oneself() -> None:
    """First-hand words, quoted cruelty aside, open no pause by the list alone."""
    for text in (
        "I ended my pregnancy at twenty weeks and I would do it again.",
        "I am praying for you both.",
        "I never moved on, and I do not want to.",
        "At least I had my sister with me that night.",
        "My angel would be four now. His brother is our rainbow.",
        "We tried again for three years and then we stopped.",
        "I cannot imagine how that was.",
    ):
        assert not found_for_everybody(text), text


def test_what_is_kept_is_exactly_what_was_said_last(cast: Cast) -> None:
    keep_phrases(cast.author, ["hang in there", "  Your   Angel ", "everything happens for a reason"])
    assert phrases_of(cast.author) == ["everything happens for a reason", "hang in there", "your angel"]
    keep_phrases(cast.author, ["Hang in there", "hang IN there!", "soldier on"])
    assert len(phrases_of(cast.author)) == 2
    keep_phrases(cast.author, [])
    assert phrases_of(cast.author) == []


def test_the_list_has_its_bounds(cast: Cast) -> None:
    keep_phrases(cast.author, [f"phrase {number:03}" for number in range(MOST_OWN)])
    for refused in (
        [f"phrase {number:03}" for number in range(MOST_OWN + 1)],
        ["w" * (LONGEST + 1)],
        ["a"],
        ["…!"],
    ):
        with pytest.raises(NotAPhrase):
            keep_phrases(cast.author, refused)
    assert len(phrases_of(cast.author)) == MOST_OWN


def test_the_page_keeps_ticks_and_words_and_shows_them_again(cast: Cast) -> None:
    client = signed_in(cast.author)
    sent = {"common": ["your angel"], "own": "hang in there\r\n\r\nEverything happens for a reason\n"}
    page = client.post("/me/phrases/", sent, follow=True)
    assert "Kept." in page.content.decode()
    said = html.unescape(page.content.decode())
    for words in ("your angel", "everything happens for a reason"):
        assert "checked" in re.findall(rf'<input[^>]*value="{words}"[^>]*>', said)[0]
    assert re.findall(r"<textarea[^>]*>\s*hang in there\s*</textarea>", said)
    assert not HardPhrase.objects.exclude(member=cast.author).exists()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("a\nhang in there", "or it would stand in every answer: a"),
        ("hang in there\n" + "w" * (LONGEST + 1), "This one is longer"),
        ("\n".join(f"phrase {number:03}" for number in range(MOST_OWN + 2)), "Please take 2 lines out"),
    ],
)
def test_what_cannot_be_kept_is_said_kindly_and_is_still_there(cast: Cast, own: str, said: str) -> None:
    keep_phrases(cast.author, ["as before"])
    page = html.unescape(signed_in(cast.author).post("/me/phrases/", {"own": own}).content.decode())
    assert said in page
    assert all(line in page for line in own.splitlines())
    assert phrases_of(cast.author) == ["as before"]


def test_an_answer_with_her_words_stands_folded_on_her_page_and_on_nobody_elses(cast: Cast) -> None:
    signed, unsigned = told(cast.author, MEMBERS), told(cast.author, MEMBERS, signed=False)
    for story in (signed, unsigned):
        answer(story, by=cast.other_member, text="Hang in there.")
        answer(story, by=cast.other_member, text="I am with you.")
        answer(story, by=cast.author, text="I will not hang in there.")
    keep_phrases(cast.author, ["hang in there"])
    for story in (signed, unsigned):
        page = signed_in(cast.author).get(story.get_absolute_url()).content.decode()
        assert page.count(FOLDED) == 1
        assert "Hang in there." in page  # one press away
        for other in (cast.other_member, cast.same_ring, cast.moderator):
            assert FOLDED not in signed_in(other).get(story.get_absolute_url()).content.decode()


def pause_of(cast: Cast, story: Story, text: str) -> str:
    """What another member finds when she sends this: without what differs from one request to the next."""
    page = signed_in(cast.other_member).post(f"/stories/{story.ref}/answer/", {"text": text}, follow=True)
    said = page.content.decode()
    of_request = r"csrfmiddlewaretoken[^>]*>|name=\"unsent\"[^>]*>|id=\"\w{14}\"|"
    said = re.sub(of_request + story.ref, "", said[said.index("<main") :])
    return html.unescape(said)


def probes() -> list[str]:
    """Every entry of the closed list in every wording, and free words."""
    wordings = [wording for entry in common_phrases() for wording in entry.wordings]
    return ["lighthouse", "hang in there", *wordings]


def test_under_what_she_did_not_sign_her_list_changes_nothing_that_anybody_else_sees(cast: Cast) -> None:
    hers, anothers = (told(member, MEMBERS, signed=False, text="four days now") for member in (cast.author, cast.host))
    keep_phrases(cast.author, ["lighthouse", *(entry.words for entry in common_phrases()[::2])])
    keep_phrases(cast.host, [entry.words for entry in common_phrases()[1::2]])
    text = ". ".join(probes())
    page = pause_of(cast, hers, text)
    assert page == pause_of(cast, anothers, text)
    assert HERS not in page
    assert "<mark>" in page  # for everybody, there is a pause
    assert "<mark>lighthouse" not in page


def test_under_what_she_signed_it_counts_so_it_could_have_told(cast: Cast) -> None:
    keep_phrases(cast.author, ["lighthouse", "your angel"])
    page = pause_of(cast, told(cast.author, MEMBERS), ". ".join(probes()))
    assert HERS in page
    assert "<mark>lighthouse</mark>" in page
    assert "<mark>your angel</mark>" in page
    assert "<mark>rainbow baby</mark>" not in page


def test_a_story_of_somebody_who_has_left_opens_no_pause_of_hers(cast: Cast) -> None:
    keep_phrases(cast.author, ["lighthouse"])
    story = told(cast.author, MEMBERS)
    Story.objects.written_by(cast.author).update(author=None)
    assert "Nothing has been sent yet" not in pause_of(cast, story, "the lighthouse")
