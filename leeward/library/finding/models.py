"""What services are found by. All of it is derived from the directory's records and can be made anew (`refind`).

See docs/decisions/0037-listings-are-derived.md.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models

from leeward.library.directory.models import LONGEST_ID


class Listing(models.Model):
    """A service that may be found, and its words. Those retired, defunct or inactive have none."""

    service_id = models.CharField(max_length=LONGEST_ID, unique=True)
    title = models.CharField(max_length=500)
    about = models.TextField()  # who runs it, and what it is in the words of its taxonomies
    text = models.TextField()
    marks = models.TextField(blank=True)  # a made-up word for each term of a taxonomy that is not ours
    language = models.CharField(max_length=10)  # by whose rules words are cut to their stems
    hours = models.JSONField(default=list)  # the schedules that count at each of its places (`ListingPlace.number`)


class Cost(models.IntegerChoices):
    """What a service costs, as far as it says."""

    UNKNOWN = 0
    FREE = 1
    FREE_FOR_SOME = 2
    PAID = 3


NEVER = datetime.date(1, 1, 1)
"""The day on which what was never checked was checked: before all others, on both databases."""


NOWHERE = -1
"""The number of the place of a service that has none, or none of which anybody knows where it is."""


class ListingPlace(models.Model):
    """Where a service can be found: one narrow row for each of its places, or one without a place.

    All that is asked of a service stands in the row, so that nothing has to be joined. Codes are bits (`terms.py`).
    Hours are those of a week in UTC in which it may be open, a bit for each: what is open this minute is looked up in
    `Listing.hours` for the few rows that are left.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="places")
    number = models.SmallIntegerField()  # which place of the service's; NOWHERE: none of them
    leads = models.BooleanField()  # one row of each service
    is_paused = models.BooleanField()  # temporarily closed
    is_remote = models.BooleanField()  # by telephone or online
    cost = models.SmallIntegerField(choices=Cost.choices)
    country = models.CharField(max_length=2, blank=True)
    checked_on = models.DateField()  # NEVER, if nobody says that it was
    needs = models.BigIntegerField()
    audiences = models.BigIntegerField()
    losses = models.BigIntegerField()  # what happened, and which children live
    people = models.BigIntegerField()  # who she is in it, and the ways she went
    languages = models.CharField(max_length=200, blank=True)  # "|en|pl|"
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    cell = models.IntegerField(null=True, db_index=True)
    week_begins = models.BigIntegerField()  # 56 hours from Monday midnight on
    week_middle = models.BigIntegerField()
    week_ends = models.BigIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-checked_on", "listing"], name="listing_checked_last")
        ]


class OtherTerm(models.Model):
    """A term of a taxonomy that is not ours, by which some services can be found."""

    term_id = models.CharField(max_length=LONGEST_ID, unique=True)
    name = models.CharField(max_length=200)
    taxonomy = models.CharField(max_length=200, blank=True)
    uses = models.IntegerField(default=0)  # by how many services, as counted when all was made anew last


class SpokenLanguage(models.Model):
    """A language in which some service is given."""

    code = models.CharField(max_length=3, unique=True)


class Place(models.Model):
    """A place of the gazetteer, in the middle of its postcodes."""

    country = models.CharField(max_length=2)
    name = models.CharField(max_length=180)
    key = models.CharField(max_length=180)  # its name as it is looked for
    region = models.CharField(max_length=300, blank=True)  # what tells it from others of its name
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key"], name="place_by_name"),
            models.Index(fields=["country"], name="place_of_country"),
        ]


class Postcode(models.Model):
    """A postcode of the gazetteer, and where it is. One that holds several places has several rows."""

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=20)
    key = models.CharField(max_length=20)  # the code without spaces, in capitals
    name = models.CharField(max_length=180)
    name_key = models.CharField(max_length=180)
    region = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key"], name="postcode_by_key"),
            models.Index(fields=["country"], name="postcode_of_country"),
        ]
