"""How much of the processor a search takes: words, meaning and facts, the embedder included, on both databases.

    .venv/bin/python -m benchmarks.search [--quick] [--json] [--sizes 100000 …] [--peer]

100,000 invented stories on SQLite and on a PostgreSQL server of its own; questions as they are typed. The finder runs
inside this process, so its share and the embedder's are counted; so is that of PostgreSQL's own process.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.apart import figures_of, processor_clock
from benchmarks.machine import described
from benchmarks.spread import percentiles, printed
from leeward.language.embedder import load_embedder

SERVER = ("shared_buffers=512MB", "max_wal_size=8GB", "maintenance_work_mem=2GB", "jit=off", "fsync=off")
SIZE, QUICK = 100_000, 10_000
ASKED = 300


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} stories: to see that it runs")
    parser.add_argument("--sizes", type=int, nargs="+", help="other sizes")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="only this database")
    parser.add_argument("--peer", action="store_true", help="beside it tsvector with pgvector, fused in SQL")
    parser.add_argument("--here-peer", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(_measured(options.here)))
        return 0
    if options.here_peer:
        print(json.dumps(_of_the_peer(options.here_peer)))
        return 0
    found = {}
    for many in options.sizes or [QUICK if options.quick else SIZE]:
        for database in [options.only] if options.only else ["sqlite", "postgresql"]:
            found[f"{many:,} on {database}"] = _apart(many, database)
        if options.peer:
            found[f"{many:,} in the peer"] = _apart(many, "peer")
    if options.json:
        print(json.dumps({"machine": described(), "search": found}, indent=1))
    else:
        print(printed(found))
    return 0


def _apart(many: int, database: str) -> dict[str, Any]:
    """Measure in a process of its own, in a data folder of its own."""
    asked = ("--here-peer" if database == "peer" else "--here", str(many))
    return figures_of("benchmarks.search", *asked, server=SERVER if database == "postgresql" else ())


def _measured(many: int) -> dict[str, Any]:  # long: one measurement, told in its order
    import django  # noqa: PLC0415  # in the process apart, with settings of its own

    django.setup()
    from django.conf import settings  # noqa: PLC0415  # after the settings
    from django.db import connection  # noqa: PLC0415  # the same

    from benchmarks.search_crowd import TAG, build, questions  # noqa: PLC0415  # the same
    from leeward.audience.viewers import Viewer  # noqa: PLC0415  # the same
    from leeward.search.finder.core import Finder  # noqa: PLC0415  # the same
    from leeward.search.finder.server import FinderServer  # noqa: PLC0415  # the same
    from leeward.search.fusion import search_for  # noqa: PLC0415  # the same
    from leeward.search.question import read_question  # noqa: PLC0415  # the same
    from leeward.search.words import best_by_words  # noqa: PLC0415  # the same

    viewer = Viewer.member(build(many))
    began = time.perf_counter()
    finder = Finder(Path(settings.FINDER_FOLDER), load_embedder("en"), TAG)
    finder.catch_up()
    filled = time.perf_counter() - began
    kinds, asked = ["stories.story"], questions(ASKED)
    embedder = finder.embedder
    assert embedder is not None

    def by_words(text: str) -> object:
        return best_by_words(read_question(text).terms, kinds=kinds, reach=200)

    def by_meaning(text: str) -> object:
        return finder.meant(text, read_question(text).plan, kinds, reach=200)

    with FinderServer(Path(settings.FINDER_SOCKET)) as server:
        server.finder = finder
        threading.Thread(target=server.serve_forever, daemon=True).start()
        clock = processor_clock(connection)
        figures = {
            "seconds to read the index": round(filled, 1),
            "one search, CPU ms": percentiles(_timed(lambda text: search_for(text, viewer), asked, clock)),
            "of it understanding the question": percentiles(_timed(read_question, asked, clock)),
            "of it the embedder": percentiles(_timed(embedder.embed, asked, clock)),
            "of it meaning and facts, with the embedder": percentiles(_timed(by_meaning, asked, clock)),
            "of it words": percentiles(_timed(by_words, asked, clock)),
        }
        server.shutdown()
    return figures


def _of_the_peer(many: int) -> dict[str, Any]:
    import django  # noqa: PLC0415  # in the process apart, with settings of its own

    django.setup()
    from benchmarks.search_crowd import questions  # noqa: PLC0415  # after the settings
    from benchmarks.search_peer import measured  # noqa: PLC0415  # the same

    return measured(many, questions(ASKED))


def _timed(work: Callable[[str], object], asked: list[str], clock: Callable[[], float]) -> list[float]:
    taken = []
    for number, text in enumerate([*asked[:5], *asked]):
        began = clock()
        work(text)
        if number >= 5:
            taken.append((clock() - began) * 1000)
    return taken


if __name__ == "__main__":
    sys.exit(main())
