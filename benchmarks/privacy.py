"""What the numbers betray, and what they are worth: the strongest attacker against ours and against what others do.

The attacker knows the program, everybody else who is counted, and of one person all but one thing: whether she is
counted at all, or which of two kinds of loss she told. He has a thousand planted accounts, reads every table every
month for ten years, and decides by the best test of likelihoods. His *advantage* is P(says yes | yes) -
P(says yes | no): 0 is guessing, 1 is knowing. Ours is attacked on the place's own code: noise_through, release, say.
Both worlds of a try have the same noise, so that their difference is told with a smaller error.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.machine import described
from benchmarks.tables import table
from leeward.numbers.lists import BY_NAME, FACETS, Table, Tables, table_name
from leeward.numbers.mechanism.factor import ADVANTAGE, HORIZON, Floats, advantage_of, deviation, interval, root
from leeward.numbers.mechanism.noise import Source, noise_in, noise_through
from leeward.numbers.mechanism.release import release
from leeward.numbers.mechanism.saying import How, say

PLANTED = 1_000
OTHERS = {"S": 300, "M": 10_000}
TRUE_COUNTS = (20, 50, 200, 1_000)
SIZES = {300: "S", 10_000: "M", 1_000_000: "XL"}
"""The newest list of a place with so many people."""
CELLS = dict(zip(FACETS, (18, 24, 23, 11, 17, 16, 6, 21, 20), strict=True))
"""How many cells each question has, "not said" included. A test compares them with the place's."""
WITHIN_SE = 3
Ints = NDArray[np.int64]
CHANCE = np.random.default_rng(20261121)


@dataclass(frozen=True)
class Result:
    """An attack.

    Args:
        name: what was attacked, and for what.
        won: of each try, how much more it said yes where that was true than where it was not (1, 0 or -1).
        derived: the advantage that the derivation gives; None if there is none.
    """

    name: str
    won: list[int]
    derived: float | None = None

    @property
    def advantage(self) -> float:
        """P(says yes | yes) - P(says yes | no)."""
        return float(np.mean(self.won))

    @property
    def error(self) -> float:
        """Its standard error; where no try differed from another, as if one had."""
        spread = float(np.std(self.won)) or 1 / math.sqrt(len(self.won))
        return spread / math.sqrt(len(self.won))


def main() -> int:
    """Attack, measure and print. The exit status is 1 if ours gives away more than is promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.privacy", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 tries in each world in place of 1,000")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of tables")
    options = parser.parse_args()
    tries = 100 if options.quick else 1_000
    ours = [attack(BY_NAME[name], tries, unknown=unknown) for name in OTHERS for unknown in ("counted", "kind")]
    theirs = [_tried(name, publish, decide, tries) for name, publish, decide in _theirs()]
    errors = list(_errors(5_000 if options.quick else 30_000))
    seconds = _seconds(("S", "M", "L") if options.quick else ("S", "M", "L", "XL"))
    if options.json:
        said = [
            {"name": one.name, "advantage": one.advantage, "error": one.error, "derived": one.derived}
            for one in [*ours, *theirs]
        ]
        print(json.dumps({"machine": described(), "attacks": said, "errors": errors, "seconds": seconds}, indent=1))
    else:
        _print(ours, theirs, errors, seconds)
    return 0 if all(one.advantage <= ADVANTAGE + WITHIN_SE * one.error for one in ours) else 1


def attack(tables: Tables, tries: int, *, unknown: str) -> Result:
    """Ten years of one of our lists, by the best test there is: the likelihood ratio of two normal worlds.

    Args:
        tables: the list.
        tries: in each world, each with a key of its own.
        unknown: "counted": whether she is counted at all; "kind": which of two kinds of loss she told.
    """
    between = _worst_path()
    direction = root(HORIZON) @ between
    weights = np.linalg.inv(root(HORIZON)).T @ direction  # what she learns from each month's number of a cell
    there = np.cumsum(between).astype(np.int64)
    attacked = [one for one in tables.tables if unknown == "counted" or "kind" in one]
    known = {one: _known(one, OTHERS[tables.name]) for one in attacked}
    threshold = (0.5 if unknown == "counted" else 0.0) * len(attacked) * float(direction @ direction)
    name = f"ours, list {tables.name}: {'is she counted' if unknown == 'counted' else 'which kind did she tell'}"
    won = []
    for nth in tqdm(range(tries), desc=name, file=sys.stderr, leave=False):
        source, seen = Source(f"attack {nth}".encode(), tables.name, tables.s0), [0.0, 0.0]
        for one in attacked:
            noise = noise_through(source, table_name(one), HORIZON, known[one].shape[1])
            for world in (0, 1):
                seen[world] += _learned(known[one], noise, weights, there, _cells_of_hers(one, unknown), world)
        won.append(int(seen[1] > threshold) - int(seen[0] > threshold))
    moved = len(attacked) * (1 if unknown == "counted" else 2)
    derived = advantage_of(math.sqrt(moved * interval(HORIZON)) / tables.s0)
    return Result(name, won, derived)


def _learned(known: Ints, noise: Floats, weights: Floats, there: Ints, cells: tuple[int, int], world: int) -> float:
    """What one table tells in one world. Where both cells are the same one, the question is whether she is there."""
    hers, other = cells
    counts = known.copy()
    if hers == other:
        counts[:, hers] += world * there
    else:
        counts[:, hers if world else other] += there
    learned = weights @ (release(counts, noise) - known)
    return float(learned[hers] - (learned[other] if hers != other else 0))


def _worst_path() -> NDArray[np.float64]:
    """Coming in the first month and going in the one that gives most away."""
    best = np.zeros(HORIZON)
    for go in range(1, HORIZON):
        path = np.zeros(HORIZON)
        path[0], path[go] = 1, -1
        if np.square(root(HORIZON) @ path).sum() > np.square(root(HORIZON) @ best).sum():
            best = path
    assert math.isclose(float(np.square(root(HORIZON) @ best).sum()), interval(HORIZON))
    return best


def _known(of: Table, people: int) -> Ints:
    """Everybody else in a table, each month: people who come by and by, and planted accounts that come and go."""
    cells = math.prod(CELLS[facet] for facet in of)
    shares = 1 / np.arange(1, cells + 1)
    joined = np.linspace(0.2, 1, HORIZON)
    others: Ints = np.rint(people * joined[:, None] * shares / shares.sum()).astype(np.int64)
    planted = CHANCE.multinomial(PLANTED, np.full(cells, 1 / cells), size=HORIZON)
    return others + planted


def _cells_of_hers(of: Table, unknown: str) -> tuple[int, int]:
    """The cell in which she is, and the one in which she would be with the other kind of loss."""
    shape = [CELLS[facet] for facet in of]
    hers = [3 for _facet in of]
    other = [5 if unknown == "kind" and facet == "kind" else 3 for facet in of]
    return int(np.ravel_multi_index(hers, shape)), int(np.ravel_multi_index(other, shape))


Publish = Callable[[int, np.random.Generator, int], int | None]
"""What another mechanism shows of a true count: count, chance of this try, month; None: nothing is shown."""
Decide = Callable[[Publish, int, int, np.random.Generator], bool]
"""An attack on it: mechanism, others in her cell, whether she is there (0 or 1), chance; whether it says yes."""


def _theirs() -> Iterator[tuple[str, Publish, Decide]]:
    def k_exact(count: int, _chance: np.random.Generator, _month: int) -> int | None:
        return count if count >= 10 else None

    def k_bands(count: int, _chance: np.random.Generator, _month: int) -> int | None:
        return count // 10 * 10 if count >= 10 else None

    def sticky(count: int, chance: np.random.Generator, _month: int) -> int | None:
        kept = np.random.default_rng(chance.bit_generator.state["state"]["state"] % 2**63).normal(0, 5)
        noisy = round(count + kept)
        return noisy // 10 * 10 if noisy >= 10 else None

    def fresh(count: int, chance: np.random.Generator, _month: int) -> int | None:
        noisy = round(count + chance.normal(0, 5))
        return noisy // 10 * 10 if noisy >= 10 else None

    yield "hidden below 10, else exact", k_exact, _fill_up_to_the_edge
    yield "hidden below 10, else bands of 10", k_bands, _fill_up_to_the_edge
    yield "the same noise each month (sd 5), bands of 10", sticky, _fill_up_to_the_edge
    yield "fresh noise each month (sd 5), bands of 10, list S", fresh, _average


def _fill_up_to_the_edge(publish: Publish, others: int, there: int, chance: np.random.Generator) -> bool:
    """Before she may have come: plant accounts until one more changes what is shown. Take it away, and wait for her."""
    planted = 0
    before = publish(others, chance, 0)
    while publish(others + planted + 1, chance, 0) == before and planted < PLANTED:
        planted += 1
    return publish(others + planted + there, chance, 1) != before


def _average(publish: Publish, others: int, there: int, chance: np.random.Generator) -> bool:
    """Read her three cells for ten years. Planted accounts lift them above the line below which nothing is shown."""
    base = others + 60
    shown = [publish(base + there, chance, month) or 0 for month in range(HORIZON) for _table in range(3)]
    spread_evenly = 4.5  # what bands of ten take off a number on average
    return float(np.mean(shown)) > base + 0.5 - spread_evenly


def _tried(name: str, publish: Publish, decide: Decide, tries: int) -> Result:
    won = []
    for nth in tqdm(range(tries), desc=name, file=sys.stderr, leave=False):
        said = []
        for world in (0, 1):
            chance = np.random.default_rng(nth)
            said.append(int(decide(publish, int(chance.integers(0, 40)), world, chance)))
        won.append(said[1] - said[0])
    return Result(name, won)


def _errors(cells: int) -> Iterator[dict[str, Any]]:
    """What is said of a true count, and how wrong it is, on the place's own code."""
    for people, name in SIZES.items():
        s0 = BY_NAME[name].s0
        for months in (1, 12, 120):
            spread = deviation(s0, months - 1)
            noise = noise_in(Source(b"errors", name, s0), "kind", months - 1, cells)
            for true in TRUE_COUNTS:
                out = release(np.full(cells, true), noise)
                said = [say(int(number), spread) for number in out]
                about = [one.number for one in said if one.how is How.ABOUT]
                more = [one.number for one in said if one.how is How.OR_MORE]
                yield {
                    "members": people,
                    "list": name,
                    "months": months,
                    "true": true,
                    "error95": float(np.quantile(np.abs(out - true), 0.95)),
                    "about": len(about) / cells,
                    "or_more": len(more) / cells,
                    "too_few": 1 - (len(about) + len(more)) / cells,
                    "off_by_a_fifth": sum(abs(one - true) > 0.2 * true for one in about) / cells,
                    "too_much": sum(one > true for one in more) / cells,
                }


def _seconds(names: tuple[str, ...]) -> dict[str, float]:
    """Processor seconds to draw a whole list's noise in its last month, when it is dearest."""
    found = {}
    for name in names:
        tables, began = BY_NAME[name], time.process_time()
        source = Source(b"speed", name, tables.s0)
        for one in tqdm(tables.tables, desc=f"drawing list {name}", file=sys.stderr, leave=False):
            noise_in(source, table_name(one), HORIZON - 1, math.prod(CELLS[facet] for facet in one))
        found[name] = round(time.process_time() - began, 1)
    return found


def _print(ours: list[Result], theirs: list[Result], errors: list[dict[str, Any]], seconds: dict[str, float]) -> None:
    print(json.dumps(described()), end="\n\n")
    rows = [
        [one.name, f"{one.advantage:.3f}", f"{one.error:.3f}", "" if one.derived is None else f"{one.derived:.3f}"]
        for one in [*ours, *theirs]
    ]
    print(table(["attacked for ten years", "advantage", "standard error", "derived"], rows), end="\n\n")
    head = [
        "members, list, months",
        "true",
        "95 % error",
        "about",
        "or more",
        "too few",
        "about, off > 1/5",
        "or more, too much",
    ]
    shares = ("about", "or_more", "too_few", "off_by_a_fifth", "too_much")
    lines = [
        [f"{one['members']:,}, {one['list']}, {one['months']}", f"{one['true']:,}", f"± {one['error95']:.0f}"]
        + [f"{100 * one[share]:.1f} %" for share in shares]
        for one in errors
    ]
    print(table(head, lines), end="\n\n")
    print("Drawing a month's noise at month 120, processor seconds:", seconds)


if __name__ == "__main__":
    sys.exit(main())
