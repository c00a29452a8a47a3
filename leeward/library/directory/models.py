"""What the directory keeps: the records of HSDS 3, each whole, as it was brought in and as this place changed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

LONGEST_ID = 120
"""Characters of an id. HSDS asks for UUIDs (36); directories in use have others."""


class Source(models.Model):
    """A directory from which records are brought in again and again; one of them is the place's own."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)  # of its HSDS API, or where its files are published
    licence = models.CharField(max_length=300, blank=True)  # under which it may be shown and given on
    made_at = models.DateTimeField(default=timezone.now)


class BringingIn(models.Model):
    """One import: of what, how far it came, and what it changed. An import that ended early can be gone on with."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imports")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    reached = models.JSONField(default=dict)  # of an API: which list, which page; else empty
    counted = models.JSONField(default=dict)  # kind -> {"new": n, "changed": n, "same": n, "retired": n, "refused": n}


class Record(models.Model):
    """One record of a core table of HSDS.

    `data` is as it was brought in: its own fields and its children (phones, schedules, attributes …), unknown fields
    and extensions too. Where another core record stood within it, its id stands (`"organization": "ID"`,
    `"locations": ["ID", …]`); which fields those are says `hsds.py`. Never read `data` to show it: `overlaid` knows
    what this place changed.
    """

    id = models.CharField(max_length=LONGEST_ID, primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField()
    edits = models.JSONField(default=dict)  # field -> {"is": here, "was": as imported when it was changed here}
    digest = models.CharField(max_length=32)  # of data
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)  # here: by an import or by an editor
    brought_by = models.ForeignKey(BringingIn, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)  # its source no longer has it

    class Meta:
        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(retired_at=None), name="%(class)s_shown"),
        ]

    @property
    def overlaid(self) -> dict[str, Any]:
        """The record as this place shows it and gives it out: what was brought in, under what was changed here."""
        return overlaid(self.data, self.edits)


def overlaid(data: dict[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """What was brought in, under what was changed here."""
    return {**data, **{field: edit["is"] for field, edit in edits.items()}} if edits else data


class Organization(Record):
    """Who runs services."""


class Program(Record):
    """A number of services under one name."""

    organization_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)


class Location(Record):
    """A place, or a virtual one, where services are given."""

    organization_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta(Record.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(fields=["latitude", "longitude"], name="location_by_degrees"),
        ]


class Service(Record):
    """What is offered to people. Ids of others are plain text: a directory may name what it does not have."""

    organization_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)
    program_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)


class ServiceAtLocation(Record):
    """That a service is given at a location."""

    service_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)
    location_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)


class Taxonomy(Record):
    """A classification that attributes are taken from."""


class TaxonomyTerm(Record):
    """A term of a taxonomy."""

    taxonomy_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)
    parent_id = models.CharField(max_length=LONGEST_ID, blank=True, db_index=True)


class LooseRow(models.Model):
    """A row of another table whose record is not here (yet), or that belongs to none: kept, and given out again."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    row_id = models.CharField(max_length=LONGEST_ID)
    data = models.JSONField()
    brought_by = models.ForeignKey(BringingIn, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "table", "row_id"], name="one_loose_row")
        ]


CORE: dict[str, type[Record]] = {
    "organization": Organization,
    "program": Program,
    "location": Location,
    "service": Service,
    "service_at_location": ServiceAtLocation,
    "taxonomy": Taxonomy,
    "taxonomy_term": TaxonomyTerm,
}
"""The models by the names that HSDS gives its tables."""
