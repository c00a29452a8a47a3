"""What differs between two texts, word by word: marked as added or taken out, unchanged lines folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_CONTEXT = 1
"""Unchanged lines that are shown around a change."""


class How(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True)
class Run:
    """Some words, and what became of them."""

    how: How
    words: str


@dataclass(frozen=True)
class Stretch:
    """Some lines.

    Args:
        lines: each in its runs.
        folded: whether nothing in them changed, and they stand far from what did.
    """

    lines: list[list[Run]]
    folded: bool = False


def differences(before: str, after: str) -> list[Stretch]:
    """What differs, from top to bottom; one folded stretch if nothing does."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Stretch] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (what, i, j, k, m) in enumerate(steps):
        if what == "equal":
            found += _unchanged(new[k:m], first=place == 0, last=place == len(steps) - 1)
        else:
            found.append(Stretch(list(_changed(old[i:j], new[k:m]))))
    return found


def _unchanged(lines: list[str], *, first: bool, last: bool) -> Iterator[Stretch]:
    whole = [[Run(How.SAME, line)] for line in lines]
    head, tail = 0 if first else _CONTEXT, len(whole) - (0 if last else _CONTEXT)
    if tail - head < 2:  # nothing is gained by folding a single line
        yield Stretch(whole)
        return
    yield from (Stretch(some) for some in [whole[:head]] if some)
    yield Stretch(whole[head:tail], folded=True)
    yield from (Stretch(some) for some in [whole[tail:]] if some)


def _changed(old: list[str], new: list[str]) -> Iterator[list[Run]]:
    """Lines that changed: as many as stand opposite each other word by word, the others whole."""
    pairs = min(len(old), len(new))
    for before, after in zip(old[:pairs], new[:pairs], strict=True):
        yield list(_words_of(before, after))
    yield from ([Run(How.GONE, line)] for line in old[pairs:] if line.strip())
    yield from ([Run(How.ADDED, line)] for line in new[pairs:] if line.strip())


def _words_of(before: str, after: str) -> Iterator[Run]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new)
    if matcher.quick_ratio() < 0.3:  # hardly a word in common: read whole rather than in shreds
        yield from (Run(how, line) for how, line in ((How.GONE, before), (How.ADDED, after)) if line.strip())
        return
    gone, added = "", ""
    for what, i, j, k, m in matcher.get_opcodes():
        words = "".join(new[k:m])
        if what == "equal" and (words.strip() or not (gone or added)):
            yield from _both(gone, added)
            gone, added = "", ""
            yield Run(How.SAME, words)
        else:  # a space between two changed words belongs to both
            gone, added = gone + "".join(old[i:j]), added + words
    yield from _both(gone, added)


def _both(gone: str, added: str) -> Iterator[Run]:
    """What was taken out, then what was added, where they are not the same."""
    if gone.strip() == added.strip() and gone.strip():
        yield Run(How.SAME, added)
        return
    yield from (Run(how, words) for how, words in ((How.GONE, gone), (How.ADDED, added)) if words)
