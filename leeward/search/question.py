"""A question as it was typed, turned into what is looked for: terms, and the facts that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from leeward.language.acronyms import expand
from leeward.language.spelling import corrections
from leeward.language.told import told
from leeward.search.documents import plain
from leeward.search.plans import Plan

MOST_TERMS = 24
"""So many terms of a question are looked for; who pastes a whole story is understood by its meaning."""
LONGEST = 2000
"""So many characters of a question are read."""
PREFIX_FROM = 4
"""From so many letters on the last word may be unfinished."""

LONGEST_WORD = 64
"""A longer word is no word: no index holds it, and PostgreSQL refuses to look for it."""

_WORD = re.compile(rf"(?<![^\W_])[^\W_]{{1,{LONGEST_WORD}}}(?![^\W_])")


@dataclass(frozen=True)
class Term:
    """A word, or words that stand beside each other, in small letters and without accents.

    Args:
        words: at least one.
        begun: whether the last may be the beginning of a longer one.
    """

    words: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True)
class Question:
    """What is looked for.

    Args:
        text: as it was typed.
        terms: its words, what its acronyms stand for, and what a slip may have meant.
        plan: the facts that it says.
    """

    text: str
    terms: tuple[Term, ...]
    plan: Plan

    def __bool__(self) -> bool:
        return bool(self.terms)


def read_question(text: str, language: str = "") -> Question:
    """Understand a question by the rules of a language; where it has none, by its words as they stand."""
    language, text = language or settings.LANGUAGE_CODE, text.strip()[:LONGEST]
    words = _words_of(text)
    terms = dict.fromkeys(Term((word,)) for word in words)
    if words and len(words[-1]) >= PREFIX_FROM and text[-1:].isalnum():
        terms[Term((words[-1],), begun=True)] = None
    for phrase in _expanded(text, language):
        terms[Term(tuple(_words_of(phrase)))] = None
    for word in words:
        terms |= dict.fromkeys(Term(tuple(_words_of(meant))) for meant in _corrected(word, language))
    return Question(
        text, tuple(term for term in terms if term.words)[:MOST_TERMS], Plan.of_facts(_facts(text, language))
    )


def _words_of(text: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(plain(text).lower())]


def _expanded(text: str, language: str) -> list[str]:
    try:
        return expand(text, language)
    except LookupError:
        return []


def _corrected(word: str, language: str) -> list[str]:
    try:
        return corrections(word, language)
    except LookupError:
        return []


def _facts(text: str, language: str) -> Iterator[str]:
    try:
        yield from (found.fact for found in told(text, language))
    except LookupError:
        return
