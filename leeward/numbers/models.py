"""What this room keeps: the lists, who is counted as what, and what was published last."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leeward.journeys.models import Loss
from leeward.kit.refs import random_ref
from leeward.numbers.lists import BY_NAME, Tables
from leeward.numbers.mechanism.factor import HORIZON, deviation

MOST_CHANGES = 2
"""How many changes of what she is counted as are counted, in all her life."""
MOST_RETURNS = 1
"""How often she may be counted again after she stopped, in all her life."""


class Generation(models.Model):
    """One list, for those who were first counted while it was the newest. Nobody is ever in two."""

    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    name = models.CharField(max_length=2)  # of its tables: S, M, L, XL
    opened = models.IntegerField()  # the month (months.month_of) of its first numbers
    published = models.IntegerField(null=True)  # the month of its numbers that stand now
    fingerprint = models.CharField(max_length=32)  # of the key of its noise
    laid_out = models.JSONField()  # [facet, [keys of its cells]] in order, as when it was opened; jsonb keeps no order

    class Meta:
        ordering: ClassVar[list[str]] = ["opened", "pk"]

    @property
    def tables(self) -> Tables:
        """Which tables it has."""
        return BY_NAME[self.name]

    @property
    def layout(self) -> dict[str, list[str]]:
        """The cells of each facet by their keys, in canonical order; one more cell follows them ("not said")."""
        return dict(self.laid_out)

    @property
    def last_month(self) -> int:
        """The month of its last numbers."""
        return self.opened + HORIZON - 1

    def runs_in(self, month: int) -> bool:
        """Whether it has numbers in this month."""
        return self.opened <= month <= self.last_month

    def shape(self, table: tuple[str, ...]) -> tuple[int, ...]:
        """How many cells a table has along each of its facets, the one for "not said" included."""
        return tuple(len(self.layout[facet]) + 1 for facet in table)

    def deviation(self) -> float:
        """The standard deviation of each of its numbers that stand now; 0 if none do."""
        return 0.0 if self.published is None else deviation(self.tables.s0, self.published - self.opened)


class Counted(models.Model):
    """A member who is counted, was, or chose by which loss she would be.

    When she stops, her cells are erased at once. The rest stays until she leaves the place: without it the caps could
    not be kept.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    generation = models.ForeignKey(Generation, null=True, on_delete=models.PROTECT, related_name="+")
    cells = models.BinaryField(default=b"")  # where she stands in each facet of the list; empty: not counted now
    since = models.IntegerField(null=True)  # the first month in which she was counted, this time
    left = models.IntegerField(null=True)  # the first month in which she was counted no more
    changes = models.SmallIntegerField(default=0)
    returns = models.SmallIntegerField(default=0)
    loss = models.ForeignKey(Loss, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(changes__lte=MOST_CHANGES), name="few_changes_count"),
            models.CheckConstraint(condition=models.Q(returns__lte=MOST_RETURNS), name="few_returns_count"),
        ]

    @property
    def is_counted(self) -> bool:
        """Whether she is in the tables now."""
        return bool(self.cells)


class Published(models.Model):
    """The numbers of one table that stand now, with their noise, for everybody to read. No true count is stored."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=60)
    cells = models.BinaryField()  # int32, little-endian, in canonical order

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["generation", "table"], name="one_standing_table")
        ]
