"""A photo in a story, with what its author says of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.guard import GuardedManager
from leeward.audience.shared import Shared
from leeward.kit.excerpts import first_words
from leeward.stories.models.chapters import Chapter
from leeward.stories.models.telling import Story


class Picture(Shared):
    """A photo in a story, or in one chapter of it, with what its author says of it. Signed as the story is.

    Seen only by who may see what it stands in. A cover keeps it closed until a reader opens it.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")  # null: its beginning
    photo = models.OneToOneField("photos.Photo", on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(max_length=500, blank=True)  # what it shows, for who cannot see it
    cover = models.CharField(max_length=200, blank=True)  # what the cover says is inside; "": it stands open
    place = models.SmallIntegerField(default=0)  # among the photos of the same part, the lowest first
    placed_at = models.BigIntegerField(null=True)  # since when its author lets it stand in her story; null: not yet
    mark = models.CharField(max_length=32, blank=True)  # of the file that was sent: the same one sent twice is one

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("chapter", "story")

    class Meta:
        verbose_name = gettext_lazy("photo")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["story"], name="pictures_of_a_story"),
            models.Index(fields=["author", "at"], name="pictures_by_author"),
        ]

    @property
    def part(self) -> Story | Chapter:
        """What it stands in: a chapter, or the beginning of the story."""
        return self.chapter or self.story

    def get_absolute_url(self) -> str:
        """Where it is seen: in its story."""
        return f"{reverse('stories:read', args=[self.story.ref])}#{self.ref}"

    def title_words(self) -> str:
        """What it is."""
        return _("A photo")

    def excerpt(self) -> str:
        """What its author says that it shows, or its cover."""
        return first_words(self.cover or self.alt, 220)

    def full_text(self) -> str:
        """All words of it that a reader meets."""
        return f"{self.cover}\n\n{self.alt}".strip()
