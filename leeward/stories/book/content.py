"""What a book holds: her story with every chapter of it, and those answers that she chose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models.query import QuerySet
from django.utils.translation import gettext as _

from leeward.audience.notes import ContentNote
from leeward.audience.viewers import Viewer
from leeward.journeys.when import when_in_words
from leeward.stories.models import Answer, Chapter, Story

MOST_ANSWERS = 200
"""So many answers are offered for one book: the newest."""


@dataclass(frozen=True)
class Part:
    """The beginning of a story, or one chapter.

    Args:
        title: may be empty.
        text: Markdown.
        when: the date that she gave it, in words, or "".
        told: when others saw it first (microseconds), or None.
        notes: what is inside, as she said; what only the text suggests is not said in her book.
    """

    title: str
    text: str
    when: str
    told: int | None
    notes: list[ContentNote]


@dataclass(frozen=True)
class Book:
    """What stands in a book.

    Args:
        title: the story's, or "".
        name: the name that stands on it, or "".
        parts: the beginning and the chapters, in the order in which they were begun.
        answers: those that she chose, oldest first.
    """

    title: str
    name: str
    parts: list[Part]
    answers: list[Answer]

    @property
    def first_told(self) -> int | None:
        """When others saw something of it first (microseconds); None if nobody did."""
        return min((part.told for part in self.parts if part.told), default=None)

    @property
    def last_told(self) -> int | None:
        """When others saw its newest part first (microseconds)."""
        return max((part.told for part in self.parts if part.told), default=None)


def book_of(story: Story, *, name: str, answers: list[Answer]) -> Book:
    """The book of a story, whatever its parts' state: for its author alone.

    Args:
        story: hers.
        name: what stands on it; "" for none.
        answers: of `answers_offered`.
    """
    beginning = Part("", story.text, "", story.at, story.said_notes)
    author = story.author
    assert author is not None
    chapters = Chapter.objects.written_by(author).filter(story=story).order_by("pk")
    parts = [beginning, *(_part_of(chapter) for chapter in chapters)]
    return Book(story.title, name, [part for part in parts if part.title or part.text.strip()], answers)


def _part_of(chapter: Chapter) -> Part:
    when = when_in_words(chapter.year, chapter.month, chapter.day)
    return Part(chapter.title, chapter.text, when, chapter.at, chapter.said_notes)


def answers_offered(story: Story, viewer: Viewer) -> QuerySet[Answer]:
    """The answers that may go into the book: those that she sees, wants to see, and did not hide; newest first."""
    seen = Answer.objects.filter(story=story, hidden_at=None).visible_to(viewer).gentle_for(viewer)
    offered: QuerySet[Answer] = seen.exclude(at=None).select_related("author", "chapter").order_by("-at")[:MOST_ANSWERS]
    return offered


def chosen_among(offered: Collection[Answer], refs: Collection[str]) -> list[Answer]:
    """Those that were ticked, oldest first."""
    return [made for made in reversed(list(offered)) if made.ref in refs]


def whose(made: Answer, story: Story) -> str:
    """Who answered, as the story's page says it. The teller is not named: her book may carry no name."""
    if made.by_teller and made.signed == story.signed:
        return _("From the one who told this")
    if not made.signed:
        return _("with no name")
    return made.author.name if made.author else _("from someone who has left")
