"""A passage that an answer takes from what it answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leeward.stories.models.answering import Answer
from leeward.stories.models.chapters import Chapter
from leeward.stories.models.telling import Story

PASSAGE_LENGTH = 600
"""Longest passage, in characters: what is meant, not the whole once more."""


class Quote(models.Model):
    """A passage that stands above an answer, and where its words come from.

    Not part of the answer's text: it is shown only to who may and wants to see its source at that moment, and goes
    with the source's words (docs/decisions/0033-quotes-previews-and-names.md).
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="+")  # above which it stands
    of_story = models.ForeignKey(Story, null=True, on_delete=models.CASCADE, related_name="+")
    of_chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")
    of_answer = models.ForeignKey(Answer, null=True, on_delete=models.CASCADE, related_name="+")
    passage = models.TextField(max_length=PASSAGE_LENGTH)  # exactly as it stands in the source

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_quote_has_one_source",
                condition=models.Q(of_story__isnull=False, of_chapter=None, of_answer=None)
                | models.Q(of_story=None, of_chapter__isnull=False, of_answer=None)
                | models.Q(of_story=None, of_chapter=None, of_answer__isnull=False),
            )
        ]
