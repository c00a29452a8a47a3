"""How well a question finds the stories of its situation, in the words of people from whom nothing was learned.

    .venv/bin/python -m benchmarks.meaning [--set dev] [--json]
    .venv-model/bin/python -m benchmarks.meaning --plain        all-MiniLM-L6-v2 and all-mpnet-base-v2 as they come

Each hand of training/en/pairs is asked as one file would be by `manage.py evaluate_matching`: every question among all
its stories, more than a hundred situations of which many differ in one thing only. "Of forty" is the mean over groups
of forty situations drawn by chance. The hands of the test set were not looked at before all was chosen.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.machine import described
from leeward.journeys.figures import figures
from leeward.language.embedder import load_embedder
from training.hands import Role
from training.pairs import Subject, subjects
from training.teacher import teacher_folder

GROUP, GROUPS, SEED = 40, 50, 5
Matrices = dict[str, np.ndarray]
"""Questions × stories of one hand: how alike, by the name of the way."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meaning", description=__doc__)
    parser.add_argument("--set", choices=("dev", "test"), default="test", help="which hands (test)")
    parser.add_argument(
        "--plain", action="store_true", help="the public encoders as they come (training/requirements.txt)"
    )
    parser.add_argument("--keep", type=Path, default=Path("var/training"), help="where the larger one is put together")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    every = hands_of(Role(given.set))
    ways = plain(every, given.keep) if given.plain else ours(every)
    found = {name: scored(every, [one[name] for one in ways]) for name in ways[0]}
    if given.json:
        print(json.dumps({"machine": described(), "meaning": found}))
        return
    for name, row in found.items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items()))


def hands_of(role: Role) -> list[list[Subject]]:
    """The subjects of each hand of a role."""
    every = subjects(role)
    names = sorted({one.key.partition("/")[0] for one in every})
    return [[one for one in every if one.key.startswith(f"{name}/")] for name in names]


def ours(every: Sequence[Sequence[Subject]]) -> list[Matrices]:
    """As the place does it: all signs together, and each alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    import django  # noqa: PLC0415  # the settings come first

    django.setup()
    from leeward.journeys.matching import likenesses  # noqa: PLC0415  # the same

    embedder, found = load_embedder("en"), []
    for hand in every:
        alike = likenesses(*_texts(hand), embedder, "en")
        found.append(
            {"all together": alike.together(), "meaning": alike.meaning, "facts": alike.facts, "words": alike.words}
        )
    return found


def plain(every: Sequence[Sequence[Subject]], keep: Path) -> list[Matrices]:
    """The public encoders as they come, in full precision."""
    from training.__main__ import student_folder  # noqa: PLC0415  # torch is only there where models are made
    from training.meaning import Encoder, vectors_of  # noqa: PLC0415  # the same
    from training.network import Texts  # noqa: PLC0415  # the same

    found: list[Matrices] = [{} for _ in every]
    for name, base in (("all-MiniLM-L6-v2", student_folder()), ("all-mpnet-base-v2", teacher_folder(keep))):
        encoder, tokens = Encoder(base), Texts(base)
        for place, hand in enumerate(every):
            known = vectors_of(encoder, tokens, sorted({text for texts in _texts(hand) for text in texts}))
            asked, told = (np.stack([known[text].numpy() for text in texts]) for texts in _texts(hand))
            found[place][name] = asked @ told.T
    return found


def scored(every: Sequence[Sequence[Subject]], alike: Sequence[np.ndarray]) -> dict[str, float]:
    """Mean over the hands, and over groups of forty subjects of each."""
    chance, whole, parts = np.random.default_rng(SEED), [], []
    for hand, matrix in zip(every, alike, strict=True):
        asked = np.array([number for number, one in enumerate(hand) for _ in one.queries])
        told = np.array([number for number, one in enumerate(hand) for _ in one.stories])
        right = asked[:, None] == told[None]
        whole.append(figures(matrix, right))
        for _ in range(GROUPS):
            drawn = chance.choice(len(hand), GROUP, replace=False)
            some = np.ix_(np.isin(asked, drawn), np.isin(told, drawn))
            parts.append(figures(matrix[some], right[some]))
    names = ("hit@1", "hit@5", "ndcg@10")
    said = {name: round(float(np.mean([one[name] for one in whole])), 3) for name in names}
    return said | {f"{name} of forty": round(float(np.mean([one[name] for one in parts])), 3) for name in names}


def _texts(hand: Sequence[Subject]) -> tuple[list[str], list[str]]:
    return [text for one in hand for text in one.queries], [text for one in hand for text in one.stories]


if __name__ == "__main__":
    main()
