"""The plain facts of the vocabulary that a text tells of its writer, each with the words that say so.

Read by rules of the language (its folder `told`, and `gestation.py` for weeks and years): few are found wrongly, and
some are missed. Nobody acts on them unasked: an author is offered them to tick, a search is understood by them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from leeward.language.clues import Clues, Reading, clues_of, grammar_of
from leeward.language.folders import language_data
from leeward.language.gestation import derived_kinds, times_in, weeks_in


@dataclass(frozen=True)
class Told:
    """One fact that a text tells.

    Args:
        facet: of the vocabulary; or "weeks", "ago" (months), "year", "month".
        key: the term; for weeks and ago a number, for a year "2019", for a month "2019-03".
        start: where the words begin that say so, in characters.
        end: where they end.
        words: they.
    """

    facet: str
    key: str
    start: int
    end: int
    words: str

    @property
    def fact(self) -> str:
        """As one word: "kind:tfmr"."""
        return f"{self.facet}:{self.key}"


def told(text: str, language: str = "en") -> list[Told]:
    """The facts that a text tells, each once, in the order of the text.

    Args:
        text: a story, an answer, or what was typed into a search.
        language: its code; of "en-gb" the folder "en" serves.

    Raises:
        LookupError: there are no rules for the language.
    """
    clues = told_clues(language)
    reading = Reading(text, clues.grammar)
    seen = clues.seen(reading)
    weeks = weeks_in(reading, losses=[span.start for span in seen if span.key.startswith("kind:")])
    plainly = [*seen, *weeks, *times_in(reading)]
    first: dict[str, Told] = {}
    for found, derived in [*((one, False) for one in plainly), *((one, True) for one in derived_kinds(plainly))]:
        if found.key == "kind:miscarriage":  # not of the vocabulary: what it is follows from the weeks
            continue
        facet, _colon, key = found.key.partition(":")
        made = Told(facet, key, found.start, found.end, text[found.start : found.end])
        if found.key not in first or (found.start < first[found.key].start and not derived):
            first[found.key] = made
    return sorted(first.values(), key=lambda one: (one.start, one.end, one.facet, one.key))


@cache
def told_clues(language: str) -> Clues:
    """The rules of a language. LookupError: there are none; ValueError: one is not sound."""
    folder = language_data(language, "told")
    tables = []
    for path in sorted(folder.glob("*.toml")):
        for facet, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables += [(f"{facet}:{row['key']}", row) for row in rows]
    return clues_of(tables, grammar_of(language))
