"""The 20 nearest of 10,000, 100,000 and 1,000,000 invented journeys: how fast, how exact, in how much memory.

    .venv/bin/python -m benchmarks.near [--quick] [--json] [--sizes 10000 …]

Each size is measured in a process of its own, so that its memory is its own. Facts and vectors are drawn by chance with
shares that fall off as they do among people; a plan is what a profile compiles to. Every answer of some is held against
plain Python.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import described
from benchmarks.spread import percentiles, printed

SIZES, QUICK = (10_000, 100_000, 1_000_000), (10_000, 100_000)
ASKED = 300
PROVED = 12
PASSAGES = 1
"""Vectors a document: one, as most presences and short stories have."""

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


def plan_of(facts: frozenset[str], chance: random.Random) -> Any:
    """What near to this journey means: shared terms, weeks in reach, months in reach."""
    from leeward.search.plans import Group, Plan  # noqa: PLC0415  # Django's settings come first

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


def rows(many: int) -> Iterator[Any]:
    from leeward.search.plans import Row  # noqa: PLC0415

    chance = random.Random(7)
    for key in range(1, many + 1):
        yield Row(key, "stories.story" if key % 5 else "circles.presence", key, key * 1000 + key % 7, journey(chance))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.near", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 and 100,000 only")
    parser.add_argument("--sizes", type=int, nargs="+", help="other sizes")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_one(options.one)))
        return 0
    sizes = options.sizes or (QUICK if options.quick else SIZES)
    found = {}
    for many in sizes:
        found[f"{many:,}"] = json.loads(_apart("--one", str(many)).splitlines()[-1])
    if options.json:
        print(json.dumps({"machine": described(), "near": found}, indent=1))
    else:
        print(printed(found))
    return 0 if all(one["wrong"] == 0 for one in found.values()) else 1


def _apart(*arguments: str) -> str:
    """What this program prints in a process of its own, on one core."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.near", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _one(many: int) -> dict[str, Any]:
    """Fill files, open them anew as a start does, ask, and compare with plain Python."""
    with tempfile.TemporaryDirectory(prefix="leeward-near-") as folder:
        kept, filled = _fill(Path(folder), many)
        said = subprocess.run(
            [sys.executable, "-c", _ASKING, folder, json.dumps(kept), str(many)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "leeward.settings"},
        ).stdout
        return {"seconds to fill from rows": filled, **json.loads(said.splitlines()[-1])}


_ASKING = """
import json, sys
from pathlib import Path
import django
django.setup()
from benchmarks.near import asked
print(json.dumps(asked(Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3]))))
"""


def _fill(folder: Path, many: int) -> tuple[dict[str, Any], float]:
    from leeward.search.finder.facts import FactsIndex  # noqa: PLC0415
    from leeward.search.finder.vectors import SIZE, Vectors, packed  # noqa: PLC0415

    began = time.perf_counter()
    facts, vectors = FactsIndex(folder), Vectors(folder)
    facts.fill(rows(many))
    drawn = np.random.default_rng(3)
    vectors.make_room(many * PASSAGES, many)
    for first in range(0, many, 10_000):
        some = drawn.normal(size=(min(10_000, many - first), SIZE)).astype(np.float32)
        some /= np.linalg.norm(some, axis=1, keepdims=True)
        for place, (vector, scale) in enumerate(zip(*packed(some), strict=True)):
            vectors.put(first + place, vector[None, :], np.array([scale]))
    for column in (*facts.columns(), *vectors.columns()):
        column.flush()
    return {"facts": facts.kept(), "vectors": vectors.kept()}, round(time.perf_counter() - began, 1)


def asked(folder: Path, kept: dict[str, Any], many: int) -> dict[str, Any]:  # long: one measurement, told in its order
    """Open, ask, prove. Called in a fresh process."""
    from leeward.search.finder.bits import in_order  # noqa: PLC0415
    from leeward.search.finder.core import RERANKED  # noqa: PLC0415
    from leeward.search.finder.facts import FactsIndex  # noqa: PLC0415
    from leeward.search.finder.vectors import SIZE, Vectors  # noqa: PLC0415
    from leeward.search.plans import scored  # noqa: PLC0415

    began = time.perf_counter()
    facts, vectors = FactsIndex(folder, kept["facts"]), Vectors(folder, kept["vectors"])
    opened = time.perf_counter() - began
    chance, drawn = random.Random(11), np.random.default_rng(5)
    within = facts.within(["stories.story", "circles.presence"])
    alone, both, proved = list[float](), list[float](), []
    for number in range(ASKED + 5):
        plan = plan_of(journey(chance), chance)
        words = drawn.normal(size=SIZE).astype(np.float32)
        words /= np.linalg.norm(words)
        began = time.process_time()
        twenty = facts.nearest(plan, 20, within)
        middle = time.process_time()
        slots, weights = facts.nearest(plan, RERANKED, within)
        total = weights + 3.0 * np.maximum(vectors.likeness(words, slots), 0)
        in_order(total, facts.at.array[slots], facts.keys.array[slots])[:20]
        if number >= 5:
            alone.append((middle - began) * 1000)
            both.append((time.process_time() - middle) * 1000)
        if number % (ASKED // PROVED) == 0:
            proved.append((plan, list(zip(twenty[1].tolist(), facts.keys.array[twenty[0]].tolist(), strict=True))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    document = next(iter(rows(1)))
    facts.put(document)
    changed = time.perf_counter() - began
    all_rows = list(rows(many))
    wrong = sum([(w, r.key) for w, r in scored(plan, all_rows)[:20]] != found for plan, found in proved)
    return {
        "cold start, seconds": round(opened, 2),
        "20 nearest by facts, CPU ms": percentiles(alone),
        "20 nearest, 3,000 re-ranked by words, CPU ms": percentiles(both),
        "most memory, MiB": round(memory),
        "seconds to take up one change": round(changed, 4),
        "proved against plain Python": len(proved),
        "wrong": wrong,
        "folder, MiB": round(sum(path.stat().st_size for path in folder.iterdir()) / 2**20),
        "disk free, GiB": shutil.disk_usage(folder).free >> 30,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    sys.exit(main())
