"""Teaching a network: from the hands' own labels, and from a larger network's answers to them and to mixed texts."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from training.labels import HEADS, UNKNOWN
from training.network import Network, Texts

WEIGHT_OF_FOUND = torch.tensor([1.5, 3.0, 2.0, 2.0, 2.0, 3.0])
"""How much more a missed positive weighs than a false one, for each head: the rarer, the more."""
SEED = 7


@dataclass(frozen=True)
class Example:
    """One text, what each head should say (1, 0, UNKNOWN), and what a larger network said, as logits, or nothing."""

    text: str
    targets: tuple[int, ...]
    taught: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Args:
        epochs: times through all examples.
        rate: highest learning rate of the encoder; the heads learn twenty times as fast.
        batch: texts in a step.
        frozen: how many of the encoder's lowest layers, with the embeddings, stay as they are.
        trust: the weight of the larger network's answers beside the labels, 0 to 1.
    """

    epochs: int
    rate: float
    batch: int = 32
    frozen: int = 0
    trust: float = 0.5


def repeatably() -> None:
    """Make this process's random choices the same each time."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)  # towards the end numbers become so small that a processor crawls over them
    torch.use_deterministic_algorithms(mode=True)


def teach(network: Network, texts: Texts, examples: Sequence[Example], schedule: Schedule) -> None:
    """Teach the network, in place. Prints a line each hundred steps."""
    _freeze(network, schedule.frozen)
    steps = schedule.epochs * -(-len(examples) // schedule.batch)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": schedule.rate},
            {"params": network.head.parameters(), "lr": schedule.rate * 20},
        ],
        weight_decay=0.01,
    )
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    began, done = time.monotonic(), 0
    for _ in range(schedule.epochs):
        for batch in _batches(examples, schedule.batch):
            network.train()
            loss = _loss(network(*texts([example.text for example in batch])), batch, schedule.trust)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            pace.step()
            done += 1
            if done % 100 == 0:
                print(f"step {done} of {steps}: loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def mixed(examples: Sequence[Example], how_many: int) -> list[str]:
    """Texts that nobody wrote, for a larger network to answer: two lines one after the other, and halves of lines."""
    chance, made = random.Random(SEED), []
    for _ in range(how_many):
        one, other = chance.choice(examples).text, chance.choice(examples).text
        words = one.split()
        cut = len(words) // 2
        made.append(chance.choice([f"{one} {other}", " ".join(words[:cut]), " ".join(words[cut:]), f"{other} {one}"]))
    return [text for text in made if text]


def _freeze(network: Network, layers: int) -> None:
    if layers:
        for part in (network.encoder.embeddings, *network.encoder.encoder.layer[:layers]):
            part.requires_grad_(requires_grad=False)


def _pace(step: int, steps: int) -> float:
    """Up for the first tenth, then down to nothing."""
    return min(1.0, step / (0.1 * steps)) * max(0.0, 1 - step / steps)


def _batches(examples: Sequence[Example], size: int) -> Iterator[list[Example]]:
    """Batches of texts of like length, in an order of chance."""
    shuffled = random.sample(list(examples), len(examples))
    batches = []
    for at in range(0, len(shuffled), size * 20):
        part = sorted(shuffled[at : at + size * 20], key=lambda example: len(example.text))
        batches += [part[i : i + size] for i in range(0, len(part), size)]
    random.shuffle(batches)
    yield from batches


def _loss(logits: torch.Tensor, batch: list[Example], trust: float) -> torch.Tensor:
    targets = torch.tensor([example.targets for example in batch], dtype=torch.float32)
    known = (targets != UNKNOWN).float()
    by_label = nn.functional.binary_cross_entropy_with_logits(
        logits, targets.clamp(min=0), pos_weight=WEIGHT_OF_FOUND, reduction="none"
    )
    loss = (by_label * known).sum() / known.sum().clamp(min=1)
    taught = [example.taught or (0.0,) * len(HEADS) for example in batch]
    asked = torch.tensor([[float(example.taught is not None)] for example in batch])
    if asked.any():
        soft = torch.sigmoid(torch.tensor(taught))
        by_teacher = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none")
        loss = (1 - trust) * loss + trust * (by_teacher * asked).sum() / (asked.sum() * len(HEADS))
    return loss
