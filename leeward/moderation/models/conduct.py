"""What came in great numbers: a storm on one story, a day on which very many joined. No persons stand in these rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leeward.kit.moments import now_us


class Storm(models.Model):
    """That very much, or very cruel, was sent under one thing: a person reads what is sent there until it rests."""

    kind = models.CharField(max_length=40)  # of the outermost thing: "stories.story"
    thing_id = models.BigIntegerField()
    began_at = models.BigIntegerField(default=now_us)
    last_at = models.BigIntegerField(default=now_us)  # when something of the kind was last sent there

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="one_storm_a_thing")
        ]


class Rush(models.Model):
    """A day on which very many joined: of those who joined then, more first texts are read by a person."""

    day = models.DateField(unique=True)
    at = models.BigIntegerField(default=now_us)
