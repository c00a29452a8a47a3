"""A photo as a file: whose it is, how far it has come, and what it measures. Who sees it is asked of what holds it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref


class Stage(models.IntegerChoices):
    """How far a photo has come."""

    RECEIVED = 0, _("waiting to be prepared")
    READY = 1, _("prepared")
    REFUSED = 2, _("could not be used")
    LOCKED = 3, _("locked")  # suspected to be illegal: kept for those who must see it, shown to nobody


class Photo(models.Model):
    """One photo of a member. Neither its file name nor anything that a camera wrote into it is kept."""

    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.SmallIntegerField(choices=Stage.choices, default=Stage.RECEIVED)
    refused_because = models.CharField(max_length=20, blank=True)  # a key of photos.reasons; "" unless refused
    received_at = models.BigIntegerField(default=now_us)
    claimed_at = models.BigIntegerField(null=True)  # since when a process prepares it; a stale claim is free again
    tries = models.SmallIntegerField(default=0)  # how often its preparing was begun; what kills the process is refused
    width = models.IntegerField(default=0)  # of the largest size that is kept, pixels
    height = models.IntegerField(default=0)
    bytes = models.BigIntegerField(default=0)  # all sizes together
    only_first = models.BooleanField(default=False)  # it moved: its first picture is kept
    held_up = models.BooleanField(default=False)  # prepared, but the store could not take it; it is tried again

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stage", "received_at"], name="photos_to_prepare"),
            models.Index(fields=["owner"], name="photos_of_a_member"),
        ]


class Lock(models.Model):
    """That a photo is kept from everyone, for those who must see it, until a date (photos.vault)."""

    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="lock")
    at = models.BigIntegerField(default=now_us)
    keep_until = models.BigIntegerField()
    owner_then = models.TextField(blank=True)  # who had sent it, in words: written when she leaves


class HandingOut(models.Model):
    """That the host took a locked photo out of the vault: the log of it, which outlives the photo."""

    photo_ref = models.CharField(max_length=14)
    at = models.BigIntegerField(default=now_us)
    reason = models.TextField()
