"""What the API asks of the part that finds services: that part knows words and places, and registers here at start-up.

Nothing is registered: then the API says that it cannot search, or knows no postcode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet


class Seeking(NamedTuple):
    """How services are found.

    Args:
        saying: the ids of services that say words, for a condition of another question.
        near: narrows rows with a `latitude` and a `longitude` to those around a postcode, by a distance in metres;
            None: the postcode is not known.
    """

    saying: Callable[[str], QuerySet[Any, Any]]
    near: Callable[[QuerySet[Any, Any], str, float], QuerySet[Any, Any] | None]


_registered: list[Seeking] = []


def register(seeking: Seeking) -> None:
    """Say how services are found. Called from AppConfig.ready()."""
    _registered[:] = [seeking]


def seeking() -> Seeking:
    """How services are found.

    Raises:
        LookupError: nobody has said so.
    """
    if not _registered:
        raise LookupError
    return _registered[0]
