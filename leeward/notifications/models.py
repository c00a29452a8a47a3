"""What happened for a member, whether a letter says so, and what she does not want to hear of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us


class Notice(models.Model):
    """That something happened for a member: which kind, and what it points at. No words of anybody."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # notifications.kinds
    thing_kind = models.CharField(max_length=40, blank=True)  # "stories.story"; empty: it points at a path
    thing_id = models.BigIntegerField(default=0)
    path = models.CharField(max_length=200, blank=True)
    at = models.BigIntegerField(default=now_us)
    read_at = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "-at"], name="notice_newest_first"),
            models.Index(fields=["member"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["at"], name="notice_by_age"),
        ]


class LetterState(models.IntegerChoices):
    """Where a letter is on its way."""

    WAITING = 0, _("waiting")
    SENDING = 1, _("being sent")
    SENT = 2, _("sent")
    DROPPED = 3, _("not sent, because there was nothing to say any more")
    FAILED = 4, _("could not be sent")


class Letter(models.Model):
    """A letter to be written about a notice. It holds references only: it is worded at the moment of sending."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="letter")
    state = models.SmallIntegerField(choices=LetterState.choices, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.BigIntegerField(default=now_us)  # not before this moment
    claim = models.CharField(max_length=32, blank=True)  # the worker that sends it
    claimed_at = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"], name="letter_due"),
            models.Index(fields=["claim"], name="letter_by_claim", condition=~models.Q(claim="")),
        ]


class Preference(models.Model):
    """What a member chose for one kind of notice. Without a row both are on."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    bell = models.BooleanField(default=True)
    letter = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "kind"], name="one_preference_a_kind")
        ]
