"""Which yearly reports the host has published, exactly as they were then."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.moderation.models import HostText
from leeward.moderation.papers.texts import newest
from leeward.moderation.papers.transparency import Row, from_csv

_KEY = "transparency."


@dataclass(frozen=True)
class Published:
    """A report as it was published: the year, its rows, since when (microseconds), and who stands for it, by role."""

    year: int
    rows: list[Row]
    csv: str
    at: int
    role: str


def key_of(year: int) -> str:
    """Under which key the report on a year is kept."""
    return f"{_KEY}{year}"


def published(year: int) -> Published | None:
    """The report on a year as it was published last; None if it was not."""
    row = newest(key_of(year))
    return Published(year, from_csv(row.text), row.text, row.at, row.role) if row else None


def published_years() -> list[int]:
    """The years whose reports are published, newest first."""
    keys = HostText.objects.filter(key__startswith=_KEY).values_list("key", flat=True).distinct()
    return sorted((int(key.removeprefix(_KEY)) for key in keys), reverse=True)
