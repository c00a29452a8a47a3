"""What is locked because the law may forbid it: until when it is kept, what its author is told, what was done since."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref
from leeward.moderation.models.decisions import Decision


class Locked(models.Model):
    """That a decision locked something. Over when the host gives it back, or its date has come."""

    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="locked")
    what = models.CharField(max_length=14)  # the name of what is locked, in the room that keeps it
    keep_until = models.BigIntegerField()
    tell_at = models.BigIntegerField()  # when its author is told, unless the host has told her, or waits with it
    told_at = models.BigIntegerField(null=True)
    over_at = models.BigIntegerField(null=True)  # given back, or erased on its date

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["over_at", "tell_at"], name="locked_to_tell")]


class StepTaken(models.TextChoices):
    """What the host can do about what is locked."""

    REPORTED = "reported", _("It was reported to those whom the law names")
    TELL = "tell", _("Tell its author now")
    QUIET = "quiet", _("Wait with telling its author, because an authority asked for it")
    KEEP = "keep", _("Keep it longer, because an authority asked for it")
    GIVE_BACK = "give_back", _("A false alarm: give it back")


class LockedStep(models.Model):
    """One thing that the host did about something locked: the log of it."""

    locked = models.ForeignKey(Locked, on_delete=models.CASCADE, related_name="steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=10, choices=StepTaken.choices)
    words = models.TextField(blank=True)
    until = models.BigIntegerField(null=True)  # of QUIET and KEEP
    at = models.BigIntegerField(default=now_us)
