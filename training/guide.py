"""A guide for the encoder of meaning: what a larger encoder finds alike once it has been told who belongs together.

The larger one (all-mpnet-base-v2) is not fine-tuned, which would take a day here. One linear map is laid over its
vectors, taught by the pairs: on hands that it has not seen, that is as good as the small encoder fine-tuned whole, and
both together are better than either. So the guide is both, side by side, and the small one learns from it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import torch
from torch import nn

from training.finetune import SEED
from training.meaning import Course, Encoder, Vectors, apart, vectors_of
from training.network import Texts
from training.pairs import Subject

ROUNDS = 60
"""Times through all hands, one hand in a step."""
RATE = 2e-4
DROPPED = 0.1
"""The share of a vector's numbers left out in a step."""


def guide_for(encoder: Encoder, base: Path, larger: Path, subjects: Sequence[Subject], lines: Sequence[str]) -> Vectors:
    """Vectors of the texts of all subjects and of other lines, in which those are near that belong together.

    Args:
        encoder: the small encoder after its first course.
        base: where its tokenizer is.
        larger: where the larger encoder is.
        subjects: who belongs together.
        lines: other texts.
    """
    given = sorted({text for subject in subjects for text in (*subject.queries, *subject.stories)} | {*lines})
    wide = vectors_of(Encoder(larger), Texts(larger), given)
    return side_by_side(vectors_of(encoder, Texts(base), given), mapped(wide, subjects))


def side_by_side(*views: Vectors) -> dict[str, torch.Tensor]:
    """One vector for each text, in which likeness is the mean of what the views find alike."""
    return {text: torch.cat([view[text] for view in views]) / len(views) ** 0.5 for text in views[0]}


def mapped(vectors: Vectors, subjects: Sequence[Subject]) -> dict[str, torch.Tensor]:
    """The vectors under a linear map that brings together what belongs together."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    hands = [list(own) for _, own in groupby(subjects, key=lambda subject: subject.key.partition("/")[0])]
    size = len(next(iter(vectors.values())))
    through = nn.Parameter(torch.eye(size))
    optimizer = torch.optim.Adam([through], lr=RATE)
    taught = [_stacked(hand, vectors) for hand in hands]
    for _ in range(ROUNDS):
        chance.shuffle(taught)
        for asked, told, right in taught:
            a, b = (
                nn.functional.normalize(nn.functional.dropout(ones, DROPPED) @ through, dim=1) for ones in (asked, told)
            )
            loss = apart(a @ b.T, right, Course.sharpness)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return {text: nn.functional.normalize(vector @ through, dim=0) for text, vector in vectors.items()}


def _stacked(hand: Sequence[Subject], vectors: Vectors) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A hand's questions, its stories, and which of them belong together."""
    queries = [(text, number) for number, subject in enumerate(hand) for text in subject.queries]
    stories = [(text, number) for number, subject in enumerate(hand) for text in subject.stories]
    asked, told = (torch.tensor([number for _, number in ones]) for ones in (queries, stories))
    return (
        torch.stack([vectors[text] for text, _ in queries]),
        torch.stack([vectors[text] for text, _ in stories]),
        asked[:, None] == told[None],
    )
