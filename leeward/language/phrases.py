"""Phrases that are meant well and hurt many: what they are called, why they hurt, what might be said instead."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OTHER = "other"
"""The kind of what only the model found."""


@dataclass(frozen=True)
class Phrase:
    """One kind of phrase.

    Args:
        key: its stable name.
        title: the phrase, as people say it.
        why: why it hurts some.
        instead: what might be said instead, one sentence each.
        find: how it is known in a sentence that is `rules.plain`; None for what only the model finds.
    """

    key: str
    title: str
    why: str
    instead: tuple[str, ...]
    find: re.Pattern[str] | None


def about(kind: str, language: str = "en") -> Phrase:
    """The phrase of this kind; the general one for a kind that the language does not name."""
    known = phrases_of(language)
    return known.get(kind, known[OTHER])


def kind_of(sentence: str, language: str = "en") -> str:
    """Which kind of phrase a sentence (already `rules.plain`) has; OTHER if none is known by its words."""
    for phrase in phrases_of(language).values():
        if phrase.find is not None and phrase.find.search(sentence):
            return phrase.key
    return OTHER


@cache
def phrases_of(language: str) -> dict[str, Phrase]:
    """All phrases of a language, by key, in the order in which they are looked for.

    Raises:
        LookupError: there is no data for the language.
    """
    path = Path(__file__).parent / language / "phrases.toml"
    if not path.exists():
        raise LookupError(f"There are no phrases for the language {language!r}.")
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _phrase(key, row) for key, row in said.items()}


def _phrase(key: str, row: dict[str, object]) -> Phrase:
    instead = row["instead"]
    assert isinstance(instead, list)
    find = re.compile(str(row["find"])) if "find" in row else None
    return Phrase(key, str(row["title"]), str(row["why"]), tuple(map(str, instead)), find)
