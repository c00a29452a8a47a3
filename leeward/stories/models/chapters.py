"""How a story goes on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.guard import GuardedManager
from leeward.audience.shared import Audience, Shared
from leeward.kit.excerpts import first_words
from leeward.kit.moments import FAR_FUTURE
from leeward.stories.models.telling import STORY_LENGTH, AnswersFrom, Story


class ChapterAudience(Audience):
    """That a chapter is shown to a ring."""

    thing = models.ForeignKey("stories.Chapter", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_chapter")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="chapter_audience_newest")]


class Chapter(Shared):
    """How a story goes on. Seen only by who is in its own audience and may see the story; signed as the story is.

    The story's own text is its beginning. Chapters follow in the order in which they were begun, without a number: a
    missing one would tell of those that somebody may not see.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, max_length=STORY_LENGTH)
    year = models.SmallIntegerField(null=True)  # when it was, as exactly as she likes: a day, a month, a year, or none
    month = models.SmallIntegerField(null=True)
    day = models.SmallIntegerField(null=True)
    until_told = models.SmallIntegerField(default=0)  # stories.tending: what was done as its date came near
    answers_from = models.CharField(max_length=8, choices=AnswersFrom.choices, default=AnswersFrom.ALL)
    quotable = models.BooleanField(default=True)  # whether answers under it may take a passage of it

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("story",)
    audience_rows = ChapterAudience

    class Meta:
        verbose_name = gettext_lazy("chapter")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "at"], name="chapter_by_author"),
            models.Index(fields=["until"], condition=models.Q(until__lt=FAR_FUTURE), name="chapter_with_an_end"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read: in its story, also if who is led there would rather not meet the beginning."""
        return f"{reverse('stories:read', args=[self.story.ref])}?to={self.ref}#{self.ref}"

    def title_words(self) -> str:
        """Its title, or its first words."""
        return self.title or first_words(self.text, 60) or _("How a story goes on")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Title and text."""
        return f"{self.title}\n\n{self.text}".strip()


def story_and_chapter(part: Story | Chapter) -> tuple[Story, Chapter | None]:
    """The story of a part, and the chapter that it is; None: it is the story's beginning."""
    return (part.story, part) if isinstance(part, Chapter) else (part, None)
