"""Stories and how they go on, the facts shown with them, who follows them, answers, and reactions in words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
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
    asking = models.SmallIntegerField(default=0)  # bit mask, stories.asking: what she asks of whoever answers
    answers_closed_at = models.BigIntegerField(null=True)  # since when nobody else answers; those that are there stay
    until_told = models.SmallIntegerField(default=0)  # stories.tending: what was done as its date came near
    taken_back_at = models.BigIntegerField(null=True)  # its words are gone; the answers were left standing
    read_marks = models.IntegerField(default=0)  # stories.reading_marks: 16 bits, or -1: people have read it

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = StoryAudience

    class Meta:
        verbose_name = gettext_lazy("story")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "at"], name="story_by_author"),
            models.Index(fields=["until"], name="story_by_its_end"),
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
    answers_from = models.CharField(max_length=8, choices=AnswersFrom.choices, default=AnswersFrom.ALL)

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("story",)
    audience_rows = ChapterAudience

    class Meta:
        verbose_name = gettext_lazy("chapter")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["author", "at"], name="chapter_by_author")]

    def get_absolute_url(self) -> str:
        """Where it is read: in its story."""
        return f"{reverse('stories:read', args=[self.story.ref])}#{self.ref}"

    def title_words(self) -> str:
        """Its title, or its first words."""
        return self.title or first_words(self.text, 60) or _("How a story goes on")

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Title and text."""
        return f"{self.title}\n\n{self.text}".strip()


class Follow(models.Model):
    """That a member asked to be told when a story goes on. Nobody but her learns of it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "member"], name="a_story_followed_once")
        ]


class Answer(Shared):
    """What somebody answers to a story, or to one chapter of it. Seen only by who may see what it answers."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")  # null: its beginning
    text = models.TextField(max_length=ANSWER_LENGTH)
    by_teller = models.BooleanField(default=False)  # from the story's author; still known when she has left her words
    hidden_at = models.BigIntegerField(null=True)  # since when the story's author hides it; its writer is not told

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("chapter", "story")
    hidden_by_around = "hidden_at"

    class Meta:
        verbose_name = gettext_lazy("answer")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["story", "at"], name="answers_of_a_story"),
            models.Index(fields=["author", "at"], name="answers_by_author"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read: in its story, on the page where it stands among the others."""
        where = {"part": self.chapter.ref} if self.chapter else {}
        where |= {"at": str(self.at)} if self.at else {}
        return f"{reverse('stories:read', args=[self.story.ref])}{'?' * bool(where)}{urlencode(where)}#{self.ref}"

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
