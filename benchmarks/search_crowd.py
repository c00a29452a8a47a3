"""An invented library to search in: stories of words drawn by how common they are, with facts, and vectors by chance.

Vectors drawn by chance are the hardest for the way by signs (nothing is alike), and cost what real ones cost. The words
come from the place's own list of words with their counts, so that some stand in nearly every story, as in real ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

import leeward.language
from benchmarks.near import journey
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.members.models import Member
from leeward.members.names import key_of
from leeward.search.finder.vectors import SIZE, packed
from leeward.search.models import IndexedDocument, Passage
from leeward.stories.models import Story, StoryAudience

AUTHORS = 500
AT_ONCE = 2_000
HIDDEN = 10
"""Every tenth story is a ring's alone: who searches may not see it."""
STARTS = 1_700_000_000_000_000
TAG = "by chance"


def build(many: int) -> Member:
    """Fill an empty database with so many stories and their index; who will search."""
    call_command("migrate", verbosity=0)
    there = IndexedDocument.objects.count()
    asker, _made = Member.objects.get_or_create(name="Asker")
    if there == many:
        return asker
    if there:
        raise RuntimeError("This database holds something else: give an empty one.")
    names = [f"author{number}" for number in range(AUTHORS)]
    authors = Member.objects.bulk_create(Member(name=name, name_key=key_of(name)) for name in names)
    for first in tqdm(range(0, many, AT_ONCE), desc="stories", unit_scale=AT_ONCE):
        _store(first, min(AT_ONCE, many - first), authors)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return asker


def _store(first: int, many: int, authors: list[Member]) -> None:
    chance, texts = random.Random(first), list(invented(many, seed=first))
    stories = [
        Story(
            author=authors[(first + number) % AUTHORS],
            title=text[:40],
            text=text,
            state=State.LIVE,
            at=STARTS + first + number,
        )
        for number, text in enumerate(texts)
    ]
    made = everything(Story, reason="benchmark: an invented library").bulk_create(stories)
    rings = [EVERYONE if number % 3 else MEMBERS for number in range(many)]
    StoryAudience.objects.bulk_create(
        StoryAudience(thing=story, ring_id=ring, at=story.at)
        for number, (story, ring) in enumerate(zip(made, rings, strict=True))
        if number % HIDDEN
    )
    documents = IndexedDocument.objects.bulk_create(
        IndexedDocument(
            kind="stories.story",
            thing_id=story.pk,
            at=STARTS + first + number,
            embedded_by=TAG,
            language="en",
            facts=" ".join(sorted(journey(chance))),
            title=story.title,
            text=story.text,
        )
        for number, story in enumerate(made)
    )
    vectors, scales = packed(directions(many, first))
    Passage.objects.bulk_create(
        Passage(document=document, place=0, scale=float(scale), vector=vector.tobytes())
        for document, vector, scale in zip(documents, vectors, scales, strict=True)
    )


def directions(many: int, seed: int) -> Any:
    """Unit vectors by chance."""
    drawn = np.random.default_rng(seed).normal(size=(many, SIZE)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def invented(many: int, *, seed: int, words: int = 120) -> Iterator[str]:
    """Texts of about so many words each."""
    known, shares = lexicon()
    drawn = np.random.default_rng(seed)
    lengths = np.clip(drawn.lognormal(np.log(words), 0.6, many), 10, 1500).astype(int)
    for length in lengths.tolist():
        yield " ".join(known[place] for place in drawn.choice(len(known), length, p=shares))


def lexicon() -> tuple[list[str], Any]:
    """The place's words and how common they are."""
    lines = (Path(leeward.language.__file__).parent / "en" / "lexicon.txt").read_text().split("\n")
    pairs = [line.split() for line in lines if len(line.split()) == 2]
    counts = np.array([float(count) for _word, count in pairs])
    return [word for word, _count in pairs], counts / counts.sum()


def questions(many: int) -> list[str]:
    """What is typed: lines as people write them, and some words by chance, one of them with a slip."""
    chance, (known, _shares) = random.Random(5), lexicon()
    made = []
    for number in range(many):
        if number % 2:
            made.append(TYPED[number // 2 % len(TYPED)])
            continue
        some = [chance.choice(known) for _ in range(chance.randrange(1, 6))]
        some[0] = some[0][:-2] + some[0][-1:] if len(some[0]) > 5 else some[0]
        made.append(" ".join(some))
    return made


TYPED = (
    "miscarriage at 9 weeks",
    "TFMR",
    "tfmr at 20 weeks heart defect",
    "how long until I feel normal again",
    "no heartbeat at the scan",
    "ectopic",
    "second miscarriage",
    "my sister is pregnant and i cant be around her",
    "IVF after loss",
    "partner will not talk about it",
    "going back to work",
    "2ww",
    "anybody else lost twins",
    "stilborn at 38 weeks",
    "what to say to my mother",
    "miscariage bleeding how long",
    "naming the baby",
    "d&c or wait",
    "angry with god",
    "first birthday without him",
)
