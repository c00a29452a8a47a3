"""What is checked before the place starts in production."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from leeward.web.starting import refuse_village_in_production


@register(Tags.database)
def no_village_in_production(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """The demonstration never stands beside real members. Asked only with `--database default`."""
    if not databases:
        return []
    try:
        refuse_village_in_production()
    except ImproperlyConfigured as refusal:
        return [Error(str(refusal), id="web.E001")]
    except DatabaseError:
        return []  # No tables yet: nobody lives here.
    return []
