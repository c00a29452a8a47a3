"""A story, whom it is shown to, the facts shown with it, and who follows it."""

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
from leeward.kit.moments import FAR_FUTURE, MICROSECONDS, now_us

STORY_LENGTH = 60_000
"""Longest story, in characters: about forty printed pages."""
SENT_TWICE = 5 * 60 * MICROSECONDS
"""Within this time (microseconds) the same words from the same hand are a second click, not a second text."""


class AnswersFrom(models.TextChoices):
    """Who may answer, among those who may see. *May answer* is a third question, asked after *may see*."""

    ALL = "all", gettext_lazy("Anyone who can see it and is a member")
    CHOSEN = "chosen", gettext_lazy("Only people I choose")
    NOBODY = "nobody", gettext_lazy("Nobody, it is only to be read")


class StoryAudience(Audience):
    """That a story is shown to a ring."""

    thing = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_story")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="story_audience_newest")]


class Story(Shared):
    """What a person tells. Its author decides who sees it, who answers, and when it goes."""

    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, max_length=STORY_LENGTH)
    answers_from = models.CharField(max_length=8, choices=AnswersFrom.choices, default=AnswersFrom.ALL)
    asking = models.SmallIntegerField(default=0)  # bit mask, stories.asking: what she asks of whoever answers
    answers_closed_at = models.BigIntegerField(null=True)  # since when nobody else answers; those that are there stay
    until_told = models.SmallIntegerField(default=0)  # stories.tending: what was done as its date came near
    taken_back_at = models.BigIntegerField(null=True)  # its words are gone; the answers were left standing
    quotable = models.BooleanField(default=True)  # whether answers under it may take a passage of it
    words_named = models.BooleanField(default=False)  # whether a name was ever put to a word that was said to it
    with_teller = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_up_to = models.BigIntegerField(null=True)  # the widest ring that she agreed to: EVERYONE or MEMBERS
    agreed_at = models.BigIntegerField(null=True)  # when she agreed to these words, which do not change while she does
    read_marks = models.IntegerField(default=0)  # stories.reading_marks: 16 bits, or -1: people have read it

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = StoryAudience
    also_by = "with_teller"

    class Meta:
        verbose_name = gettext_lazy("story")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(with_teller=None, agreed_up_to=None)
                | models.Q(signed=True, author__isnull=False, agreed_up_to__isnull=False)
                & ~models.Q(with_teller=models.F("author")),
                name="told_together_is_signed_by_two",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "at"], name="story_by_author"),
            models.Index(fields=["until"], condition=models.Q(until__lt=FAR_FUTURE), name="story_with_an_end"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("stories:read", args=[self.ref])

    def title_words(self) -> str:
        """Its title, or its first words."""
        if self.taken_back_at:
            return _("A story that was taken back")
        return self.title or first_words(self.text, 60) or _("A story")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Title and text."""
        return f"{self.title}\n\n{self.text}".strip()


class ShownFact(models.Model):
    """One fact that the author chose to show with her story. Only these are used to find who is near."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)  # a term of the facet; for "weeks", completed weeks as digits

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "facet", "key"], name="a_fact_once_a_story")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["facet", "key"], name="stories_with_a_fact")]


class Follow(models.Model):
    """That a member asked to be told when a story goes on. Nobody but her learns of it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "member"], name="a_story_followed_once")
        ]


class Round(models.Model):
    """That those who follow a story are yet to be told of a chapter: some at a time, in the background."""

    chapter = models.OneToOneField("stories.Chapter", on_delete=models.CASCADE, related_name="+")
    after = models.BigIntegerField(default=0)  # the key of the last Follow that was looked at
    at = models.BigIntegerField(default=now_us)  # who follows later is not told
