"""What the teacher answered to the hands' lines and to mixed texts: kept, so that it need not learn anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

Answers = dict[int, tuple[float, ...]]
"""The logits of the heads, by the key of the text."""


def key_of(text: str) -> int:
    """A text as 64 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def load(folder: Path) -> Answers:
    """The answers kept in a language's folder; none if there are none."""
    path = folder / "answers.npz"
    if not path.exists():
        return {}
    with np.load(path) as kept:
        logits = kept["logits"].astype(np.float32)
        return {int(key): tuple(row.tolist()) for key, row in zip(kept["keys"], logits, strict=True)}


def save(folder: Path, texts: Sequence[str], logits: np.ndarray) -> None:
    """Keep the answers to texts.

    Args:
        folder: the language's folder.
        texts: what was asked.
        logits: a row for each text, a column for each head.
    """
    keys = np.array([key_of(text) for text in texts], dtype=np.uint64)
    np.savez_compressed(folder / "answers.npz", keys=keys, logits=logits.astype(np.float16))
