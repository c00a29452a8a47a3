"""Those who moderate and greet: what each is spared, how much a day, what they hand on, their rota."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref
from leeward.moderation.models.cases import Case


class Desk(models.Model):
    """How one moderator works, as she chose it: what she is spared, when she is away, how much a day."""

    moderator = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    avoids = models.BigIntegerField(default=0)  # bit mask of content notes (audience.notes)
    avoids_losses = models.JSONField(default=list)  # keys of kinds of loss (moderation.losses)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    daily_cap = models.PositiveSmallIntegerField(default=20)
    rests_until = models.BigIntegerField(null=True)  # the pause after a crisis

    def is_away(self, day: datetime.date) -> bool:
        """Whether she said that she is away on this day. Without an end she is away until she changes it."""
        if self.away_from is None and self.away_until is None:
            return False
        has_begun = self.away_from is None or self.away_from <= day
        return has_begun and (self.away_until is None or day <= self.away_until)


class HandedOn(models.Model):
    """That a moderator handed a case on: it is not offered to her again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handed_on")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "moderator"], name="handed_on_once")
        ]


class Opinion(models.Model):
    """What a second reader says of a case to the one who decides."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=2000)
    at = models.BigIntegerField(default=now_us)


class Debrief(models.Model):
    """A moderator's note to herself. Nobody else reads it."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=8000)
    at = models.BigIntegerField(default=now_us)


class ConcernState(models.IntegerChoices):
    """Where a concern is."""

    OPEN = 0
    LET_BE = 1
    ACTED = 2


class Concern(models.Model):
    """Signs that several accounts are one person, or a loss is made up. Two people see it; nobody speaks of it."""

    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")  # where it was noticed
    words = models.TextField(max_length=4000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.BigIntegerField(default=now_us)
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    second_words = models.TextField(max_length=4000, blank=True)
    closed_at = models.BigIntegerField(null=True)
    state = models.SmallIntegerField(choices=ConcernState.choices, default=ConcernState.OPEN)


class ConcernAbout(models.Model):
    """One account that a concern is about, and how it was named."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="about")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    named = models.BooleanField(default=True)  # by her chosen name; else by the case's token, and so she is shown

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Both ways are two rows: one row less would tell that name and token are the same person.
            models.UniqueConstraint(fields=["concern", "member", "named"], name="about_an_account_once_a_way")
        ]


class GreetingDay(models.Model):
    """That a member greets on this day of the week: 0 is Monday."""

    greeter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["greeter", "weekday"], name="a_greeting_day_once")
        ]


class Greeting(models.Model):
    """That a greeter said she would answer a first text, and when cover was called."""

    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    greeter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.BigIntegerField(null=True)
    cover_called_at = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="greeted_by_one")
        ]
