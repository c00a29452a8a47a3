"""Kill the server with SIGKILL while 64 clients write, start it again, and look what became of what they wrote.

    .venv/bin/python -m benchmarks.faults            both databases, ten kills each; then PostgreSQL itself, three times
    .venv/bin/python -m benchmarks.faults --quick    three kills, 16 clients

The server is the real one with its reader and its finder; all its processes are killed at one stroke. The clients say
words and take them back, answer, quote, take back answers and whole stories; they remember what was acknowledged, and
send again what was not, as a person would. After each kill, before anything could be repaired, the rows are looked
through for halves; at the end they are held against all that the clients remember.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import psycopg
from tqdm import tqdm

from benchmarks.fault_writers import Scene, Writer
from benchmarks.great_place import ROOT, environment
from benchmarks.great_place import Scene as Readers
from benchmarks.kept_postgres import KeptPostgres
from benchmarks.machine import described
from benchmarks.processes import end_in_order_when_told, family, kill_all
from benchmarks.quick_line import Ended, QuickLine
from benchmarks.tables import table

PORT = 8234
PATIENCE = 180.0
BETWEEN = 200
"""So many writes are acknowledged, at the least, between two kills."""
SETTLED = 120.0
"""Seconds within which the reader takes up all that waits once the last kill is over."""


def main() -> int:
    """Measure and print. The exit status is 1 if anything was lost, doubled or half."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="three kills, 16 clients")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one database")
    parser.add_argument("--port", type=int, default=PORT, help=f"where it is served ({PORT})")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of a table")
    options = parser.parse_args()
    end_in_order_when_told()
    found = {}
    for name in ("sqlite", "postgresql"):
        if options.only in {None, name}:
            with Ordeal(name, options.port, quick=options.quick) as ordeal:
                found[name] = ordeal.endure()
    if options.json:
        print(json.dumps({"machine": described(), "faults": found}, indent=1))
    else:
        print(_as_table(found))
    return 1 if any(one["wrong"] for one in found.values()) else 0


class Ordeal:
    """One database, one place in a folder of its own, and what is done to it. Use it as a context."""

    def __init__(self, name: str, port: int, *, quick: bool) -> None:
        self.name, self.port, self.chance = name, port, random.Random(7)
        self.clients, self.kills, self.of_database = (16, 3, 1) if quick else (64, 10, 3)
        self.wrong, self.starts = list[str](), list[float]()
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as held:  # let go again if anything fails, or is interrupted
            self.data = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="leeward-faults-")))
            self.data.chmod(0o755)  # PostgreSQL's user passes through
            self.postgres = None
            if self.name == "postgresql":
                self.postgres = held.enter_context(KeptPostgres(self.data / "postgres"))
            self.url = self.postgres.url if self.postgres else ""
            self.variables = environment(self.data, self.url)
            made = ["benchmarks.great_place", "--data", str(self.data), "--quick", "--database", self.url]
            subprocess.run([sys.executable, "-m", *made], cwd=ROOT, check=True)
            held.callback(self._kill)
            self.held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def endure(self) -> dict[str, Any]:
        """All kills; what was found."""
        self.told = self._ask("prepare", {"writers": self.clients})
        readers = Readers.read(self.data)
        great = readers.stories[1].strip("/").rpartition("/")[2]
        self.scene = Scene(self.port, great, self.told["stories"], readers.readers[: self.clients], self._ref_of)
        self._start()
        writers = [Writer(self.scene, place) for place in range(self.clients)]
        for writer in writers:
            writer.start()
        for number in tqdm(range(self.kills + (self.of_database if self.postgres else 0)), desc=f"{self.name}, kills"):
            self._wait_for_writes()
            time.sleep(self.chance.random())
            if number < self.kills:
                self._kill()
                self._look(f"after kill {number + 1}")
                self._let_go_on()
                self._start()
            elif self.postgres:
                self.postgres.kill()
                self.postgres.begin()
        self._wait_for_writes()
        self.scene.over.set()
        for writer in writers:
            writer.join(PATIENCE)
        return self._judged(writers)

    def _judged(self, writers: list[Writer]) -> dict[str, Any]:
        deeds = [writer.told() for writer in writers]
        gone = [one["story"] for hers in deeds for one in hers if one["kind"] == "take story back"]
        told = {**self.told, "deeds": deeds, "gone": gone}
        ends = time.monotonic() + SETTLED
        while self._number("SELECT count(*) FROM moderation_screening") and time.monotonic() < ends:
            time.sleep(0.5)
        self._look("at the end")
        self.wrong += self._ask("memories", told)
        became = Counter((one["kind"], one["became"]) for hers in deeds for one in hers)
        again = sum(1 for hers in deeds for one in hers if one["tries"] > 1)
        figures = {kind: many for (kind, what), many in sorted(became.items()) if what == "acknowledged"}
        return {
            "clients": self.clients,
            "kills of the server": self.kills,
            "kills of the database": self.of_database if self.postgres else 0,
            "seconds until it answered again, median": round(sorted(self.starts)[len(self.starts) // 2], 1),
            "acknowledged": figures,
            "sent more than once": again,
            "refused, since it was gone": sum(many for (_kind, what), many in became.items() if what == "refused"),
            "unfinished": sum(1 for writer in writers if writer.is_alive()),
            "met with another status": Counter(one for writer in writers for one in writer.unexpected),
            "wrong": self.wrong,
        }

    def _start(self) -> None:
        began = time.monotonic()
        command = [sys.executable, str(ROOT / "manage.py"), "serve", "--prepare", "--port", str(self.port)]
        with (self.data / "server.log").open("ab") as log:
            how: dict[str, Any] = {"cwd": ROOT, "env": self.variables, "stdout": log, "stderr": log}
            self.server = subprocess.Popen(command, start_new_session=True, **how)  # Ctrl-C is for us alone
        while time.monotonic() - began < PATIENCE:
            with contextlib.suppress(Ended):
                if QuickLine(self.port).ask("GET", "/about/", "X-Forwarded-Proto: https\r\n").status < 500:
                    self.starts.append(time.monotonic() - began)
                    return
            time.sleep(0.1)
        raise SystemExit(f"It did not start again: {(self.data / 'server.log').read_text()[-2000:]}")

    def _kill(self) -> None:
        """End the server, its workers, its reader and its finder with SIGKILL, all at one stroke."""
        if self.server is None:
            return
        kill_all(family(self.server.pid))
        self.server.wait()
        self.server = None

    def _wait_for_writes(self) -> None:
        wanted, ends = self.scene.acknowledged + BETWEEN, time.monotonic() + PATIENCE
        while self.scene.acknowledged < wanted:
            if time.monotonic() > ends:
                said = (self.data / "server.log").read_text()[-2000:]
                raise SystemExit(f"Too little was acknowledged: {self.scene.acknowledged} in all. {said}")
            time.sleep(0.05)

    def _look(self, when: str) -> None:
        self.wrong += [f"{when}: {words}" for words in self._ask("rows", self.told)]

    def _let_go_on(self) -> None:
        """Nobody meets the pace that is set for her: it would end the writing long before the last kill."""
        self._change("DELETE FROM members_attempt")

    def _ask(self, what: str, told: dict[str, Any]) -> Any:
        journal = self.data / "journal.json"
        journal.write_text(json.dumps(told))
        command = [sys.executable, "-m", "benchmarks.fault_checks", what, str(journal)]
        said = subprocess.run(command, cwd=ROOT, env=self.variables, check=True, stdout=subprocess.PIPE).stdout
        return json.loads(said.splitlines()[-1])

    def _ref_of(self, place: int, text: str) -> str:
        """The name of a writer's answer; its writer would read it on her own page."""
        asked = "SELECT ref FROM stories_answer WHERE author_id = {} AND text = {}"
        with contextlib.suppress(psycopg.Error, sqlite3.Error):
            row = self._row(asked, (place + 1, text))
            return str(row[0]) if row else ""
        raise Ended("The database is away.")

    def _number(self, question: str) -> int:
        row = self._row(question, ())
        return int(row[0]) if row else 0

    def _change(self, statement: str) -> None:
        if self.postgres:
            with psycopg.connect(self.url, autocommit=True) as database:
                database.execute(statement.encode())
            return
        with contextlib.closing(sqlite3.connect(self.data / "leeward.sqlite3", timeout=30)) as file:
            file.execute(statement)
            file.commit()

    def _row(self, question: str, values: tuple[Any, ...]) -> Any:
        if self.postgres:
            with psycopg.connect(self.url) as database:
                return database.execute(question.format("%s", "%s").encode(), values).fetchone()
        with contextlib.closing(sqlite3.connect(self.data / "leeward.sqlite3", timeout=30)) as file:
            return file.execute(question.format("?", "?"), values).fetchone()


def _as_table(found: dict[str, Any]) -> str:
    names = [name for name in next(iter(found.values())) if name != "wrong"]
    rows = [[name, *(_said(one[name]) for one in found.values())] for name in names]
    rows.append(["lost, doubled or half", *(str(len(one["wrong"])) for one in found.values())])
    wrong = [f"{name}: {words}" for name, one in found.items() for words in one["wrong"][:20]]
    return "\n".join([table(["what", *found], rows), *wrong])


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{many} {what}" for what, many in value.items()) or "0"
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
