"""What the API looks services up by. All of it is derived from the directory's records."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leeward.library.directory.models import LONGEST_ID


class ServiceTerm(models.Model):
    """That a service, or something within its record, carries a term of a taxonomy."""

    service_id = models.CharField(max_length=LONGEST_ID, db_index=True)
    term_id = models.CharField(max_length=LONGEST_ID)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["term_id", "service_id"], name="services_of_a_term"),
        ]
