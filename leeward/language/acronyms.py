"""The acronyms of this world: what they stand for, said plainly, and what else to search for when one is typed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from leeward.language.folders import language_data

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:&[A-Za-z]+)?")


@dataclass(frozen=True)
class Acronym:
    """One acronym.

    Args:
        short: as it is written: "TFMR".
        plain: in plain words.
        about: one line that explains it, and says gently where the word itself hurts.
        also: further words to search for.
        upper: whether only capitals make it one: "AF" is, "af" may be anything.
    """

    short: str
    plain: str
    about: str
    also: tuple[str, ...] = ()
    upper: bool = False


def expand(query: str, language: str = "en") -> list[str]:
    """The words to search for as well as those of a query: what its acronyms stand for, and acronyms of its words.

    Raises:
        LookupError: there are no acronyms for the language.
    """
    more: dict[str, None] = {}
    for acronym in _in(query, language):
        more |= dict.fromkeys((acronym.plain, *acronym.also))
    said = " ".join(_TOKEN.findall(query.lower()))
    for phrase, acronym in _by_words(language).items():
        if f" {phrase} " in f" {said} ":
            more |= dict.fromkeys((acronym.short, *acronym.also))
    return [words for words in more if f" {words.lower()} " not in f" {said} "]


def explain(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Each acronym of a text as it stands there, with its plain words; each once, in the order of the text.

    Raises:
        LookupError: there are no acronyms for the language.
    """
    return [(acronym.short, acronym.plain) for acronym in _in(text, language)]


def about(short: str, language: str = "en") -> Acronym | None:
    """One acronym by its letters, however they are written; None if it is not known."""
    return acronyms_of(language).get(short.lower())


@cache
def acronyms_of(language: str) -> dict[str, Acronym]:
    """All acronyms of a language, by their letters in small. LookupError: there are none."""
    said = tomllib.loads(language_data(language, "acronyms.toml").read_text(encoding="utf-8"))
    found = {}
    for row in said["acronym"]:
        acronym = Acronym(
            row["short"], row["plain"], row["about"], tuple(row.get("also", ())), bool(row.get("upper", False))
        )
        for written in (row["short"], *row.get("written", ())):
            found[written.lower()] = acronym
    return found


@cache
def _by_words(language: str) -> dict[str, Acronym]:
    found: dict[str, Acronym] = {}
    for acronym in acronyms_of(language).values():
        for words in (acronym.plain, *acronym.also):
            if not acronym.upper:  # nobody who searches for "partner" means only those who wrote "DP"
                found.setdefault(" ".join(_TOKEN.findall(words.lower())), acronym)
    return found


def _in(text: str, language: str) -> list[Acronym]:
    known = acronyms_of(language)
    found: dict[str, Acronym] = {}
    for match in _TOKEN.finditer(text):
        written = match.group()
        acronym = known.get(written.lower())
        if acronym is None and written.endswith("s"):
            acronym = known.get(written[:-1].lower()) if written[:-1].isupper() else None
        if acronym is not None and (not acronym.upper or written.rstrip("s").isupper()):
            found.setdefault(acronym.short, acronym)
    return list(found.values())
