"""Rings of people, blocks, shields, and the log of what moderators opened."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leeward.kit.moments import now_us

EVERYONE = -2
"""The ring of all who look, with or without an account.

The great rings are numbered below all others, so that one comparison finds them.
"""
MEMBERS = -1
"""The ring of all members."""


class RingKind(models.TextChoices):
    """What holds a ring together."""

    GREAT = "great"  # everyone, members
    CHOSEN = "chosen"  # people that one member chose
    PAIR = "pair"  # two people, one of whom wrote to the other
    LET_IN = "let_in"  # people whom one member lets find her, one by one: somebody she knows may be here
    WAY = "way"  # people who declared the same kind of loss or the same path


class Ring(models.Model):
    """A set of people to whom something can be shown."""

    kind = models.CharField(max_length=8, choices=RingKind.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="rings")
    way = models.CharField(max_length=60, null=True, unique=True)  # "kind:ectopic", "path:ivf"; null: not a way

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "kind"], name="one_ring_a_kind_and_owner"),
        ]


class RingMember(models.Model):
    """That a person is in a ring, and from which moment it counts."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="people")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    counts_from = models.BigIntegerField(default=now_us)  # microseconds

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "ring"], name="in_a_ring_once")
        ]


class Choice(models.Model):
    """That a member put another among the people she chooses: what her own list says.

    Whether it has an effect is a row in her ring. It has none while a block lies between, and the list does not tell.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="choices")
    chosen = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "chosen"], name="chosen_once")
        ]


class Block(models.Model):
    """That one member does not want to meet another. Felt both ways, told to nobody."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(default=now_us)
    known_as = models.CharField(max_length=40, default="")  # the blocker's name then: a new one is not told (known.py)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="nobody_blocks_herself"),
        ]


class Wall(models.Model):
    """A block as the rule asks for it: one row in each direction. Kept by audience.actions.blocks alone."""

    a = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    b = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["a", "b"], name="one_wall")
        ]


class Mute(models.Model):
    """That a member would rather not meet what another signs, in lists. A direct link still opens."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "muted"], name="muted_once")
        ]


class Shield(models.Model):
    """Which content notes are kept from a member: as she asked, or preset because of what she told. audience.shields.

    Bit masks of audience.notes.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shield")
    notes = models.BigIntegerField(default=0)  # what holds
    by_hand = models.BigIntegerField(default=0)  # bits she set or cleared herself; the others follow her journey
    hard_until = models.BigIntegerField(default=0)  # "today is hard": until this moment more is kept from her
    seen = models.BigIntegerField(default=0)  # bits that follow her journey and of which she knows
    edition = models.SmallIntegerField(default=0)  # of the table that those bits follow; 0: none yet


class Aside(models.Model):
    """One thing that a member put out of her own sight."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)  # "stories.story"
    thing_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "kind", "thing_id"], name="put_aside_once")
        ]


class Opening(models.Model):
    """That a moderator opened one thing for one case, and why. The log line is the access: no line, no sight."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    opened_at = models.BigIntegerField(default=now_us)
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["moderator", "kind", "thing_id"], name="opening_by_moderator")
        ]
