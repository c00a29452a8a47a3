"""What others say to a story: answers, and reactions in words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.guard import GuardedManager
from leeward.audience.shared import Shared
from leeward.kit.excerpts import first_words
from leeward.kit.moments import now_us
from leeward.stories.models.chapters import Chapter
from leeward.stories.models.telling import Story

ANSWER_LENGTH = 8_000
"""Longest answer, in characters."""


class Answer(Shared):
    """What somebody answers to a story, or to one chapter of it. Seen only by who may see what it answers."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")  # null: its beginning
    text = models.TextField(max_length=ANSWER_LENGTH)
    quotable = models.BooleanField(default=True)  # whether other answers beside it may take a passage of it
    quotes = models.BooleanField(default=False)  # whether it was sent with a passage, which may be gone by now
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
    """That a member said one of the words to a story. Shown as a phrase to its author, never as a count.

    With her name only if she put it there in a step of its own, and only to members who know her (stories.naming).
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=20, choices=ReactionWord.choices)
    signed = models.BooleanField(default=False)  # with her name, for members who know her
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "member", "word"], name="a_word_once")
        ]
        # So that her page need not look through all reactions for a word that nobody has said.
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["story", "word"], name="words_of_a_story")]
