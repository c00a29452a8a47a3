"""What stands between writing and being shown: first texts, texts that wait for the reading, what was sent today."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leeward.kit.moments import now_us


class FirstTexts(models.Model):
    """How many of a member's texts, and of her photos, a person has read or seen, and released."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_texts")
    released = models.PositiveIntegerField(default=0)
    photos_released = models.PositiveIntegerField(default=0)


class Screening(models.Model):
    """That a text waits to be read by the reader process. Gone as soon as it was; the text is held until then."""

    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(default=now_us)
    due_at = models.BigIntegerField(default=now_us)  # not tried again before this moment
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.BigIntegerField(null=True)  # when its writer was told that it waits

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="screened_once_at_a_time")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due_at"], name="screening_due")]


class Sent(models.Model):
    """That a member sent a text: a digest under the day's key, kept for a day, to notice one text sent to many."""

    digest = models.CharField(max_length=64)
    likeness = models.BigIntegerField(null=True)  # alike for texts that are nearly the same; null: too short to tell
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    under_id = models.BigIntegerField(default=0)
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="sent_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["digest", "at"], name="sent_same_text"),
            models.Index(fields=["member", "at"], name="sent_by_member"),
            models.Index(fields=["kind", "under_id", "at"], name="sent_under_one_story"),
            models.Index(fields=["at"], name="sent_by_age"),
        ]


class HardPhrase(models.Model):
    """Words that a member does not want to meet in answers to what she tells."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "words"], name="a_hard_phrase_once")
        ]
