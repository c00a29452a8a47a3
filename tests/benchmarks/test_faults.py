"""The looking through rows after a fault sees each half, and nothing where all is whole."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.fault_checks import FIRST_ANSWER, wrong_memories, wrong_rows
from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.moderation.models import FirstTexts, Screening, Sent
from leeward.notifications.models import Notice
from leeward.search.models import IndexedDocument
from leeward.stories.actions.answering import answer, react
from leeward.stories.models import Answer, Reaction, ReactionWord, Story
from tests.conftest import Cast

TEXT = "I read this twice, and I am with you today."
ALL: dict[str, Any] = {FIRST_ANSWER: 1}


@pytest.fixture
def made(cast: Cast) -> Answer:
    """An answer that is shown, under a story that can be found."""
    FirstTexts.objects.create(member=cast.other_member, released=5)
    story: Story = Story.objects.create(author=cast.author, title="Of one, 1", text="It was in spring.")
    show_to(story, [MEMBERS])
    publish(story)
    return answer(story, by=cast.other_member, text=TEXT)


def test_where_all_is_whole_nothing_is_found(made: Answer) -> None:
    assert made.is_live
    assert wrong_rows(ALL) == []


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (lambda made: Notice.objects.all().delete(), "not told once"),
        (lambda made: Sent.objects.all().delete(), "written down as sent"),
        (lambda made: _rows().update(state=State.HELD), "nobody knows of it"),
        (lambda made: _rows().update(state=State.DRAFT), "is a draft"),
        (lambda made: _rows().update(at=None), "without a moment"),
        (lambda made: _rows().update(state=State.HELD), "was told of"),
        (lambda made: _rows().update(text="q: I read this", quotes=True), "quotes and does not"),
        (lambda made: Screening.objects.create(kind="stories.answer", thing_id=made.pk, author=made.author), "waits"),
        (lambda made: _rows()._raw_delete("default"), "point at stories.answer"),
        (lambda made: IndexedDocument.objects.all().delete(), "0 times in the index"),
    ],
)
def test_each_half_is_found(made: Answer, harm: Any, word: str) -> None:
    harm(made)
    assert any(word in words for words in wrong_rows(ALL))


def test_what_was_acknowledged_and_is_not_so_is_found(cast: Cast, made: Answer) -> None:
    react(made.story, by=cast.other_member, word=ReactionWord.ME_TOO, said=True)
    place = cast.other_member.pk
    deeds: list[list[dict[str, str]]] = [[] for _each in range(place)]
    ref = made.story.ref
    deeds[place - 1] = [_deed("answer", ref, TEXT), _deed("say", ref, "me_too")]
    told = {FIRST_ANSWER: 1, "deeds": deeds, "gone": [], "stories": [[ref]]}
    assert wrong_memories(told) == []
    Reaction.objects.all().delete()
    assert any("me_too stands 0 times" in words for words in wrong_memories(told))
    deeds[place - 1].append(_deed("take answer back", ref, TEXT))
    assert any("taken back, and stands" in words for words in wrong_memories(told))
    deeds[place - 1].pop()
    assert any("story gone is lost" in words for words in wrong_memories({**told, "stories": [[ref, "gone"]]}))
    assert any(
        "story" in words and "taken back, and stands" in words for words in wrong_memories({**told, "gone": [ref]})
    )
    made.delete()
    assert any("acknowledged, and is lost" in words for words in wrong_memories(told))


def _rows() -> Any:
    return everything(Answer, reason="test")


def _deed(kind: str, story: str, what: str) -> dict[str, str]:
    return {"kind": kind, "story": story, "what": what, "became": "acknowledged"}
