"""The columns of a record's model that repeat what stands in its data, so that rows can be looked up by it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from leeward.library.directory.models import LONGEST_ID

_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "organization": (),
    "program": (("organization_id", "organization_id"),),
    "location": (("organization_id", "organization_id"),),
    "service": (("organization_id", "organization"), ("program_id", "program")),
    "service_at_location": (("service_id", "service"), ("location_id", "location")),
    "taxonomy": (),
    "taxonomy_term": (("taxonomy_id", "taxonomy_detail"), ("parent_id", "parent_id")),
}
_DEGREES = (("latitude", 90), ("longitude", 180))


def columns_of(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a record points at, "" if at nothing, and where a location is, None if it does not say.

    Args:
        kind: its table.
        data: as it is shown here (`overlaid`).
    """
    columns: dict[str, Any] = {column: _id(data.get(field)) for column, field in _REFERENCES[kind]}
    if kind == "location":
        columns |= {field: _degrees(data.get(field), most) for field, most in _DEGREES}
    return columns


def _id(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_ID and "\0" not in value else ""


def _degrees(value: Any, most: int) -> float | None:
    if type(value) not in {int, float} or abs(value) > most or not math.isfinite(value):
        return None
    return float(value)
