"""Stories, the facts shown with them, answers, and reactions in words."""

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
from leeward.kit.moments import MICROSECONDS, now_us

STORY_LENGTH = 60_000
"""Longest story, in characters: about forty printed pages."""
ANSWER_LENGTH = 8_000
"""Longest answer, in characters."""
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
    taken_back_at = models.BigIntegerField(null=True)  # its words are gone; the answers were left standing
    read_marks = models.IntegerField(default=0)  # stories.reading_marks: 16 bits, or -1: people have read it

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = StoryAudience

    class Meta:
        verbose_name = gettext_lazy("story")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["author", "at"], name="story_by_author")]

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


class Answer(Shared):
    """What somebody answers to a story. Seen only by who may see the story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=ANSWER_LENGTH)
    by_teller = models.BooleanField(default=False)  # from the story's author; still known when she has left her words

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = "story"

    class Meta:
        verbose_name = gettext_lazy("answer")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["story", "at"], name="answers_of_a_story"),
            models.Index(fields=["author", "at"], name="answers_by_author"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read: in its story."""
        return f"{reverse('stories:read', args=[self.story.ref])}#{self.ref}"

    def title_words(self) -> str:
        """What it answers."""
        return _("An answer")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Its text."""
        return self.text


class ReactionWord(models.TextChoices):
    """What can be said without writing. Words that fit grief; never a score."""

    WITH_YOU = "with_you", gettext_lazy("With you")
    ME_TOO = "me_too", gettext_lazy("Me too")
    THINKING = "thinking_of_them", gettext_lazy("Thinking of them")


class Reaction(models.Model):
    """That a member said one of the words to a story. Shown as a phrase to its author, never as a count."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=20, choices=ReactionWord.choices)
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "member", "word"], name="a_word_once")
        ]
