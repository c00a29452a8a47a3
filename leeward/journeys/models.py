"""Where a person is: her journey, her losses, the facts she told, and the words she wants used to her."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.audience.guard import GuardedManager
from leeward.audience.shared import Audience, Shared
from leeward.journeys.changes import said_of
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.kit.refs import REF_LENGTH

MOST_WEEKS = 45
"""Longest pregnancy that can be said, in completed weeks."""


def today() -> datetime.date:
    """This day where the place is."""
    return timezone.localdate()


class ChildWord(models.TextChoices):
    """What she calls the one she lost."""

    BABY = "baby", _("My baby")
    PREGNANCY = "pregnancy", _("My pregnancy")
    NAME = "name", _("A name, which I tell with the loss")
    OWN = "own", _("A word of my own")
    RATHER_NOT_SAY = RATHER_NOT_SAY, _("I'd rather not say")


class Journey(models.Model):
    """What a member told of herself that is neither a loss nor a term: her country, and her word."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="journey"
    )
    country = models.CharField(max_length=14, blank=True)  # ISO 3166 alpha-2, RATHER_NOT_SAY, or "" for not yet asked
    word = models.CharField(max_length=14, blank=True, choices=ChildWord.choices)
    own_word = models.CharField(max_length=60, blank=True)


class Move(models.Model):
    """One "something has changed": what was said, when, and so what to put back if she goes back on it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=30)
    moved_on = models.DateField(default=today)
    told = models.BooleanField(default=False)  # whether the people she chose were told
    sent = models.CharField(max_length=REF_LENGTH, blank=True)  # the form that said it: sent twice, it is one

    def begun_in_words(self) -> str:
        """What she wrote of it herself, or ""."""
        return Fact.objects.filter(started_by=self, key=OWN_WORDS).values_list("words", flat=True).first() or ""


class Loss(models.Model):
    """One loss. Every field may stay empty."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="losses")
    place = models.SmallIntegerField()  # her order: 1 is the first she told
    year = models.SmallIntegerField(null=True)
    month = models.SmallIntegerField(null=True)
    day = models.SmallIntegerField(null=True)
    weeks = models.SmallIntegerField(null=True)  # completed weeks of pregnancy
    days = models.SmallIntegerField(null=True)  # and days, 0 to 6
    name = models.CharField(max_length=60, blank=True)  # hers alone
    own_word = models.CharField(max_length=60, blank=True)  # what she calls this loss
    words = models.TextField(max_length=2000, blank=True)
    not_said = models.CharField(max_length=60, blank=True)  # "when weeks": what she would rather not say
    begun_by = models.ForeignKey(Move, null=True, on_delete=models.SET_NULL, related_name="+")
    sent = models.CharField(max_length=REF_LENGTH, blank=True)  # the form that told it: sent twice, it is one

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(weeks=None) | models.Q(weeks__gte=0, weeks__lte=MOST_WEEKS),
                name="weeks_of_a_pregnancy",
            ),
            models.CheckConstraint(
                condition=models.Q(days=None) | models.Q(days__gte=0, days__lte=6), name="days_of_a_week"
            ),
        ]


class Fact(models.Model):
    """One answer to one question: a term of the vocabulary, her own words, or that she would rather not say."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facts")
    loss = models.ForeignKey(Loss, null=True, on_delete=models.CASCADE, related_name="facts")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    words = models.CharField(max_length=400, blank=True)
    since = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # she has moved on from it
    started_by = models.ForeignKey(Move, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_by = models.ForeignKey(Move, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "facet", "key"],
                condition=models.Q(loss=None, ended_on=None),
                name="a_fact_of_hers_once",
            ),
            models.UniqueConstraint(
                fields=["loss", "facet", "key"], condition=models.Q(ended_on=None), name="a_fact_of_a_loss_once"
            ),
        ]

    @property
    def is_term(self) -> bool:
        """Whether it is a term of the vocabulary, which can be compared."""
        return self.key not in {RATHER_NOT_SAY, OWN_WORDS}


class OwnWord(models.Model):
    """A member's own word in place of one that the place shows her."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_words")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    word = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "facet", "key"], name="one_own_word_a_term")
        ]


class Weighing(models.Model):
    """That a question counts more or less to a member than to others when people and stories near to her are found."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=20)  # of the vocabulary; or "weeks", "when"
    more = models.BooleanField()  # twice as much; else not at all

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "facet"], name="one_weighing_a_question")
        ]


class NewsAudience(Audience):
    """That news are shown to a ring: only ever to the people whom their author chose."""

    thing = models.ForeignKey("journeys.News", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "ring"], name="a_ring_once_a_news")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "at"], name="news_audience_newest")]


class News(Shared):
    """That something has changed for a member, told to the people she chose. Goes when she goes back on the move."""

    move = models.OneToOneField(Move, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[GuardedManager] = GuardedManager()
    audience_rows = NewsAudience

    class Meta:
        verbose_name = _("news")

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("journeys:news", args=[self.ref])

    def title_words(self) -> str:
        """A neutral name."""
        return gettext("Something has changed")

    def excerpt(self) -> str:
        """What has changed, in words."""
        return said_of(self.move.what)

    def full_text(self) -> str:
        """The same: she writes no text here."""
        return self.excerpt()
