"""Teaching a sentence encoder who belongs together, without its forgetting what it knew of everything else."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from training.finetune import SEED
from training.network import Texts
from training.pairs import Subject

TOGETHER = 24
"""Texts of like length that go through the encoder at once."""
KEPT = 24
"""Texts of any kind in a step, among which likenesses shall stay as they were."""
NEIGHBOURS = 8
"""So many subjects that stand beside each other in a hand come into one step: they are the likest."""


class Encoder(nn.Module):
    """The mean over a text's tokens, of unit length."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """A vector of unit length for each text."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * mask).sum(1) / mask.sum(1)
        vectors: torch.Tensor = nn.functional.normalize(pooled, dim=1)
        return vectors


@dataclass(frozen=True)
class Course:
    """How long, how fast, and how much is kept.

    Args:
        epochs: times through all subjects.
        rate: highest learning rate.
        subjects: subjects in a step.
        sharpness: how strongly the right one must stand out: similarities are divided by this.
        keep: the weight of staying as before on texts of any kind.
        guided: the weight of a larger encoder's view of which texts are alike.
    """

    epochs: int = 10
    rate: float = 1e-4
    subjects: int = 48
    sharpness: float = 0.05
    keep: float = 10.0
    guided: float = 0.0


def teach_meaning(  # long: one loop, read from its top to its end
    encoder: Encoder,
    texts: Texts,
    subjects: Sequence[Subject],
    ordinary: Sequence[str],
    course: Course,
    guide: dict[str, torch.Tensor] | None = None,
) -> None:
    """Teach the encoder, in place.

    Args:
        encoder: what learns.
        texts: what makes tokens of them.
        subjects: who belongs together.
        ordinary: texts on which it shall stay as it was.
        course: how.
        guide: a larger encoder's vectors, by text, where `course.guided` asks for them.
    """
    chance = random.Random(SEED)
    was = vectors_of(encoder, texts, ordinary)
    steps = course.epochs * -(-len(subjects) // course.subjects)
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=course.rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    began, done = time.monotonic(), 0
    for _ in range(course.epochs):
        for batch in _batches(subjects, course.subjects, chance):
            encoder.train()
            asked = [chance.choice(subject.queries) for subject in batch]
            told = [chance.choice(subject.stories) for subject in batch]
            other = [chance.choice([*subject.stories, *subject.queries]) for subject in batch]
            a, b, c = _encoded(encoder, texts, [*asked, *told, *other]).split(len(batch))
            itself = [one == two for one, two in zip(other, told, strict=True)]
            loss = _apart(a, b, course) + 0.5 * _apart(c, b, course, itself)
            if guide is not None and course.guided:
                loss = loss + course.guided * _as_guided(a, b, asked, told, guide, course)
            if course.keep:
                some = chance.sample(range(len(ordinary)), KEPT)
                now = _encoded(encoder, texts, [ordinary[one] for one in some])
                loss = loss + course.keep * nn.functional.mse_loss(now @ now.T, was[some] @ was[some].T)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            pace.step()
            done += 1
            if done % 20 == 0:
                print(f"step {done} of {steps}: loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def vectors_of(encoder: Encoder, texts: Texts, given: Sequence[str]) -> torch.Tensor:
    """The vectors of many texts, in their order."""
    encoder.eval()
    out = torch.zeros(len(given), encoder.encoder.config.hidden_size)
    by_length = sorted(range(len(given)), key=lambda i: len(given[i]))
    with torch.no_grad():
        for at in range(0, len(by_length), 64):
            chosen = by_length[at : at + 64]
            out[chosen] = encoder(*texts([given[i] for i in chosen]))
    return out


def _encoded(encoder: Encoder, texts: Texts, given: Sequence[str]) -> torch.Tensor:
    """The vectors of texts, in their order: texts of like length together, so that little is padded."""
    by_length = sorted(range(len(given)), key=lambda i: len(given[i]))
    parts = [
        encoder(*texts([given[i] for i in by_length[at : at + TOGETHER]])) for at in range(0, len(given), TOGETHER)
    ]
    back = sorted(range(len(given)), key=by_length.__getitem__)
    return torch.cat(parts)[back]


def _apart(a: torch.Tensor, b: torch.Tensor, course: Course, itself: list[bool] | None = None) -> torch.Tensor:
    """Each of `a` nearest to its own of `b`, and the other way round; pairs of one text with itself teach nothing."""
    alike = a @ b.T / course.sharpness
    right = torch.arange(len(a))
    if itself is not None:
        kept = torch.tensor([not one for one in itself])
        if not kept.any():
            return alike.sum() * 0
        return nn.functional.cross_entropy(alike[kept], right[kept])
    return (nn.functional.cross_entropy(alike, right) + nn.functional.cross_entropy(alike.T, right)) / 2


def _as_guided(
    a: torch.Tensor, b: torch.Tensor, asked: list[str], told: list[str], guide: dict[str, torch.Tensor], course: Course
) -> torch.Tensor:
    """How far the encoder's order of the stories is from that of the larger one."""
    wanted = torch.stack([guide[text] for text in asked]) @ torch.stack([guide[text] for text in told]).T
    soft = torch.softmax(wanted / course.sharpness, dim=1)
    return nn.functional.cross_entropy(a @ b.T / course.sharpness, soft)


def _batches(subjects: Sequence[Subject], size: int, chance: random.Random) -> Iterator[list[Subject]]:
    """Steps of runs of neighbouring subjects, in an order of chance."""
    shift = chance.randrange(NEIGHBOURS)
    cuts = [0, *range(shift or NEIGHBOURS, len(subjects), NEIGHBOURS), len(subjects)]
    runs = [list(subjects[one:other]) for one, other in pairwise(cuts)]
    chance.shuffle(runs)
    flat = [subject for run in runs for subject in run]
    for at in range(0, len(flat), size):
        if len(flat[at : at + size]) > 1:
            yield flat[at : at + size]
