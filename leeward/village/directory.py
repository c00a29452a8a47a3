"""The village's directory of services, and the county where they are. See `services/README.md`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.models import Source
from leeward.library.directory.reading.found import Origin, Read
from leeward.library.directory.telling import chunks_of
from leeward.library.finding.bringing_places import bring_places
from leeward.members.models import today

SERVICES = Path(__file__).parent / "services" / "services.jsonl"
PLACES = SERVICES.with_name("places.csv")
WRITTEN_FOR = datetime.date(2026, 11, 21)
"""The day for which the dates of checking were written: counted back from today, the directory never ages."""
DATED = frozenset({"assured_date", "last_modified", "updated"})


def steps_of_directory() -> int:
    """How many services there are."""
    return len(_lines())


def make_directory(step: Callable[[], object]) -> None:
    """Bring in the services and the places of the county.

    Args:
        step: called for each service.
    """
    bring_places(PLACES)
    source = Source.objects.create(key="lantern-isles", name="The Lantern Isles directory (invented)")
    bring_in(source, chunks_of(_found(step)))


def _found(step: Callable[[], object]) -> Iterator[Read]:
    away = (today() - WRITTEN_FOR).days
    for number, line in enumerate(_lines(), start=1):
        yield Read("service", _moved(json.loads(line), away), Origin(SERVICES.name, number))
        step()


def _moved(value: Any, days: int) -> Any:
    """The same, with the dates of checking so many days later."""
    if isinstance(value, list):
        return [_moved(one, days) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _later(one, days) if name in DATED and isinstance(one, str) else _moved(one, days)
        for name, one in value.items()
    }


def _later(text: str, days: int) -> str:
    """A date or a moment that begins with one, so many days later."""
    return (datetime.date.fromisoformat(text[:10]) + datetime.timedelta(days=days)).isoformat() + text[10:]


def _lines() -> list[str]:
    return SERVICES.read_text(encoding="utf-8").splitlines()
