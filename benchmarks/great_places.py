"""The places that are measured side by side: each started as a host would, with what it is asked."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import psycopg

from benchmarks.asking import TOKEN
from benchmarks.great_place import ROOT, Scene, environment
from benchmarks.invented import Words
from benchmarks.kept_postgres import KeptPostgres
from benchmarks.processes import command, end, family
from benchmarks.quick_line import Ended, QuickLine

PATIENCE = 120.0
WORDS = ("with_you", "me_too", "thinking_of_them")
GREAT = 1
"""Which of the three long stories is the great one."""


@dataclass(frozen=True)
class Asked:
    """One request.

    Args:
        method: GET, POST or PATCH.
        path: the address.
        lines: lines of header.
        body: what is sent.
        meets: the status that says that it was done.
    """

    method: str
    path: str
    lines: str
    body: str = ""
    meets: int = 200


Work = Callable[[int], Asked]
"""What is asked as the request of this number; every number is another reader's."""


class Place:
    """A running place. Use it as a context.

    Args:
        data: its folder.
        quick: whether it is the small one.
        port: where it is served.
    """

    name = ""

    def __init__(self, data: Path, port: int, *, quick: bool) -> None:
        self.data, self.port, self.quick, self.held = data.resolve(), port, quick, ExitStack()
        self.words, self.run = Words(random.Random(0)), time.time_ns()

    def __enter__(self) -> Self:
        self.data.mkdir(parents=True, exist_ok=True)
        with self.held:  # let go again if anything fails, or is interrupted
            self.make()
            self.scene = Scene.read(self.data)
            self.begin()
            self.held = self.held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def make(self) -> None:
        """Make what is not there of it."""
        raise NotImplementedError

    def begin(self) -> None:
        """Start its server; returns when a page comes."""
        raise NotImplementedError

    def processes(self) -> dict[str, list[int]]:
        """Its processes, by what they are for: "workers", "database", and what else works for it."""
        raise NotImplementedError

    def works(self) -> dict[str, Work]:
        """What is measured."""
        raise NotImplementedError

    def counted(self) -> dict[str, int]:
        """How many reactions to the great story stand in rows, and how many it says there are, if it says so."""
        raise NotImplementedError

    def changes(self, number: int) -> int:
        """By how many the reaction of this number changes how many there are: 1 or -1."""
        raise NotImplementedError

    def answers(self, since: int = 0) -> dict[str, int]:
        """How many answers have come since that key, how many of them are shown, and the last key."""
        raise NotImplementedError

    def text_of(self, number: int) -> str:
        """The words of an answer: of each number, and in each run, other ones, or they would count as sent again."""
        self.words.chance.seed(f"{self.run} {number}")
        return self.words.text(120, 700)

    def line(self, *, packed: bool = False) -> QuickLine:
        """A connection to it."""
        return QuickLine(self.port, f"Accept-Encoding: {'gzip' if packed else 'identity'}\r\n")

    def started(self, arguments: list[str], **how: Any) -> subprocess.Popen[bytes]:
        """A process that is ended with the place. Ctrl-C does not reach it by itself: told twice it might hang."""
        process = subprocess.Popen(arguments, start_new_session=True, **how)
        self.held.callback(end, process)
        return process

    def _serve(self, arguments: list[str], variables: dict[str, str]) -> None:
        with (self.data / "server.log").open("wb") as log:
            self.server = self.started(arguments, cwd=ROOT, env=variables, stdout=log, stderr=log)
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            time.sleep(0.2)
            try:
                if self.line().ask("GET", self.scene.stories[0], self.lines_of(0)).status == 200:
                    return
            except Ended:
                if self.server.poll() is not None:
                    break
        raise SystemExit(f"{self.name} did not answer; see {self.data / 'server.log'}.")

    def reader(self, number: int) -> str:
        """The session of the reader whose turn it is."""
        return self.scene.readers[number % len(self.scene.readers)]

    def lines_of(self, number: int) -> str:
        """What her browser sends with each request."""
        raise NotImplementedError

    def page(self, path: str) -> Work:
        """Asking for one page."""
        return lambda number: Asked("GET", path, self.lines_of(number))


class Leeward(Place):
    """This place, on SQLite or on PostgreSQL."""

    def __init__(self, data: Path, port: int, *, quick: bool, postgresql: bool) -> None:
        super().__init__(data, port, quick=quick)
        self.name = "PostgreSQL" if postgresql else "SQLite"
        self.postgres = KeptPostgres(self.data / "postgres") if postgresql else None

    def make(self) -> None:
        """Its database server first, then the rows."""
        url = self.held.enter_context(self.postgres).url if self.postgres else ""
        self.variables = environment(self.data, url)
        which = "--quick" if self.quick else "--whole"
        made = [sys.executable, "-m", "benchmarks.great_place", "--data", str(self.data), which, "--database", url]
        subprocess.run(made, cwd=ROOT, check=True)

    def begin(self) -> None:
        """With two workers, its finder, and a reader that finds nothing."""
        self._serve([sys.executable, "-m", "benchmarks.great_server", str(self.port)], self.variables)

    def processes(self) -> dict[str, list[int]]:
        """Those that answer, the finder (which home asks), and the database's."""
        every = family(self.server.pid)
        said = {pid: command(pid) for pid in every}
        return {
            "workers": [pid for pid in every if said[pid].endswith(f"great_server {self.port} ")],
            "finder": [pid for pid in every if "keep_finding" in said[pid]],
            "database": family(self.postgres.pid) if self.postgres else [],
        }

    def works(self) -> dict[str, Work]:
        """Pages by their keys, home, a word said or taken back, an answer under another story each time."""
        works = {"home": self.page("/"), "reaction": self._reaction, "answer": self._answer}
        for length, pages in zip(self.scene.lengths, self.scene.pages, strict=True):
            for where, path in pages.items():
                works[f"{where} of {length:,}"] = self.page(path)
        return works

    def _reaction(self, number: int) -> Asked:
        """Each reader in her turn says a word, and in the next round of turns takes it back."""
        turn, reader = divmod(number, len(self.scene.readers))
        word = WORDS[(reader + 1 + turn // 2 % 2) % 3]  # not the one that she had said before
        said = "say" if self.changes(number) > 0 else "unsay"
        return self._form(number, f"{self.scene.stories[GREAT]}word/", {said: word})

    def changes(self, number: int) -> int:
        """She says a word in her first turn, and takes it back in her next."""
        return -1 if number // len(self.scene.readers) % 2 else 1

    def _answer(self, number: int) -> Asked:
        ref = self.scene.others[number % len(self.scene.others)]
        return self._form(number, f"/stories/{ref}/answer/", {"text": self.text_of(number)})

    def _form(self, number: int, path: str, fields: dict[str, str]) -> Asked:
        lines = f"{self.lines_of(number)}Content-Type: application/x-www-form-urlencoded\r\n"
        return Asked("POST", path, lines, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}), meets=302)

    def counted(self) -> dict[str, int]:
        """In rows: nothing else says how many."""
        return {"rows": self.ask_database(f"SELECT count(*) FROM stories_reaction WHERE story_id = {GREAT + 1}")}

    def answers(self, since: int = 0) -> dict[str, int]:
        """By their keys and states."""
        asked = "SELECT {} FROM stories_answer WHERE id > " + str(since)
        return {
            "rows": self.ask_database(asked.format("count(*)")),
            "shown": self.ask_database(asked.format("count(*)") + " AND state = 0"),
            "last": self.ask_database(asked.format("coalesce(max(id), 0)")),
        }

    def ask_database(self, question: str) -> int:
        """One number from its database."""
        if self.postgres:
            return asked_of(self.postgres.url, question)
        with sqlite3.connect(f"file:{self.data / 'leeward.sqlite3'}?mode=ro", uri=True) as database:
            return int(database.execute(question).fetchone()[0])

    def lines_of(self, number: int) -> str:
        """Behind a proxy that speaks https."""
        cookies = f"Cookie: s={self.reader(number)}; c={TOKEN}\r\n"
        return f"{cookies}X-Forwarded-Proto: https\r\nOrigin: https://localhost:{self.port}\r\n"


def asked_of(url: str, question: str) -> int:
    """One number from a PostgreSQL database."""
    with psycopg.connect(url) as database:
        row = database.execute(question.encode()).fetchone()
    assert row is not None
    return int(row[0])
