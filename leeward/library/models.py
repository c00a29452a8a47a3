"""What the host has confirmed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Confirmation(models.Model):
    """That a named person of the host checked something of the library, exactly as it stood, and when.

    It points at content, not at a key alone: another number or hour has another fingerprint, and is unconfirmed again.
    Rows are kept, so that it can be told who confirmed what. The name is that of a person of the host's staff, who
    was told that everybody sees it; it is no member's.
    """

    line_key = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=16)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["line_key", "fingerprint", "at"], name="confirmation_of_content")
        ]
