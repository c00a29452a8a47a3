"""What is kept, why, how long, where, and who could demand it: docs/privacy/retention.toml, as code reads it.

The privacy page, `tend` and docs/privacy/retention.md all come from this one table.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from leeward.kit.moments import MICROSECONDS, now_us


@dataclass(frozen=True)
class Rule:
    """One row of the table.

    Args:
        key: its stable name; that of a Belonging where it is a member's.
        what: what is kept.
        why: what for.
        days: how many days it is kept; None where `until` says it.
        until: what ends it, in words, where no number of days does.
        where: in what it is kept.
        demand: who could make the host hand it over, and what they would get.
        not_tended: why no task of tending deletes it; empty if one does.
    """

    key: str
    what: str
    why: str
    where: str
    demand: str
    days: int | None = None
    until: str = ""
    not_tended: str = ""

    @property
    def lasts(self) -> datetime.timedelta:
        """How long it is kept.

        Raises:
            ValueError: no number of days ends it.
        """
        if self.days is None:
            raise ValueError(f"Nothing but {self.until!r} ends {self.key!r}.")
        return datetime.timedelta(days=self.days)


def table_path() -> Path:
    """Where the table is."""
    path: Path = settings.BASE_DIR / "docs" / "privacy" / "retention.toml"
    return path


def rule(key: str) -> Rule:
    """The row of this key.

    Raises:
        KeyError: the table has none.
    """
    return _table()[key]


def kept_since(key: str) -> int:
    """The moment (microseconds) from which on rows of this key are kept; what is older has been kept long enough.

    Raises:
        KeyError: the table has no such row.
        ValueError: no number of days ends it.
    """
    return now_us() - int(rule(key).lasts.total_seconds()) * MICROSECONDS


def all_rules() -> tuple[Rule, ...]:
    """Every row, in the order of the table."""
    return tuple(_table().values())


@cache
def _table() -> dict[str, Rule]:
    rows: dict[str, dict[str, Any]] = tomllib.loads(table_path().read_text(encoding="utf-8"))
    rules = {key: Rule(key=key, **row) for key, row in rows.items()}
    for each in rules.values():
        if (each.days is None) == (not each.until):
            raise ValueError(f"retention.toml: {each.key} needs either days or until.")
    return rules


def as_markdown() -> str:
    """The table as docs/privacy/retention.md."""
    lines = [
        "# What is kept, why, and how long",
        "",
        "Made from [retention.toml](retention.toml) by `manage.py retention_table`; change it there. Members read the",
        "same under `/privacy/`.",
        "",
        "| what | why | how long | where | who could demand it |",
        "|---|---|---|---|---|",
    ]
    for each in all_rules():
        how_long = each.until if each.days is None else f"{each.days} {'day' if each.days == 1 else 'days'}"
        lines.append(f"| {each.what} | {each.why} | {how_long} | {each.where} | {each.demand} |")
    return "\n".join(lines) + "\n"
