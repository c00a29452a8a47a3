"""Teaching a sentence encoder who belongs together, without its forgetting what it knew of everything else."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from training.finetune import SEED
from training.network import Texts
from training.pairs import Subject

TOGETHER = 96
"""Texts of like length that go through the encoder at once."""
KEPT = 12
"""Texts of any kind in a step, among which likenesses shall stay as they were."""
LINES = 32
"""Texts in a step of which only the guide says what they are like."""
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
        subjects: subjects in a step, all of one hand. Of two hands, one situation may stand there twice, and the manner
            of writing would tell who belongs together.
        sharpness: how strongly the right one must stand out: similarities are divided by this.
        keep: the weight of staying as before on texts of any kind.
        guided: the weight of the guide's view of which texts are alike, where there is one.
    """

    epochs: int = 10
    rate: float = 1e-4
    subjects: int = 40
    sharpness: float = 0.05
    keep: float = 10.0
    guided: float = 1.0


Vectors = Mapping[str, torch.Tensor]
"""A vector of unit length for each text."""


def teach_meaning(
    encoder: Encoder,
    texts: Texts,
    subjects: Sequence[Subject],
    kept: Vectors,
    course: Course,
    guide: Vectors | None = None,
) -> None:
    """Teach the encoder, in place.

    Args:
        encoder: what learns.
        texts: what makes tokens of them.
        subjects: who belongs together.
        kept: texts whose likenesses among each other shall stay as these vectors have them.
        course: how.
        guide: vectors that know better which texts are alike, of all texts of the subjects and of others.
    """
    chance = random.Random(SEED)
    own = {text for subject in subjects for text in (*subject.queries, *subject.stories)}
    lines = [text for text in guide or () if text not in own]
    steps = course.epochs * sum(1 for _ in _batches(subjects, course.subjects, chance))
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=course.rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    began, done = time.monotonic(), 0
    for _ in range(course.epochs):
        for batch in _batches(subjects, course.subjects, chance):
            encoder.train()
            some = chance.sample(lines, min(LINES, len(lines)))
            loss = _of_subjects(encoder, texts, batch, some, course, guide)
            loss = loss + course.keep * _of_kept(encoder, texts, chance.sample(list(kept), min(KEPT, len(kept))), kept)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            pace.step()
            done += 1
            if done % 10 == 0:
                print(f"step {done} of {steps}: loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _pace(step: int, steps: int) -> float:
    """Up for the first tenth, then down to nothing."""
    return min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)


def vectors_of(encoder: Encoder, texts: Texts, given: Sequence[str]) -> dict[str, torch.Tensor]:
    """The vectors of many texts."""
    encoder.eval()
    out: dict[str, torch.Tensor] = {}
    by_length = sorted(given, key=len)
    with torch.no_grad():
        for at in range(0, len(by_length), 64):
            chosen = by_length[at : at + 64]
            out.update(zip(chosen, encoder(*texts(chosen)), strict=True))
    return out


def apart(alike: torch.Tensor, right: torch.Tensor, sharpness: float) -> torch.Tensor:
    """How far the right ones of each row are from standing out; rows without any teach nothing.

    Args:
        alike: likenesses.
        right: the same shape: whether they belong together.
        sharpness: what likenesses are divided by.
    """
    some = right.any(dim=1)
    said = torch.log_softmax(alike[some] / sharpness, dim=1)
    wanted = right[some].to(said.dtype)
    return -((said * wanted).sum(1) / wanted.sum(1)).mean()


def _of_subjects(
    encoder: Encoder, texts: Texts, batch: Sequence[Subject], lines: list[str], course: Course, guide: Vectors | None
) -> torch.Tensor:
    """Questions nearest to the stories of their subject, stories to its questions and to each other; all as guided."""
    queries = [(text, number) for number, subject in enumerate(batch) for text in subject.queries]
    stories = [(text, number) for number, subject in enumerate(batch) for text in subject.stories]
    given = [text for text, _ in queries + stories] + lines
    vectors = _encoded(encoder, texts, given)
    a, b, _ = vectors.split([len(queries), len(stories), len(lines)])
    asked, told = (torch.tensor([number for _, number in ones]) for ones in (queries, stories))
    right, same = asked[:, None] == told[None], told[:, None] == told[None]
    itself = torch.eye(len(stories), dtype=torch.bool)
    among = (b @ b.T).masked_fill(itself, -1.0)
    loss = apart(a @ b.T, right, course.sharpness) + 0.5 * apart(b @ a.T, right.T, course.sharpness)
    loss = loss + 0.25 * apart(among, same & ~itself, course.sharpness)
    if guide is not None:
        loss = loss + course.guided * _as_guided(vectors, torch.stack([guide[text] for text in given]), course)
    return loss


def _as_guided(vectors: torch.Tensor, guiding: torch.Tensor, course: Course) -> torch.Tensor:
    """How far the order of texts around each text is from the guide's; 0 where they are the same."""
    itself = torch.eye(len(vectors), dtype=torch.bool)
    wanted, now = (
        torch.log_softmax((ones @ ones.T).masked_fill(itself, -1.0) / course.sharpness, dim=1)
        for ones in (guiding, vectors)
    )
    return nn.functional.kl_div(now, wanted, log_target=True, reduction="batchmean")


def _of_kept(encoder: Encoder, texts: Texts, some: list[str], kept: Vectors) -> torch.Tensor:
    now, was = _encoded(encoder, texts, some), torch.stack([kept[text] for text in some])
    return nn.functional.mse_loss(now @ now.T, was @ was.T)


def _encoded(encoder: Encoder, texts: Texts, given: Sequence[str]) -> torch.Tensor:
    """The vectors of texts, in their order: texts of like length together, so that little is padded."""
    by_length = sorted(range(len(given)), key=lambda i: len(given[i]))
    with torch.autocast("cpu", dtype=torch.bfloat16):  # weights stay exact; a step takes two thirds of the time
        parts = [
            encoder(*texts([given[i] for i in by_length[at : at + TOGETHER]])) for at in range(0, len(given), TOGETHER)
        ]
    back = sorted(range(len(given)), key=by_length.__getitem__)
    return torch.cat(parts).float()[back]


def _batches(subjects: Sequence[Subject], size: int, chance: random.Random) -> Iterator[list[Subject]]:
    """Steps of about so many subjects of one hand, in runs of neighbours, in an order of chance."""
    batches = []
    for _, subjects_of_hand in groupby(subjects, key=lambda subject: subject.key.partition("/")[0]):
        own, shift = list(subjects_of_hand), chance.randrange(NEIGHBOURS)
        runs = [own[max(0, at) : at + NEIGHBOURS] for at in range(-shift, len(own), NEIGHBOURS)]
        chance.shuffle(runs)
        flat = [subject for run in runs for subject in run]
        parts = max(1, round(len(flat) / size))
        cuts = [math.floor(part * len(flat) / parts) for part in range(parts + 1)]
        batches += [flat[one:other] for one, other in pairwise(cuts)]
    chance.shuffle(batches)
    yield from batches
