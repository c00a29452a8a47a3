"""Tell an invented person's stories and answers, as her tables say, each at its moment."""

from __future__ import annotations

from typing import Any

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import mask_of
from leeward.audience.publishing import changed, show_to
from leeward.audience.shared import State
from leeward.journeys.facts import pairs_of
from leeward.journeys.ways import ways_of
from leeward.kit.moments import to_datetime
from leeward.members.models import Member
from leeward.stories.asking import mask_of as asking_of
from leeward.stories.models import Answer, Chapter, Quote, Reaction, ShownFact, Story
from leeward.stories.quoting.passages import as_it_stands
from leeward.stories.quoting.sources import FIELD_OF


def tell_story(told: dict[str, Any], *, by: Member, at: int, held: bool = False) -> Story:
    """A story for the audience that its table names, live since `at` (microseconds), or written then and held."""
    story: Story = Story.objects.create(
        author=by,
        title=told.get("title", ""),
        text=told["text"].strip(),
        signed=told.get("signed", True),
        notes=mask_of(told.get("notes", ())),
        asking=asking_of(told.get("asks", ())),
        state=State.HELD if held else State.LIVE,
        at=None if held else at,
        touched_at=at,
    )
    show_to(story, _rings(told["audience"], by))
    shows = set(told.get("shows", ()))
    facts = [ShownFact(story=story, facet=facet, key=key) for facet, key in pairs_of(by) if facet in shows]
    ShownFact.objects.bulk_create(facts)
    changed(story)
    return story


def tell_chapter(story: Story, told: dict[str, Any], *, by: Member, at: int) -> Chapter:
    """How a story went on at a moment (microseconds), for the audience that its table names."""
    day = to_datetime(at).date()
    dated = ("year", "month", "day")[: ("", "year", "month", "day").index(told.get("dated", ""))]
    chapter: Chapter = Chapter.objects.create(
        story=story,
        author=by,
        title=told.get("title", ""),
        text=told["text"].strip(),
        signed=story.signed,
        notes=mask_of(told.get("notes", ())),
        state=State.LIVE,
        at=at,
        touched_at=at,
        **{part: getattr(day, part) for part in dated},
    )
    show_to(chapter, _rings(told["audience"], by))
    return chapter


def answer_story(
    story: Story,
    answered: dict[str, Any],
    *,
    by: Member,
    at: int,
    held: bool = False,
    chapter: Chapter | None = None,
) -> Answer:
    """An answer, to the story's beginning or to a chapter, live since `at` (microseconds), or written then and held."""
    signed = answered.get("signed", True) and (story.signed or story.author_id != by.pk)
    made: Answer = Answer.objects.create(
        story=story,
        chapter=chapter,
        author=by,
        by_teller=story.author_id == by.pk,
        text=answered["text"].strip(),
        signed=signed,
        notes=mask_of(answered.get("notes", ())),
        state=State.HELD if held else State.LIVE,
        at=None if held else at,
        touched_at=at,
    )
    return made


def quote_passage(made: Answer, passage: str, *, of: Answer | None = None) -> None:
    """A passage above an answer: of what it answers, or of another answer.

    Raises:
        ValueError: it does not stand there.
    """
    source = of or made.chapter or made.story
    stands = as_it_stands(passage, source.text)
    if stands is None:
        raise ValueError(f"No such words to quote: {passage!r}.")
    Quote.objects.create(answer=made, passage=stands, **{FIELD_OF[type(source)]: source})
    made.quotes = True
    made.save(update_fields=["quotes"])


def say_word(story: Story, word: str, *, by: Member, named: bool = False) -> None:
    """A word said to a story, with a name for people who know her or without; nobody says one to her own."""
    if story.author_id != by.pk:
        Reaction.objects.get_or_create(story=story, member=by, word=word, defaults={"signed": named})
        if named:
            story.words_named = True
            story.save(update_fields=["words_named"])


def _rings(audience: str, author: Member) -> set[int]:
    match audience:
        case "everyone":
            return {EVERYONE}
        case "members":
            return {MEMBERS}
        case "same_way":
            return {way.ring_id for way in ways_of(author)}
    raise ValueError(f"The village knows no audience {audience!r}.")
