"""One to one: that a member can be found and as what, two who meet by both their wills, and a light left on."""

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
from leeward.kit.moments import now_us

PRESENCE_LENGTH = 1_000
"""Longest text about oneself, in characters."""
NOTE_LENGTH = 2_000
"""Longest first note to somebody, in characters."""
LINE_LENGTH = 4_000
"""Longest message in a meeting, in characters."""


class FoundBy(models.TextChoices):
    """Who may find a member, as she chooses. Whom she lets in one by one, or writes to, finds her always."""

    SAME_WAY = "same_way", gettext_lazy("People on the same way")
    MEMBERS = "members", gettext_lazy("Members")
    LET_IN = "let_in", gettext_lazy("Only people whom I let find me, one by one")


class Written(Shared):
    """What has one text, and nothing else to read."""

    text = models.TextField()

    class Meta:
        abstract = True

    def excerpt(self) -> str:
        """Its first words, plain."""
        return first_words(self.text, 220)

    def full_text(self) -> str:
        """Its text."""
        return self.text


class PresenceAudience(Audience):
    """That a presence is shown to a ring."""

    thing = models.ForeignKey("circles.Presence", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_presence")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="presence_audience_newest")]


class Presence(Written):
    """That a member can be found, by whom, and as what: a few words of hers and the facts she chose. Always signed."""

    text = models.TextField(blank=True, max_length=PRESENCE_LENGTH)
    found_by = models.CharField(max_length=8, choices=FoundBy.choices, default=FoundBy.SAME_WAY)
    shown_from = models.BigIntegerField(default=0)  # new accounts wait: before this moment it has no audience
    looked_at = models.BigIntegerField(default=0)  # when lights were looked through for it; 0: not since it changed

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = PresenceAudience

    class Meta:
        verbose_name = gettext_lazy("presence")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["author"], name="one_presence_a_member"),
            models.CheckConstraint(condition=models.Q(signed=True), name="a_presence_is_signed"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["looked_at"], condition=models.Q(looked_at=0), name="presences_to_look_at")
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("circles:person", args=[self.ref])

    def title_words(self) -> str:
        """Whose it is."""
        return self.author.name if self.author else _("Somebody")


class PresenceFact(models.Model):
    """One fact that a member shows where she can be found. Only these are used to find her."""

    presence = models.ForeignKey(Presence, on_delete=models.CASCADE, related_name="facts")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)  # a term of the facet; for "weeks", completed weeks as digits

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["presence", "facet", "key"], name="a_fact_once_a_presence")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["facet", "key"], name="presences_with_a_fact")]


class MeetingAudience(Audience):
    """That a meeting is shown to its two people."""

    thing = models.ForeignKey("circles.Meeting", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_meeting")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="meeting_audience_newest")]


class Meeting(Written):
    """A first note from one member to another; once answered, a thread between the two until either ends it.

    A note that is not answered lapses. Its writer is never told that it was declined, or even read.
    """

    asked = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=NOTE_LENGTH)
    answered_at = models.BigIntegerField(null=True)  # the asked wrote back: from then on both may write
    declined_at = models.BigIntegerField(null=True)  # seen by the asked alone
    ended_at = models.BigIntegerField(null=True)  # by either, or lapsed; which of them is not kept
    author_read_at = models.BigIntegerField(default=0)  # until when its writer has read; seen by herself alone
    asked_read_at = models.BigIntegerField(default=0)  # the same of the asked

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = MeetingAudience

    class Meta:
        verbose_name = gettext_lazy("note to somebody")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "at"], name="meetings_by_asker"),
            models.Index(fields=["asked", "at"], name="meetings_by_asked"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("circles:meeting", args=[self.ref])

    def title_words(self) -> str:
        """A neutral name."""
        return _("A note to somebody")


class Line(Written):
    """One message between two who have met. Seen only by who may see the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=LINE_LENGTH)

    objects: ClassVar[GuardedManager] = GuardedManager()
    inside = ("meeting",)

    class Meta:
        verbose_name = gettext_lazy("message")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["meeting", "at"], name="lines_of_a_meeting"),
            models.Index(fields=["author", "at"], name="lines_by_author"),
        ]

    def get_absolute_url(self) -> str:
        """Where it is read: in its meeting."""
        return f"{reverse('circles:meeting', args=[self.meeting.ref])}#{self.ref}"

    def title_words(self) -> str:
        """What it is."""
        return _("A message")


class Light(models.Model):
    """A light left on: a member waits for somebody who shows all of these facts. Nobody sees it but her."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField()  # "facet:key", those that she chose; weeks count within two
    hook = models.CharField(max_length=64, default="", db_index=True)  # the most telling of them, to find it by
    lit_at = models.BigIntegerField(default=now_us)


class LightCall(models.Model):
    """That somebody came for whom a light is on: she is asked first, and only her yes is ever told."""

    light = models.ForeignKey(Light, on_delete=models.CASCADE, related_name="calls")
    newcomer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.BigIntegerField(default=now_us)
    agreed = models.BooleanField(null=True)  # null: not answered yet
    tell_at = models.BigIntegerField(null=True)  # the moment, drawn within the week after her yes, to tell who waits
    told_at = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["light", "newcomer"], name="asked_once_a_light")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tell_at"], name="lights_to_tell")]
