"""How large the great place is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GreatSize:
    """How large a place is made. Its first three stories are the shorter, the great and the longer one."""

    members: int = 405_000
    writers: int = 5_000  # who answer under the great stories; the first of all members
    readers: int = 1_000  # who look while it is measured; the first of the writers
    stories: int = 100_000
    answers_each: int = 10
    lengths: tuple[int, ...] = (800, 8_000, 80_000)  # answers to the three stories
    words: tuple[int, ...] = (40_500, 405_000, 1_215_000)  # said to each of them
    blocks: int = 100_000
    presences: int = 5_000


WHOLE = GreatSize()
QUICK = GreatSize(4_050, 500, 64, 1_500, 10, (80, 800, 4_000), (405, 4_050, 12_150), 2_000, 200)
