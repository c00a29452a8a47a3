"""A draft that one trusted person reads before anybody else, and what the two write about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.guard import GuardedManager
from leeward.audience.shared import Audience, Shared
from leeward.kit.excerpts import first_words
from leeward.stories.models.chapters import Chapter
from leeward.stories.models.telling import STORY_LENGTH, Story

REMARK_LENGTH = 8_000
"""Longest text of one of the two about a draft, in characters."""


class FirstReadingAudience(Audience):
    """That a first reading is shown to its one reader: a ring of one person."""

    thing = models.ForeignKey("stories.FirstReading", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_reading")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="reading_audience_newest")]


class FirstReading(Shared):
    """Words of a draft as its author handed them to one person, for a time. The draft itself stays hers alone.

    A copy, so that nobody reads along while she writes on. It is emptied when it is over. Always signed: the one who
    reads it knows whose it is.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")  # null: its beginning
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, max_length=STORY_LENGTH)
    asked_jointly_at = models.BigIntegerField(null=True)  # when its author asked to tell it together (stories.jointly)
    ended_at = models.BigIntegerField(null=True)  # told, taken back, or over; which of them is not kept

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = FirstReadingAudience

    class Meta:
        verbose_name = gettext_lazy("draft read by one person")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(signed=True), name="a_first_reading_is_signed")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "at"], name="readings_by_author"),
            models.Index(fields=["reader", "at"], name="readings_by_reader"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("stories:first_reading", args=[self.ref])

    @property
    def part(self) -> Story | Chapter:
        """What it was taken from: the beginning of a story, or a chapter."""
        return self.chapter or self.story

    def title_words(self) -> str:
        """Its title, or its first words."""
        return self.title or first_words(self.text, 60) or _("Something to read")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Title and text."""
        return f"{self.title}\n\n{self.text}".strip()


class Remark(Shared):
    """What one of the two writes about a draft. Seen by the two alone."""

    reading = models.ForeignKey(FirstReading, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=REMARK_LENGTH)

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("reading",)

    class Meta:
        verbose_name = gettext_lazy("words about a draft")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(signed=True), name="a_remark_is_signed")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reading", "at"], name="remarks_of_a_reading"),
            models.Index(fields=["author", "at"], name="remarks_by_author"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read: under the draft, which its reader has opened before."""
        return f"{self.reading.get_absolute_url()}?open#{self.ref}"

    def title_words(self) -> str:
        """What it is."""
        return _("Words about a draft")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Its text."""
        return self.text
