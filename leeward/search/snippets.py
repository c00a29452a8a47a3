"""The part of a text that says most of what was looked for, cut at words, with the found words apart to be marked.

It is made from the text of the row that this viewer sees, never from the index. What it gives is plain text: whoever
puts it on a page escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.kit.excerpts import without_marks
from leeward.language.lexicon import is_common
from leeward.search.documents import plain
from leeward.search.question import Term

AROUND = 36
"""So many words make a snippet."""
BEFORE = 6
"""So many of them stand before the first that was found."""
LOOKED_AT = 60_000
"""So many characters of a text are looked through."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENDING = re.compile(r"(?<=\w{3})(ations?|ings?|ied|ies|ed|es|e|ly|(?<!s)s|y)$")


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it was looked for."""

    text: str
    marked: bool = False


def snippet(text: str, terms: Sequence[Term], language: str = "en") -> list[Piece]:
    """The part of a text with most of the terms in it; nothing, if none of them is there (it was found otherwise).

    Args:
        text: Markdown, as the viewer may read it.
        terms: what was looked for.
        language: of the words, to tell those that stand everywhere.
    """
    clean = without_marks(text[:LOOKED_AT])
    words = [(match.start(), match.end()) for match in _WORD.finditer(clean)]
    found = _found([_small(clean[start:end]) for start, end in words], _telling(terms, language))
    if not found:
        return []
    first = _best_start(found)
    last = min(first + AROUND, len(words)) - 1
    begins, ends = words[first][0], len(clean) if last == len(words) - 1 else words[last][1]
    marks = [(words[at][0], words[at][1]) for at in sorted(found) if first <= at <= last]
    return [*_dots(first > 0), *_cut(clean, begins, ends, marks), *_dots(ends < len(clean))]


def _telling(terms: Sequence[Term], language: str) -> list[Term]:
    """The terms worth marking: without those that stand everywhere, unless there are no others."""

    def tells(term: Term) -> bool:
        try:
            return len(term.words) > 1 or not is_common(term.words[0], language)
        except LookupError:
            return True

    return [term for term in terms if tells(term)] or list(terms)


def _found(words: Sequence[str], terms: Iterable[Term]) -> dict[int, frozenset[int]]:
    """Where in the text which terms stand: the numbers of terms by the place of each word of theirs."""
    stems = [_stem(word) for word in words]
    places: dict[str, list[int]] = {}
    for at, stem in enumerate(stems):
        places.setdefault(stem, []).append(at)
    found: dict[int, frozenset[int]] = {}
    for number, term in enumerate(terms):
        if term.begun:
            starts = [at for at, word in enumerate(words) if word.startswith(term.words[-1])]
        else:
            wanted = [_stem(word) for word in term.words]
            starts = [at for at in places.get(wanted[0], []) if stems[at : at + len(wanted)] == wanted]
        for at in starts:
            for place in range(at, at + len(term.words)):
                found[place] = found.get(place, frozenset()) | {number}
    return found


def _best_start(found: dict[int, frozenset[int]]) -> int:
    """Where to begin so that most different terms are inside, then most words of them; the earliest of equals."""
    places = sorted(found)[:2_000]

    def worth(first: int) -> tuple[int, int, int]:
        inside = [at for at in places if first <= at < first + AROUND - BEFORE]
        return len(frozenset().union(*(found[at] for at in inside))), len(inside), -first

    return max(0, max(places[:400], key=worth) - BEFORE)


def _cut(clean: str, begins: int, ends: int, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], begins
    for start, end in marks:
        pieces += [Piece(clean[at:start]), Piece(clean[start:end], marked=True)]
        at = end
    return [piece for piece in (*pieces, Piece(clean[at:ends])) if piece.text]


def _dots(cut: bool) -> list[Piece]:
    return [Piece("…")] if cut else []


def _small(word: str) -> str:
    return (word if word.isascii() else plain(word.replace("’", "'"))).lower().removesuffix("'s")


def _stem(word: str) -> str:
    """A word without its ending, roughly as the indexes of words do it."""
    return _ENDING.sub("", word)
