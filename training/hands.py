"""The hands: invented people, each of whom wrote lines for every section."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from training.labels import SECTIONS

FOLDER = Path(__file__).parent


class Role(StrEnum):
    """What a whole hand is for. A hand is never in two."""

    TRAIN = "train"
    DEV = "dev"  # thresholds and every choice
    TEST = "test"  # looked at once the choices are made


@dataclass(frozen=True)
class Line:
    """One line that a hand wrote."""

    hand: str
    section: str
    text: str


def lines(role: Role, language: str = "en") -> list[Line]:
    """All lines of the hands that have this role, hand by hand in alphabetical order."""
    return [line for hand in hands(role, language) for line in lines_of(hand, language)]


def hands(role: Role, language: str = "en") -> list[str]:
    """The names of the hands that have this role."""
    roles = tomllib.loads((FOLDER / language / "hands.toml").read_text(encoding="utf-8"))
    return sorted(roles[role.value])


def lines_of(hand: str, language: str = "en") -> list[Line]:
    """The lines of one hand.

    Raises:
        ValueError: a line stands before any section, or in one that is not known.
    """
    section, found = "", []
    for row in (FOLDER / language / "hands" / f"{hand}.txt").read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        named = re.fullmatch(r"\[(\w+)\]", row)
        if named:
            section = named[1]
        elif section in SECTIONS:
            found.append(Line(hand, section, row))
        else:
            raise ValueError(f"{hand}: a line stands in no known section: {row[:60]!r}")
    return found


def posts(role: Role, language: str = "en") -> list[Line]:
    """Ordinary longer posts: those to learn from (TRAIN), or those by which thresholds are chosen (DEV)."""
    name = {Role.TRAIN: "learn", Role.DEV: "posts"}[role]
    rows = (FOLDER / language / "ordinary" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Line("posts", "ordinary", row) for row in rows if row.strip() and not row.startswith("#")]
