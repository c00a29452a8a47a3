"""What a book holds: her story with every chapter of it, and those answers that she chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models.query import QuerySet
from django.utils.translation import gettext as _

from leeward.audience.notes import ContentNote
from leeward.audience.viewers import Viewer
from leeward.journeys.when import when_in_words
from leeward.stories.book.photos import BookPhoto
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
        photos: those that stand in it.
    """

    title: str
    text: str
    when: str
    told: int | None
    notes: list[ContentNote]
    photos: list[BookPhoto] = field(default_factory=list)


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
    def photos(self) -> dict[str, BookPhoto]:
        """All photos in it, by their names."""
        return {photo.ref: photo for part in self.parts for photo in part.photos}

    @property
    def first_told(self) -> int | None:
        """When others saw something of it first (microseconds); None if nobody did."""
        return min((part.told for part in self.parts if part.told), default=None)

    @property
    def last_told(self) -> int | None:
        """When others saw its newest part first (microseconds)."""
        return max((part.told for part in self.parts if part.told), default=None)


def book_of(
    story: Story, *, name: str, answers: list[Answer], photos: Mapping[int, list[BookPhoto]] | None = None
) -> Book:
    """The book of a story, whatever its parts' state: for its author alone.

    Args:
        story: hers.
        name: what stands on it; "" for none.
        answers: of `answers_offered`.
        photos: of `photos_of`, by the key of their chapter; 0: of the beginning.
    """
    photos = photos or {}
    beginning = Part("", story.text, "", story.at, story.said_notes, photos.get(0, []))
    author = story.author
    assert author is not None
    chapters = Chapter.objects.written_by(author).filter(story=story).order_by("pk")
    parts = [beginning, *(_part_of(chapter, photos.get(chapter.pk, [])) for chapter in chapters)]
    parts = [part for part in parts if part.title or part.text.strip() or part.photos]
    return Book(story.title, name, parts, answers)


def _part_of(chapter: Chapter, photos: list[BookPhoto]) -> Part:
    when = when_in_words(chapter.year, chapter.month, chapter.day)
    return Part(chapter.title, chapter.text, when, chapter.at, chapter.said_notes, photos)


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
