"""What an article suggests: facets of the vocabulary and content notes, each with the words that suggest it.

An editor looks at all of it and decides; nothing is acted upon unasked. What a member's words would tell is read by the
same rules as hers (`leeward.language.told`), after the article was turned (`voices.py`); what only newspapers write is
read by `en/facets.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from leeward.audience.notes import NOTE
from leeward.journeys.facts import is_known, pair_of, place_of
from leeward.journeys.notes_of_facts import NOTES_OF_FACTS
from leeward.language.clues import Clues, Reading, Seen, clues_of, grammar_of
from leeward.language.gestation import LEAST_WEEKS, MOST_WEEKS, derived_kinds, number_of, times_in, times_of, weeks_in
from leeward.language.inside import inside
from leeward.language.told import told_clues
from leeward.language.wording import NUMBER, searching
from leeward.library.public_stories.reading.rules import table_of
from leeward.library.public_stories.reading.tellers import Teller
from leeward.library.public_stories.reading.voices import Turned, turned

_WAS_PREGNANT = re.compile(rf"\bi (?:was|had been) (?P<n>{NUMBER}) weeks pregnant\b")
_GROWN_UP = re.compile(r"\b(?:1[6-9]|[2-9]\d)(?=[ -]year[ -]old)")


@dataclass(frozen=True)
class Words:
    """Words of an article, and where they stand in its clean text, in characters."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Suggestion:
    """A facet ("kind:tfmr"), a number of weeks ("weeks:20") or a content note, and the words that suggest it."""

    key: str
    because: tuple[Words, ...]


def facets_in(text: str, teller: Teller, language: str = "en") -> list[Suggestion]:
    """The facets of the vocabulary that an article tells of the one whose story it is, in the vocabulary's order.

    Args:
        text: the clean text.
        teller: who tells in it.
        language: its code.

    Raises:
        LookupError: articles of this language are not read here.
    """
    article = turned(text, teller, language)
    found = _seen(article, language)
    for key, others in _table("follows", language).items():
        for other in others if key in found else ():
            found.setdefault(other, found[key])
    for key, needs in _table("together", language).items():
        for all_of in needs:
            if found.keys() >= set(all_of):
                found.setdefault(key, found[all_of[0]])
    for key in _overruled(set(found), language):
        found.pop(key, None)
    known = [key for key in found if is_known(pair_of(key))]
    return [Suggestion(key, found[key]) for key in sorted(known, key=lambda key: place_of(pair_of(key)))]


def weeks_told(text: str, teller: Teller, language: str = "en") -> list[Suggestion]:
    """How many weeks the pregnancies were that an article says were lost."""
    found = _seen(turned(text, teller, language), language)
    return [Suggestion(key, because) for key, because in found.items() if key.startswith("weeks:")]


def notes_in_text(text: str, facets: Iterable[Suggestion], language: str = "en") -> list[Suggestion]:
    """The content notes of what an article has inside, whoever speaks in it, in the order in which they are offered.

    Args:
        text: the clean text.
        facets: what was found in it: some of them bring a note.
        language: its code.
    """
    grown_up = _GROWN_UP.sub(lambda match: "·" * len(match.group()), text)  # "35-year-old" is no living child
    found: dict[str, tuple[Words, ...]] = {}
    for seen in inside(grown_up, language):
        found[seen.note] = (Words(seen.start, seen.end, text[seen.start : seen.end]),)
    reading = Reading(grown_up, grammar_of(language))
    for one in _clues(language, "notes.toml", even=("others",)).seen(reading):
        found.setdefault(one.key, (Words(one.start, one.end, text[one.start : one.end]),))
    for facet in facets:
        for note in NOTES_OF_FACTS.get(pair_of(facet.key), ()):
            found.setdefault(note, facet.because)
    return [Suggestion(key, found[key]) for key in NOTE if key in found]


def _seen(article: Turned, language: str) -> dict[str, tuple[Words, ...]]:
    """Every key that words of the article suggest, with the words of each place."""
    reading = Reading(article.text, grammar_of(language))
    plainly = [*told_clues(language).seen(reading), *_clues(language, "facets.toml").seen(reading)]
    never = _never_so(reading, language)
    plainly = [one for one in plainly if one.key not in never and not _speaks_against(one, reading, language)]
    losses = [one.start for one in plainly if one.key.startswith(("kind:", "how:", "loss:"))]
    weeks = weeks_in(reading, losses, language)
    if losses and not weeks:
        weeks = _weeks_in_passing(reading, language)
    plainly += [*weeks, *times_in(reading, language)]
    found: dict[str, dict[tuple[int, int], Words]] = {}
    for one in [*plainly, *derived_kinds(plainly)]:
        start, end, words = article.words(one.start, one.end)
        if not any(known.start <= start and end <= known.end for known in found.get(one.key, {}).values()):
            found.setdefault(one.key, {})[start, end] = Words(start, end, words)
    return {key: tuple(sorted(places.values(), key=lambda one: one.start)) for key, places in found.items()}


def _weeks_in_passing(reading: Reading, language: str) -> list[Seen]:
    """How far she was, where only another sentence says that the pregnancy was lost: if just one number is told."""
    times = times_of(language)
    found = [(match, number_of(match["n"], times)) for match in _WAS_PREGNANT.finditer(reading.level)]
    told = {number for _match, number in found if number is not None and LEAST_WEEKS <= number <= MOST_WEEKS}
    if len(told) != 1 or set(reading.guards(*found[0][0].span())):
        return []
    return [Seen(f"weeks:{told.pop()}", *found[0][0].span())]


def _speaks_against(seen: Seen, reading: Reading, language: str) -> bool:
    patterns = _table("but_not", language).get(seen.key)
    if patterns is None:
        return False
    return _searching(tuple(patterns)).search(reading.level, *reading.sentence(seen.start)) is not None


def _overruled(keys: set[str], language: str) -> set[str]:
    rules = _table("overruled", language)
    return {key for key in keys if keys & set(rules.get(key, ()))}


@cache
def _clues(language: str, name: str, even: tuple[str, ...] = ()) -> Clues:
    rows = []
    for group, tables in table_of(language, name).items():
        rows += [(f"{group}:{row['key']}" if "key" in row else group, row) for row in tables]
    return clues_of(rows, grammar_of(language), even)


def _never_so(reading: Reading, language: str) -> frozenset[str]:
    """What an article says is not so, whatever else it repeats."""
    rows = _rules(language)["never_so"]
    said = [frozenset(row["keys"]) for row in rows if _searching(tuple(row["say"])).search(reading.level)]
    return frozenset().union(*said)


@cache
def _rules(language: str) -> dict[str, Any]:
    return table_of(language, "overruled.toml")


def _table(name: str, language: str) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = _rules(language)[name]
    return rows


@cache
def _searching(patterns: tuple[str, ...]) -> re.Pattern[str]:
    found = searching(patterns)
    if found is None:
        raise ValueError("A rule that says nothing.")
    return found
