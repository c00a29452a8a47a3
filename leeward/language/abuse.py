"""Open abuse: a linear model over hashed words and letters, trained on public sets (training/abuse.py)."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

BUCKETS = 1 << 17
"""How many weights there are; features share one by chance."""
_WORD = re.compile(r"[\w']+")
_TO_SOMEBODY = re.compile(
    r"\b(?:you|your|you're|youre|yourself|u|ur|yall|y'all|ye|yous|people like|women like|these women|them)\b"
)


@dataclass(frozen=True)
class Abuse:
    """The weights, and what is added to every score."""

    weights: np.ndarray
    bias: float

    def score(self, sentence: str) -> float:
        """How openly abusive a sentence (already `rules.plain`) is, 0 to 1. What is said to nobody scores 0.

        Public sets of abuse flag the bereaved's own swearing first (docs/screening.md): so only what turns to somebody
        is asked at all.
        """
        if not _TO_SOMEBODY.search(sentence):
            return 0.0
        found = sorted(set(features(sentence)))
        total = self.bias + float(self.weights[found].astype(np.float64).sum()) / math.sqrt(len(found) or 1)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(sentence: str) -> Iterator[int]:
    """The features of a sentence as numbers of buckets: words, pairs of words, and letters in runs of three to five."""
    words = _WORD.findall(sentence)
    for word in words:
        yield _bucket("w" + word)
    for pair in pairwise(words):
        yield _bucket("p" + " ".join(pair))
    letters = f" {' '.join(words)} "
    for length in (3, 4, 5):
        for at in range(len(letters) - length + 1):
            yield _bucket(letters[at : at + length])


def load_abuse(folder: Path) -> Abuse:
    """The weights in a language's folder (`abuse.npz`)."""
    with np.load(folder / "abuse.npz") as kept:
        return Abuse(kept["weights"], float(kept["bias"]))


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS
