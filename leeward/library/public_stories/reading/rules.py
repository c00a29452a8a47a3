"""The rules of a language by which an article is read: expressions and lists from the files of its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Patterns:
    """How a language gives words to people: read from its `voices.toml`."""

    says: re.Pattern[str]
    others: re.Pattern[str]
    partners: re.Pattern[str]
    again: re.Pattern[str]
    couple: re.Pattern[str]
    her_alone: re.Pattern[str]
    of_the_child: re.Pattern[str]
    no_name: frozenset[str]

    def says_in(self, clause: str) -> Iterator[re.Match[str]]:
        """The verbs of a clause by which words are given to somebody."""
        return re.finditer(rf"\b{self.says.pattern}\b", clause)


def table_of(language: str, name: str) -> dict[str, Any]:
    """A file of a language's rules. LookupError: articles of this language are not read here."""
    path = FOLDER / language.partition("-")[0] / name
    if not path.exists():
        raise LookupError(f"There are no rules for articles in the language {language!r}.")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """The languages whose articles are read here."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/voices.toml")))


@cache
def patterns_of(language: str) -> Patterns:
    """How a language gives words to people. LookupError: articles of this language are not read here."""
    said = table_of(language, "voices.toml")
    no_name = frozenset(said.pop("no_name"))
    return Patterns(no_name=no_name, **{key: re.compile(pattern) for key, pattern in said.items()})
