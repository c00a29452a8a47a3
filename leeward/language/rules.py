"""What is found by rules: a few narrow patterns for each language, read from its `rules.toml` and `names.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

KINDS = ("plan", "care", "contact", "link", "selling", "threat", "hostile")
"""What a rule can find."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True)
class Rule:
    """One pattern.

    Args:
        find: what is looked for in a sentence.
        near: what must stand in the same sentence too; None: nothing.
        unless: what must not; None: nothing.
        look: for care: whether a person is asked to look as well.
    """

    find: re.Pattern[str]
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    look: bool = False

    def found_in(self, sentence: str) -> bool:
        """Whether a sentence, already `plain`, has it."""
        if not self.find.search(sentence):
            return False
        return (self.near is None or bool(self.near.search(sentence))) and not (
            self.unless is not None and self.unless.search(sentence)
        )


Rules = dict[str, tuple[Rule, ...]]
"""The rules of a language, by what they find."""


def load_rules(folder: Path) -> Rules:
    """The rules in a language's folder.

    Raises:
        ValueError: a rule is of no known kind, or is no pattern.
    """
    said: dict[str, list[dict[str, object]]] = {}
    for name in ("rules", "names"):
        for kind, rows in tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")).items():
            said[kind] = said.get(kind, []) + rows
    if unknown := set(said) - set(KINDS):
        raise ValueError(f"There are no rules of the kind {sorted(unknown)}.")
    return {kind: tuple(_rule(row) for row in said.get(kind, ())) for kind in KINDS}


def found(rules: Rules, kind: str, sentence: str) -> Rule | None:
    """The first rule of a kind that a sentence (already `plain`) meets, or None."""
    return next((rule for rule in rules[kind] if rule.found_in(sentence)), None)


def plain(text: str) -> str:
    """A text as the rules read it: lower case, straight apostrophes, single spaces."""
    return " ".join(text.translate(_STRAIGHT).lower().split())


def _rule(row: dict[str, object]) -> Rule:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(str(row[key])) if key in row else None

    find = pattern("find")
    if find is None:
        raise ValueError("A rule of rules.toml has nothing to find.")
    return Rule(find, pattern("near"), pattern("unless"), bool(row.get("look", False)))
