"""The 20 nearest of 10,000, 100,000 and 1,000,000 invented journeys: how fast, how exact, in how much memory.

    .venv/bin/python -m benchmarks.near [--quick] [--json] [--alone] [--sizes 10000 …]

The finder is asked as the place asks it: over its socket, in a process of its own, its index in SQLite. All is drawn by
chance, with shares that fall off as they do among people; a plan is what a profile compiles to. Each answer
by facts is held against brute force, and that against plain Python. Beside it PostgreSQL with pgvector.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.apart import figures_of
from benchmarks.machine import described
from benchmarks.spread import percentiles, printed
from leeward.kit.moments import now_us
from leeward.language.embedder import load_embedder
from leeward.language.folders import language_folder
from leeward.search.plans import Group, Plan, Row, weigh

if TYPE_CHECKING:
    from benchmarks.near_place import FinderProcess, Reference

SIZES, QUICK = (10_000, 100_000, 1_000_000), (10_000,)
ASKED, ASKED_PEER, PEER_SECONDS = 300, 30, 45
"""How many questions are asked; of the peer, which takes its time, fewer, and none after so many CPU seconds."""
STORED_AT_ONCE = 20_000
KINDS = ["stories.story", "circles.presence"]
PULL = 3.0

FACETS: dict[str, tuple[int, int]] = {
    "kind": (12, 5), "exactly": (30, 3), "how": (6, 1), "cause": (14, 3), "path": (10, 4), "stage": (9, 2),
    "diagnosis": (20, 2), "now": (8, 3), "relation": (6, 2), "count": (4, 1), "children": (3, 1), "body": (18, 1),
    "heart": (18, 1), "support": (8, 1), "remembrance": (12, 1), "country": (24, 1),
}  # fmt: skip
"""Facets: how many terms, and what a shared one weighs."""
YEARS = 10


def journey(chance: random.Random) -> frozenset[str]:
    """The facts of one journey: some terms of most facets, common ones oftener, weeks, and the month of the loss."""
    facts = set()
    for facet, (terms, _weight) in FACETS.items():
        for _ in range(chance.choice((0, 1, 1, 1, 2))):
            facts.add(f"{facet}:{min(int(chance.expovariate(4 / terms)), terms - 1)}")
    facts.add(f"weeks:{min(max(int(chance.gauss(11, 6)), 4), 42)}")
    facts.add(f"month:{2016 + chance.randrange(YEARS)}-{chance.randrange(1, 13):02d}")
    return frozenset(facts)


def plan_of(facts: frozenset[str], chance: random.Random) -> Plan:
    """What near to this journey means: shared terms, weeks in reach, months in reach."""
    groups = []
    for facet, (_terms, weight) in FACETS.items():
        hers = tuple(sorted(fact for fact in facts if fact.startswith(facet + ":")))
        if hers:
            groups.append(Group(hers, weight, more=1))
    week = int(next(fact for fact in facts if fact.startswith("weeks:")).partition(":")[2])
    groups.append(Group(tuple(f"weeks:{near}" for near in range(week - 2, week + 3)), 3))
    groups.append(Group(tuple(f"weeks:{near}" for near in range(week - 4, week + 5)), 2))
    year = next(fact for fact in facts if fact.startswith("month:"))[6:10]
    groups.append(Group(tuple(f"month:{year}-{month:02d}" for month in range(1, 13)), chance.choice((1, 2))))
    return Plan(tuple(groups))


def rows(many: int) -> Iterator[Row]:
    """All journeys, the same on every machine."""
    chance = random.Random(7)
    for key in range(1, many + 1):
        yield Row(key, "stories.story" if key % 5 else "circles.presence", key, key * 1000 + key % 7, journey(chance))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.near", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 only: to see that it runs")
    parser.add_argument("--sizes", type=int, nargs="+", help="other sizes")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--alone", action="store_true", help="without PostgreSQL beside it")
    parser.add_argument("--asked", type=int, default=ASKED, help=f"so many questions, instead of {ASKED}")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_one(options.one, options.asked, alone=options.alone)))
        return 0
    sizes = options.sizes or (QUICK if options.quick else SIZES)
    found = {f"{many:,}": measured(many, asked=options.asked, alone=options.alone) for many in sizes}
    print(json.dumps({"machine": described(), "near": found}, indent=1) if options.json else printed(found))
    return 0 if all(one["not exact"] == 0 for one in found.values()) else 1


def measured(many: int, *, asked: int, alone: bool) -> dict[str, Any]:
    """Figures of one size, measured in a process and a data folder of its own."""
    asking = ["--one", str(many), "--asked", str(asked), *(["--alone"] if alone else [])]
    figures = figures_of("benchmarks.near", *asking)
    print(printed({f"{many:,}": figures}), file=sys.stderr)  # the largest takes long
    return figures


def _one(many: int, asked: int, *, alone: bool) -> dict[str, Any]:  # long: one measurement, told in its order
    import django  # noqa: PLC0415  # in the process apart, with settings of its own

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after the settings

    from benchmarks.near_place import FinderProcess, Reference, forget_files, store  # noqa: PLC0415  # the same
    from leeward.search.management.commands.keep_finding import tag_of  # noqa: PLC0415  # the same

    call_command("migrate", verbosity=0)
    tag, known, some = tag_of(language_folder("en")), Reference(many), []
    for row in rows(many):
        known.add(row)
        some.append(row)
        if len(some) == STORED_AT_ONCE or row.key == many:
            store(some, directions(len(some), row.key), tag)
            some = []
    with FinderProcess() as first:
        anew = {**first.until_it_answered, "memory, MiB": first.memory()}
    megabytes = forget_files()
    with FinderProcess() as finder:
        figures = {"cold start": finder.until_it_answered, **_asked(finder, known, asked)}
        figures["seconds until a changed journey is ranked"] = _changed()
        figures["memory after all questions, MiB"] = finder.memory()
    figures |= {
        "index made anew from the database": anew,
        "files, MiB": megabytes,
        "end, seconds": finder.until_it_ended,
    }
    return figures if alone else figures | {"peer": _peer(known)}


def directions(many: int, seed: int) -> Any:
    """Unit vectors by chance."""
    drawn = np.random.default_rng(seed).normal(size=(many, 384)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def _asked(finder: FinderProcess, known: Reference, asked: int) -> dict[str, Any]:
    """The 20 nearest by facts, and by facts and words: what both ends of the socket spend, and how long it takes."""
    from leeward.search.finder import client  # noqa: PLC0415  # Django is set up by now

    chance, embedder = random.Random(11), load_embedder("en")
    plans = [plan_of(journey(chance), chance) for _ in range(asked + 5)]
    texts = [_words(number) for number in range(asked + 5)]
    answers: list[list[int]] = []

    def by_facts(number: int) -> None:
        ranked = client.near(plans[number], kinds=KINDS, pull=0, reach=20)
        answers.append([key for _kind, key in ranked.names])

    def by_both(number: int) -> None:
        client.near(plans[number], kinds=KINDS, words=texts[number], pull=PULL, reach=20)

    def spent() -> float:
        return time.process_time() + finder.processor()

    alone, waited = _timed(by_facts, spent, asked), _timed(by_facts, time.perf_counter, asked)
    with_words = _timed(by_both, spent, asked)
    alike = _timed(lambda number: embedder.embed(texts[number]), time.process_time, asked)
    reference = [known.nearest(plan, 20) for plan in plans]
    return {
        "20 nearest by facts, CPU ms": alone,
        "the same, ms by the clock": waited,
        "3,000 nearest by facts, of them 20 by her words, CPU ms": with_words,
        "of it embedding her words, CPU ms": alike,
        "held against brute force": len(answers),
        "not exact": sum(answer != reference[place % len(plans)] for place, answer in enumerate(answers)),
        "brute force held against plain Python": _proved(known, plans[:2]),
    }


def _proved(known: Reference, plans: list[Plan]) -> bool:
    """Whether brute force says of these plans what plain Python says of each journey."""
    weights = [known.weights(plan) for plan in plans]
    every = rows(min(len(known.at), 100_000))
    return all(
        weigh(plan, row.facts) == those[row.key - 1]
        for row in every
        for plan, those in zip(plans, weights, strict=True)
    )


def _changed() -> float:
    """How long it takes until a journey that changed is found as it is now."""
    from leeward.search.finder import client  # noqa: PLC0415  # Django is set up by now
    from leeward.search.models import IndexedDocument  # noqa: PLC0415  # the same

    IndexedDocument.objects.filter(pk=17).update(facts="kind:new", changed_at=now_us())
    began = time.perf_counter()
    while not client.near(Plan.of_facts({"kind:new"}), kinds=KINDS, pull=0, reach=1).names:
        time.sleep(0.02)
    return round(time.perf_counter() - began, 2)


def _peer(known: Reference) -> dict[str, Any]:
    """The same questions to PostgreSQL, as many as it has time for."""
    from benchmarks import near_peer  # noqa: PLC0415  # needs the development lock
    from benchmarks.vector_peer import vector_peer  # noqa: PLC0415  # the same

    chance = random.Random(11)
    plans = [plan_of(journey(chance), chance) for _ in range(ASKED_PEER + 1)]
    vectors, answers = directions(len(plans), 5), list[list[int]]()
    with vector_peer() as peer:
        near_peer.make(peer)
        for first in range(0, len(known.at), STORED_AT_ONCE):
            last = min(first + STORED_AT_ONCE, len(known.at))
            peer.store("vectors", range(first + 1, last + 1), directions(last - first, last))
        near_peer.store(peer, known)

        def by_facts(number: int) -> None:
            answers.append(near_peer.nearest(peer, plans[number], known.terms))

        def by_both(number: int) -> None:
            near_peer.nearest_by_words(peer, plans[number], known.terms, vectors[number], 3000)

        return {
            "what": peer.named,
            "20 nearest by facts, CPU ms": _timed(by_facts, peer.processor, ASKED_PEER, 1, PEER_SECONDS),
            "3,000 nearest by facts, of them 20 by her words, CPU ms": _timed(
                by_both, peer.processor, ASKED_PEER, 1, PEER_SECONDS
            ),
            "tables, MiB": (peer.bytes_of("journey") + peer.bytes_of("vectors")) >> 20,
            "not exact": sum(answer != known.nearest(plans[place], 20) for place, answer in enumerate(answers)),
        }


def _timed(
    work: Callable[[int], object], clock: Callable[[], float], asked: int, warm: int = 5, budget: float = math.inf
) -> dict[str, float | int]:
    """Milliseconds of each question by a clock, without the first few; none once the budget (seconds) is spent."""
    taken: list[float] = []
    while len(taken) < warm + asked and sum(taken) < budget * 1000:
        began = clock()
        work(len(taken))
        taken.append((clock() - began) * 1000)
    return percentiles(taken[warm:])


def _words(number: int) -> str:
    """Some sixty words, as one says what happened."""
    from benchmarks.search_crowd import invented  # noqa: PLC0415  # Django is set up by now

    return " ".join(next(invented(1, seed=number)).split()[:60])


if __name__ == "__main__":
    sys.exit(main())
