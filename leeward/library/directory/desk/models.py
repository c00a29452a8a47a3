"""What the desk keeps: how services stand, who changed what, what people said is no longer so, which links work."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.library.directory.models import LONGEST_ID, Service, Source

LONGEST_WORDS = 1_000
"""Characters that somebody may add to say what is no longer so."""


class Entry(models.Model):
    """How a service stands, in columns that can be counted: derived from the directory, in the same transaction.

    With a hundred thousand services no list of what is due could be made from their records each time.
    """

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    plain = models.CharField(max_length=200)  # the name in small letters without accents: to order and search by
    checked_on = models.DateField(null=True)  # by a named person here as it stands, or as its directory says
    here = models.BooleanField(default=False)  # whether it was checked here
    differs = models.PositiveSmallIntegerField(default=0)  # fields that were changed here, and by the directory since
    retired = models.BooleanField(default=False)
    links_at = models.BigIntegerField(
        default=0
    )  # when it was looked up which addresses it shows; 0: not since it changed

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["retired", "plain", "service"], name="entry_by_name"),
            models.Index(fields=["retired", "checked_on", "plain"], name="entry_by_check"),
            models.Index(fields=["differs"], condition=models.Q(differs__gt=0), name="entry_that_differs"),
            models.Index(fields=["links_at"], name="entry_by_links"),
        ]


class Wrong(models.TextChoices):
    """What is no longer so."""

    CLOSED = "closed", _("It has closed, or is not offered any more")
    NUMBER = "number", _("The number or the address is wrong")
    HOURS = "hours", _("The hours are wrong")
    UNKIND = "unkind", _("They were not kind to us")
    OTHER = "other", _("Something else")


class Settled(models.TextChoices):
    """What became of such a word."""

    MENDED = "mended", _("Mended here")
    STILL_SO = "still_so", _("Looked at: it is still so")
    RETIRED = "retired", _("The service is no longer shown")


class Word(models.Model):
    """That somebody said that a service is no longer as it is shown. Editors read it; nobody is told who said it.

    `by` is kept while it waits, so that two words of one person do not count as two, and so that it is in her copy: not
    longer, and never longer than the retention table says. No page shows it.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=Wrong.choices)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.BigIntegerField(default=now_us)
    settled_at = models.BigIntegerField(null=True)
    settled = models.CharField(max_length=8, choices=Settled.choices, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service", "by"], condition=models.Q(settled_at=None), name="one_word_waits_of_each"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["service"], condition=models.Q(settled_at=None), name="word_that_waits"),
            models.Index(fields=["settled_at"], name="word_by_end"),
        ]


class Did(models.TextChoices):
    """What an editor did."""

    CHANGED = "changed", _("Changed")
    TOOK_BACK = "took_back", _("Taken back: as the directory says")
    KEPT = "kept", _("Looked at again: ours kept")
    CHECKED = "checked", _("Checked")
    MADE = "made", _("Made")
    RETIRED = "retired", _("No longer shown")
    BROUGHT_BACK = "brought_back", _("Shown again")


class Step(models.Model):
    """That an editor did something with a service. Rows are kept; who leaves the place is no longer named in them."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    did = models.CharField(max_length=12, choices=Did.choices)
    kind = models.CharField(max_length=40, blank=True)  # the record that was changed: itself, a place, hours at one
    record_id = models.CharField(max_length=LONGEST_ID, blank=True)
    field = models.CharField(max_length=60, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    words = models.CharField(max_length=500, blank=True)  # the reason; of a check the name that was given
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.BigIntegerField(default=now_us)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]


class Link(models.Model):
    """An address that pages of services link to, and whether it answered."""

    address = models.CharField(max_length=2_000)
    digest = models.CharField(max_length=32, unique=True)  # of the address
    asked_at = models.BigIntegerField()
    ask_again_at = models.BigIntegerField()
    failures = models.PositiveSmallIntegerField(default=0)  # one after the other; 0: it answered
    first_failed_at = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it did not answer, in words

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ask_again_at"], name="link_to_ask"),
            models.Index(fields=["failures"], condition=models.Q(failures__gte=3), name="link_that_fails"),
        ]


class LinkUse(models.Model):
    """That the page of a service links to an address."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "service"], name="a_use_once")
        ]
