"""Reading a text with rules and models."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.language.judgement import Judgement


@dataclass(frozen=True)
class Engine:
    """Everything that one language is read with."""

    language: str

    def judge(self, text: str) -> Judgement:
        """Read a text."""
        return Judgement()


def load(language: str) -> Engine:
    """The engine of a language.

    Raises:
        LookupError: there is no data for it.
    """
    return Engine(language)
