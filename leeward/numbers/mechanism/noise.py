"""The noise: drawn from a key whenever it is needed, stored nowhere, the same each time.

Shock z of a month and a cell: SHAKE-256 of key, list, table and month gives a stream of eight bytes a cell in the
canonical order of cells; two cells share two numbers and become two normal ones (Box and Muller 1958). The noise of a
cell in month t is s0 · (c_t·z_0 + … + c_0·z_t). Who has the key has the exact counts: it is as secret as the members.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leeward.numbers.mechanism.factor import HORIZON, Floats, coefficients, root

_SIGN = b"leeward numbers 1"
_STEP = 2.0**-53


@dataclass(frozen=True)
class Source:
    """Where the noise of one list comes from.

    Args:
        key: secret bytes, the same for the whole life of the list. A fresh key would be a second release.
        generation: the list's own name, so that two lists never share noise.
        s0: the standard deviation of a shock.
    """

    key: bytes
    generation: str
    s0: float

    def __repr__(self) -> str:
        return f"Source({self.generation})"  # never the key, in no log

    def fingerprint(self) -> str:
        """A mark by which the key is known again; nothing can be worked out from it."""
        return _stream(self, "fingerprint", 0, 16).hex()


def shocks(source: Source, table: str, month: int, cells: int) -> Floats:
    """The z of one month: a standard normal number for each cell of a table, in canonical order."""
    pairs = (cells + 1) // 2
    stream = np.frombuffer(_stream(source, table, month, 16 * pairs), dtype="<u8")
    uniform = ((stream >> 11).astype(np.float64) + 0.5) * _STEP  # in (0, 1), never the ends
    length = np.sqrt(-2.0 * np.log(uniform[:pairs]))
    angle = 2.0 * np.pi * uniform[pairs:]
    found: Floats = np.concatenate([length * np.cos(angle), length * np.sin(angle)])[:cells]
    return found


def noise_in(source: Source, table: str, month: int, cells: int) -> Floats:
    """The noise of each cell of a table in a month of its list (0 is the first).

    Raises:
        ValueError: the month is outside the list's horizon.
    """
    if not 0 <= month < HORIZON:
        raise ValueError(f"A list has {HORIZON} months; {month} is none of them.")
    c = coefficients(month + 1)
    total = np.zeros(cells)
    for past in range(month + 1):
        total += c[month - past] * shocks(source, table, past, cells)
    return source.s0 * total


def noise_through(source: Source, table: str, months: int, cells: int) -> Floats:
    """The same for the first so many months at once, a row a month. For proofs and measurements."""
    drawn = np.stack(list(_every(source, table, months, cells)))
    found: Floats = source.s0 * (root(months) @ drawn)
    return found


def _every(source: Source, table: str, months: int, cells: int) -> Iterator[Floats]:
    for month in range(months):
        yield shocks(source, table, month, cells)


def _stream(source: Source, table: str, month: int, length: int) -> bytes:
    """So many bytes. Each part goes in with its length before it, so that no two of them run together to the same."""
    seen = hashlib.shake_256()
    for part in (_SIGN, source.key, source.generation.encode(), table.encode(), str(month).encode()):
        seen.update(len(part).to_bytes(8, "big") + part)
    return seen.digest(length)
