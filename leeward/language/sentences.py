"""Cutting a text into sentences, and into pieces short enough for the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

PIECE = 40
"""Longest piece, in words, made of whole sentences; a longer sentence is a piece by itself, cut at `LONGEST`."""
LONGEST = 80
"""Longest sentence, in words."""
LETTERS = 600
"""Longest sentence, in characters: rules look through one in a time that grows with the square of its length."""

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_WORD = re.compile(rf"\S{{1,{LETTERS}}}")


@dataclass(frozen=True)
class Piece:
    """Some words of a text and where they stand in it, in characters."""

    start: int
    end: int
    text: str


def sentences_of(text: str) -> list[Piece]:
    """The sentences of a text, none longer than `LONGEST` words or `LETTERS`. A line break ends a sentence too."""
    found: list[Piece] = []
    start = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        found += _cut(text, start, end)
        start = end
    return found


def pieces_of(sentences: list[Piece], text: str) -> list[Piece]:
    """Neighbouring sentences together, up to `PIECE` words each: many a cruelty is one only beside its neighbour."""
    pieces: list[Piece] = []
    for sentence in sentences:
        last = pieces[-1] if pieces else None
        if last is not None and len(last.text.split()) + len(sentence.text.split()) <= PIECE:
            pieces[-1] = Piece(last.start, sentence.end, text[last.start : sentence.end])
        else:
            pieces.append(sentence)
    return pieces


def _cut(text: str, start: int, end: int) -> list[Piece]:
    spans: list[tuple[int, int, int]] = []  # where each begins and ends, and its words
    for word in _WORD.finditer(text, start, end):
        begins, _ends, words = spans[-1] if spans else (0, 0, LONGEST)
        if words < LONGEST and word.end() - begins <= LETTERS:
            spans[-1] = (begins, word.end(), words + 1)
        else:
            spans.append((word.start(), word.end(), 1))
    return [Piece(begins, ends, text[begins:ends]) for begins, ends, _words in spans]
