"""Words that mean nothing, for texts that nobody reads."""

from __future__ import annotations

import random


class Words:
    """Texts of invented words, cut from one long line of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        words = ("".join(chance.choices("aeioulmnrst", k=chance.randint(2, 9))) for _ in range(20_000))
        self.line = " ".join(words)

    def text(self, shortest: int, longest: int) -> str:
        """A text of so many letters, each magnitude alike."""
        length = int(shortest * (longest / shortest) ** self.chance.random())
        start = self.chance.randrange(len(self.line) - longest)
        return self.line[start : start + length]
