"""Finding among 100,000 invented services: how long one question takes, on SQLite and on PostgreSQL.

    .venv/bin/python -m benchmarks.directory_finding [--quick] [--json] [--only sqlite]

Questions of ten kinds in turn (benchmarks/directory_asked.py): need, place, words, language, audience, cost, open now,
facts of a journey. A question is found as the page does it, with the twenty cards of its first page. On PostgreSQL, in
the same run and over the same services, beside it what one builds first elsewhere: one table with a tsvector, asked in
words, ordered by ts_rank. Times are of the clock; those of the processor (of both processes) stand below them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from benchmarks.apart import figures_of, processor_clock
from benchmarks.machine import described
from benchmarks.spread import percentiles, printed

MODULE = "benchmarks.directory_finding"
SERVER = ("shared_buffers=512MB", "max_wal_size=8GB", "maintenance_work_mem=1GB", "jit=off", "fsync=off")
SIZE, QUICK = 100_000, 5_000
ASKED = 400
WARM = 20
PEER = """SELECT id, ts_rank(words, asked) AS rank FROM plain_services, websearch_to_tsquery('english', %s) AS asked
    WHERE words @@ asked ORDER BY rank DESC LIMIT 20"""


def main() -> int:
    """Measure on both databases."""
    parser = argparse.ArgumentParser(prog=f"python -m {MODULE}", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} services: to see that it runs")
    parser.add_argument("--services", type=int, help="another number")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="only this database")
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(_measured(options.here)))
        return 0
    many = options.services or (QUICK if options.quick else SIZE)
    servers: dict[str, tuple[str, ...]] = {"sqlite": (), "postgresql": SERVER}
    found = {
        f"{many:,} services on {database}": figures_of(MODULE, "--here", str(many), server=server)
        for database, server in servers.items()
        if options.only in {None, database}
    }
    if options.json:
        print(json.dumps({"machine": described(), "finding": found}, indent=1))
    else:
        print(printed(found))
    return 0


def _measured(many: int) -> dict[str, Any]:  # long: one measurement, told in its order
    import django  # noqa: PLC0415  # in the process apart, with settings of its own

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after the settings
    from django.db import connection  # noqa: PLC0415  # the same

    from benchmarks.directory_asked import Question, questions  # noqa: PLC0415  # the same
    from benchmarks.directory_place import kept, stand_by  # noqa: PLC0415  # the same
    from leeward.library.finding.cards import cards_of  # noqa: PLC0415  # the same
    from leeward.library.finding.finder import find  # noqa: PLC0415  # the same
    from leeward.library.finding.following import refind  # noqa: PLC0415  # the same
    from leeward.library.finding.models import Listing, ListingPlace  # noqa: PLC0415  # the same

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        kept(many)
        began = time.perf_counter()
        refind()
        derived = time.perf_counter() - began
        if connection.vendor == "postgresql":  # as it does by itself after a while; on SQLite no place ever does
            cursor.execute("ANALYZE")
        asked = questions(ASKED)

        def whole(question: Question) -> None:
            cards_of(find(question.sought).hits[:20])

        clock = processor_clock(connection)
        figures = {
            "services found by": Listing.objects.count(),
            "their places": ListingPlace.objects.count(),
            "seconds to make all listings": round(derived, 1),
            "one question with its page of cards": _timed(whole, asked, clock),
            "of it the finding": _timed(lambda question: find(question.sought), asked, clock),
            "finding by kind, median ms": _by_kind(lambda question: find(question.sought), asked),
        }
        if connection.vendor == "postgresql":
            stand_by(cursor)
            figures["a plain full-text query beside it"] = _timed(
                lambda question: (cursor.execute(PEER, [question.text]), cursor.fetchall()), asked, clock
            )
    return figures


def _timed(work: Callable[[Any], object], asked: list[Any], processor: Callable[[], float]) -> dict[str, Any]:
    by_clock, by_processor = [], []
    for number, question in enumerate([*asked[:WARM], *asked]):
        began, spent = time.perf_counter(), processor()
        work(question)
        if number >= WARM:
            by_clock.append((time.perf_counter() - began) * 1000)
            by_processor.append((processor() - spent) * 1000)
    return {"ms": percentiles(by_clock), "ms of the processor": percentiles(by_processor)}


def _by_kind(work: Callable[[Any], object], asked: list[Any]) -> dict[str, float]:
    taken: dict[str, list[float]] = defaultdict(list)
    for question in asked:
        began = time.perf_counter()
        work(question)
        taken[question.kind].append((time.perf_counter() - began) * 1000)
    return {kind: round(sorted(some)[len(some) // 2], 1) for kind, some in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
