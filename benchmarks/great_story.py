"""A story that the whole world reads: what its pages, a word and an answer cost, on both databases and beside Misago.

    .venv/bin/python -m benchmarks.great_story --whole                everything; the places are made first, once
    .venv/bin/python -m benchmarks.great_story --quick [--peer]       a hundredth of it: to see that it runs
    .venv/bin/python -m benchmarks.great_story --cache FOLDER --json  both databases, as JSON

All places run at once, each behind its own server with two workers; they are asked in turn, round after round, by a
thousand signed-in readers who differ. Milliseconds are those that the processes of a place spent (workers, database,
finder), by the kernel's own count, divided by the requests; medians of the rounds. Others' load makes them larger, by
caches that are lost, but is not counted in. Requests a second are what two and four clients got on the same machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.great_clients import Progress, at_once, one_after_the_other, opened, warm
from benchmarks.great_places import GREAT, Leeward, Place
from benchmarks.great_table import printed
from benchmarks.machine import described, yardstick
from benchmarks.misago_place import Misago, Missing
from benchmarks.processes import end_in_order_when_told, memory, processor

KEPT = Path("/var/tmp/leeward-great")  # noqa: S108  # not in the repository: PostgreSQL's own user must come to it
PORT = 8228
BUSY = ("first page of {:,}", "home", "reaction", "answer")
"""What several clients ask for at once."""
CLIENTS = (2, 4)
PACKED = " (gzip)"


def main() -> int:
    """Measure and print. The exit status is 1 if a reaction was lost or doubled here."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.great_story", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a hundredth of the place, and few requests")
    parser.add_argument("--whole", action="store_true", help="the whole place, Misago beside it, all rounds")
    parser.add_argument("--peer", action="store_true", help="Misago beside it (PostgreSQL and Redis of the system)")
    parser.add_argument("--cache", type=Path, default=KEPT, help=f"where the places are kept ({KEPT})")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one of our databases")
    parser.add_argument("--rounds", type=int, help="how many; else 7, with --quick 3")
    parser.add_argument("--port", type=int, default=PORT, help=f"the first of three ports ({PORT})")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of tables")
    options = parser.parse_args()
    end_in_order_when_told()
    found = measured(options)
    if options.json:
        print(json.dumps({"machine": described(), "great story": found}, indent=1))
    else:
        print(printed(found))
    ours = [place for name, place in found.items() if name != Misago.name]
    return 0 if all(place["reactions"]["expected"] == place["reactions"]["rows"] for place in ours) else 1


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """All figures, by place."""
    rounds = options.rounds or (3 if options.quick else 7)
    seconds = 0.3 if options.quick else 1.0
    with ExitStack() as held:
        runs = [Run(held.enter_context(place)) for place in _places(options)]
        if options.peer or options.whole:
            runs += _beside(options, held)
        for run in runs:
            run.begin()
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for run in runs:
                run.alone(seconds)
            for run in runs:
                run.together(seconds)
        return {run.place.name: run.end() for run in runs}


def _places(options: argparse.Namespace) -> list[Place]:
    kept = options.cache / ("quick" if options.quick else "whole")
    return [
        Leeward(kept / name, options.port + at, quick=options.quick, postgresql=name == "postgresql")
        for at, name in enumerate(("sqlite", "postgresql"))
        if options.only in {None, name}
    ]


def _beside(options: argparse.Namespace, held: ExitStack) -> list[Run]:
    """Misago; none where what it needs of the system is not there, unless it was asked for by name."""
    kept = options.cache / ("quick" if options.quick else "whole")
    try:
        return [Run(held.enter_context(Misago(kept / "misago", options.port + 2, quick=options.quick)))]
    except Missing as missing:
        if options.peer:
            raise
        print(f"Misago is left out. {missing}", file=sys.stderr)
        return []


class Run:
    """The measurement of one place."""

    def __init__(self, place: Place) -> None:
        self.place, self.works, self.progress = place, place.works(), Progress()
        first = BUSY[0].format(place.scene.lengths[GREAT])
        self.busy = (first, *BUSY[1:])
        self.spent: dict[str, list[dict[str, float]]] = {}
        self.waited: dict[str, list[float]] = {}
        self.quick: dict[str, list[float]] = {}
        self.sizes: dict[str, int] = {}
        self.counting: list[float] = []

    def begin(self) -> None:
        """Everything is asked for a few times, so that it is warm."""
        self.before, self.answers = self.place.counted(), self.place.answers()
        for name, work in self.works.items():
            warm(self.place, name, work, self.progress)
        self.idle = memory(self.place.processes()["workers"])

    def alone(self, seconds: float) -> None:
        """One request after the other, of each kind; what they cost."""
        self.counting.append(yardstick())
        for name in [*self.works, self.busy[0] + PACKED]:
            work, packed = self.works[name.removesuffix(PACKED)], name.endswith(PACKED)
            lines = opened(self.place, name, work, self.progress, packed=packed)
            before = self._processor()
            done = one_after_the_other(lines, name, work, self.progress, seconds)
            spent = {group: (now - before[group]) * 1000 / done.many for group, now in self._processor().items()}
            self.spent.setdefault(name, []).append(spent)
            self.waited.setdefault(name, []).append(done.seconds * 1000 / done.many)
            self.sizes[name] = done.size

    def _processor(self) -> dict[str, float]:
        """What each group spent so far. They are looked up anew: the database begins processes meanwhile."""
        return {group: processor(pids) for group, pids in self.place.processes().items()}

    def together(self, seconds: float) -> None:
        """Two and four clients at once; how many requests a second they get."""
        for name in self.busy:
            for clients in CLIENTS:
                done = at_once(self.place, name, self.works[name], self.progress, seconds, clients)
                self.quick.setdefault(f"{name}, {clients} clients", []).append(done.many / done.seconds)

    def end(self) -> dict[str, Any]:
        """All figures."""
        counted = self.place.counted()
        net = sum(self.place.changes(number) for number in self.progress.done("reaction"))
        return {
            "cpu_ms": {name: _medians(rounds) for name, rounds in self.spent.items()},
            "rounds": {name: [round(sum(one.values()), 3) for one in every] for name, every in self.spent.items()},
            "waited_ms": {name: round(statistics.median(every), 2) for name, every in self.waited.items()},
            "a_second": {name: round(statistics.median(every), 1) for name, every in self.quick.items()},
            "bytes": self.sizes,
            "counting_ms": {"median": round(statistics.median(self.counting), 2), "best": round(min(self.counting), 2)},
            "workers_mib": {"idle": round(self.idle), "after": round(memory(self.place.processes()["workers"]))},
            "reactions": {"expected": self.before["rows"] + net, **counted},
            "answers": {"sent": len(self.progress.done("answer")), **self.place.answers(since=self.answers["last"])},
        }


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """By group of processes, and of all together."""
    parts = {group: round(statistics.median(one[group] for one in rounds), 3) for group in rounds[0]}
    return {"all": round(statistics.median(sum(one.values()) for one in rounds), 3), **parts}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as missing:
        sys.exit(str(missing))
