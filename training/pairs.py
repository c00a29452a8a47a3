"""Who belongs together: blocks of queries and stories of one subject, a file for each hand (training/README.md)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.hands import FOLDER, Role


@dataclass(frozen=True)
class Subject:
    """One situation in one hand.

    Args:
        key: hand and subject, "orla/placenta".
        queries: what is asked.
        stories: what somebody in that situation writes.
    """

    key: str
    queries: tuple[str, ...]
    stories: tuple[str, ...]


def subjects(role: Role, language: str = "en") -> list[Subject]:
    """The subjects of all hands of a role, in the order of their files.

    Raises:
        ValueError: a line is of no kind, or a subject lacks queries or stories.
    """
    folder = FOLDER / language / "pairs"
    hands = tomllib.loads((folder.parent / "pairs.toml").read_text(encoding="utf-8"))[role.value]
    return [subject for hand in sorted(hands) for subject in _read(folder / f"{hand}.txt")]


def _read(file: Path) -> list[Subject]:
    found, blocks = [], file.read_text(encoding="utf-8").split("\n## ")
    for block in blocks[1:]:
        key, *rest = (line.strip() for line in block.splitlines() if line.strip())
        queries = tuple(line[2:] for line in rest if line.startswith("? "))
        stories = tuple(line[2:] for line in rest if line.startswith("= "))
        if not queries or not stories or len(queries) + len(stories) != len(rest):
            raise ValueError(f"{file.name}: the subject {key!r} is not whole.")
        found.append(Subject(f"{file.stem}/{key}", queries, stories))
    return found
