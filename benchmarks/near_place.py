"""A place with so many documents in its index, and the finder's own process over it: `manage.py keep_finding`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from numpy.typing import NDArray

from benchmarks.processes import clock
from leeward.kit.moments import now_us
from leeward.search.finder import client
from leeward.search.finder.client import FinderUnavailable
from leeward.search.finder.vectors import packed
from leeward.search.plans import Plan, Row

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 1800
"""Seconds until a finder must answer."""
DOCUMENT = "(id, kind, thing_id, at, changed_at, embedded_by, language, facts, title, text)"
PASSAGE = "(document_id, place, scale, vector)"


def store(rows: Sequence[Row], vectors: NDArray[np.float32], tag: str) -> None:
    """Put documents into the index, each with facts and one vector, and without words: those are not asked for here."""
    now = now_us()
    documents = [
        (row.key, row.kind, row.thing_id, row.at, now, tag, "en", " ".join(sorted(row.facts)), "", "") for row in rows
    ]
    numbers, scales = packed(vectors)
    passages = [
        (row.key, 0, float(scale), vector.tobytes()) for row, vector, scale in zip(rows, numbers, scales, strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO search_indexeddocument {DOCUMENT} VALUES ({_marks(10)})", documents)
        cursor.executemany(f"INSERT INTO search_passage {PASSAGE} VALUES ({_marks(4)})", passages)


class FinderProcess:
    """The finder as `serve` starts it. Use it as a context: it ends in order."""

    def __enter__(self) -> Self:
        command = [sys.executable, str(ROOT / "manage.py"), "keep_finding", "--with-parent"]
        began = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)
        while not client.is_there():
            if self.process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise FinderUnavailable("It did not begin to answer.")
            time.sleep(0.02)
        self.until_it_answered = {
            "seconds": round(time.perf_counter() - began, 2),
            "of the processor": round(self.processor(), 2),
        }
        return self

    def __exit__(self, *_: object) -> None:
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        self.until_it_ended = round(time.perf_counter() - began, 2)

    def processor(self) -> float:
        """Seconds of the processor that it spent so far, its ended threads too."""
        return clock(self.process.pid)

    def memory(self) -> dict[str, int]:
        """In MiB: what it has, what of it is its own, what of it are pages of its files, and the most it ever had."""
        lines = [f"/proc/{self.process.pid}/{name}" for name in ("smaps_rollup", "status")]
        said = dict(line.split(":", 1) for path in lines for line in Path(path).read_text().splitlines() if ":" in line)
        named = {"resident": "Rss", "shared out (PSS)": "Pss", "of it files": "Pss_File", "at most": "VmHWM"}
        return {name: round(int(said[key].split()[0]) / 1024) for name, key in named.items()}


def forget_files() -> int:
    """Have the kernel forget what it holds of the finder's files, as after a start of the machine; their MiB."""
    files = [path for path in Path(settings.FINDER_FOLDER).iterdir() if path.is_file()]
    for path in (*files, Path(settings.DATABASES["default"]["NAME"])):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return sum(path.stat().st_size for path in files) >> 20


class Reference:
    """Brute force: each journey's facts as a row of flags, each group of a plan counted over all of them.

    Args:
        many: how many journeys.
        terms: at most so many facts.
    """

    def __init__(self, many: int, terms: int = 512) -> None:
        self.terms: dict[str, int] = {}
        self.flags = np.zeros((terms, many), dtype=np.bool_)
        self.at = np.zeros(many, dtype=np.int64)

    def add(self, row: Row) -> None:
        """One journey; keys begin at 1."""
        self.at[row.key - 1] = row.at
        for fact in row.facts:
            self.flags[self.terms.setdefault(fact, len(self.terms)), row.key - 1] = True

    def weights(self, plan: Plan) -> NDArray[np.int64]:
        """What each journey weighs."""
        total = np.zeros(len(self.at), dtype=np.int64)
        for group in plan.groups:
            has = sum(self.flags[self.terms[term]].astype(np.int8) for term in group.terms if term in self.terms)
            total += group.weight * (np.asarray(has) > 0) + group.more * (np.asarray(has) > 1)
        return total

    def nearest(self, plan: Plan, many: int) -> list[int]:
        """The keys of the nearest: heaviest first, then newest, then the higher key."""
        weights = self.weights(plan)
        edge = np.partition(weights, -many)[-many]
        some = np.flatnonzero(weights >= max(edge, 1))
        order = np.lexsort((-some, -self.at[some], -weights[some]))[:many]
        keys: list[int] = (some[order] + 1).tolist()
        return keys


def _marks(many: int) -> str:
    return ", ".join(["%s"] * many)
