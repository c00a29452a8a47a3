"""What the index holds: of each thing that is shown to others its words and facts, and what its words mean.

All of it can be made anew from the things themselves (`manage.py reindex`), so no backup holds it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leeward.kit.moments import now_us


class IndexedDocument(models.Model):
    """One live thing that is for others, as it can be found. It comes and goes in the transaction of its thing.

    The index of its words stands beside this table, made by the database itself whenever a row changes: see
    migrations/0001_initial.py. Small columns come first, so that reading all facts does not read all words.
    """

    kind = models.CharField(max_length=60)  # audience.things
    thing_id = models.BigIntegerField()
    at = models.BigIntegerField()  # when it was first shown, microseconds
    changed_at = models.BigIntegerField(default=now_us, db_index=True)  # the finder follows by it
    embedded_by = models.CharField(max_length=16, blank=True, db_index=True)  # which embedder made its passages
    language = models.CharField(max_length=12)
    facts = models.TextField(blank=True)  # "kind:tfmr weeks:20", each without a space in it
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="one_document_a_thing")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "at"], name="documents_newest")]


class Passage(models.Model):
    """What one window of a document's words means: a unit vector in whole numbers of one byte.

    As sensitive as the words themselves (docs/privacy): from a vector much of a text can be guessed.
    """

    document = models.ForeignKey(IndexedDocument, on_delete=models.CASCADE, related_name="passages")
    place = models.SmallIntegerField()  # the first window of the document is 0
    scale = models.FloatField()  # number × scale is the vector's
    vector = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "place"], name="one_passage_a_place")
        ]


class Departure(models.Model):
    """That a document left the index, for the finder to follow. It says neither what it was nor whose."""

    document_id = models.BigIntegerField()
    at = models.BigIntegerField(default=now_us, db_index=True)
