"""What is still to be confirmed before the place may open: help in every country that it serves."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from leeward.library.lines import LineKind, lines_of
from leeward.library.standing import standings


@dataclass(frozen=True)
class Missing:
    """What a served country still lacks.

    Args:
        country: ISO 3166 alpha-2.
        emergency: whether no emergency number of it is confirmed.
        line: whether no other line of it is confirmed.
    """

    country: str
    emergency: bool
    line: bool


def what_is_missing() -> list[Missing]:
    """What keeps the place closed: for each served country that lacks a confirmed line or emergency number.

    A confirmation older than 180 days still counts here: the line asks to be confirmed again, and nobody is shut out.
    """
    found = [_missing_in(code) for code in settings.COUNTRIES]
    return [missing for missing in found if missing.emergency or missing.line]


def _missing_in(country: str) -> Missing:
    lines = lines_of(country)
    known = standings(lines)
    confirmed = [line for line in lines if known[line.key].is_confirmed]
    return Missing(
        country=country,
        emergency=not any(line.kind is LineKind.EMERGENCY for line in confirmed),
        line=not any(line.kind is not LineKind.EMERGENCY for line in confirmed),
    )
