"""Misago, started to be measured beside us."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.asking import TOKEN
from benchmarks.great_place import ROOT
from benchmarks.great_places import GREAT, Asked, Place, Work, asked_of
from benchmarks.great_size import QUICK, WHOLE
from benchmarks.kept_postgres import KeptPostgres
from benchmarks.processes import family

VERSION = "0.39.6"
BESIDE_IT = (f"granian=={version('granian')}", "tqdm")
"""The server that we use too, and what the rows are stored with."""


class Missing(RuntimeError):
    """Something that it needs cannot be had here; the words say what."""


class Misago(Place):
    """Misago from PyPI in an environment of its own, with PostgreSQL and Redis of the system.

    Raises:
        Missing: something that it needs cannot be had here; the words say what.
    """

    name = "Misago"

    def make(self) -> None:
        """Its environment, its servers, its rows."""
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
        redis = shutil.which("redis-server")
        if programs is None or redis is None:
            raise Missing("It needs PostgreSQL and Redis of the system: apt-get install postgresql redis-server")
        self.python = self._environment()
        self.postgres = self.held.enter_context(KeptPostgres(self.data / "postgres", programs=programs))
        socket_of_redis = self.postgres.folder / "redis"
        kept = ["--save", "", "--appendonly", "no", "--port", "0", "--unixsocket", str(socket_of_redis)]
        self.redis = self.started([redis, *kept], stdout=subprocess.DEVNULL, cwd=self.postgres.folder)
        files = {"MISAGO_DATABASE": str(self.postgres.folder), "MISAGO_REDIS": str(socket_of_redis)}
        self.variables = {**os.environ, **files, "MISAGO_FILES": str(self.data / "files")}
        self.variables["DJANGO_SETTINGS_MODULE"] = "benchmarks.misago.settings"
        size = json.dumps(asdict(QUICK if self.quick else WHOLE))
        made = [str(self.python), "-m", "benchmarks.misago.fill", size, str(self.data)]
        subprocess.run(made, cwd=ROOT, env=self.variables, check=True)

    def begin(self) -> None:
        """On the same server as ours, with as many workers and threads."""
        served = f"--interface wsgi --workers 2 --blocking-threads 2 --port {self.port} --no-ws --log-level warning"
        granian = [str(self.python), "-m", "granian", *served.split(), "devproject.wsgi:application"]
        self._serve(granian, self.variables)

    def processes(self) -> dict[str, list[int]]:
        """Those that answer, PostgreSQL's, and Redis."""
        return {"workers": family(self.server.pid), "database": [*family(self.postgres.pid), self.redis.pid]}

    def works(self) -> dict[str, Work]:
        """Pages of the great thread, the list of threads, likes given and taken back, replies to other threads."""
        works = {"home": self.page("/"), "reaction": self._like, "answer": self._reply}
        length, pages = self.scene.lengths[GREAT], self.scene.pages[GREAT]
        return works | {f"{where} of {length:,}": self.page(path) for where, path in pages.items()}

    def counted(self) -> dict[str, int]:
        """In rows, and what the post says."""
        url = self.postgres.url
        return {
            "rows": asked_of(url, f"SELECT count(*) FROM misago_threads_postlike WHERE post_id = {GREAT + 1}"),
            "said": asked_of(url, f"SELECT likes FROM misago_threads_post WHERE id = {GREAT + 1}"),
        }

    def lines_of(self, number: int) -> str:
        """As a signed-in browser sends them."""
        return f"Cookie: sessionid={self.reader(number)}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"

    def _like(self, number: int) -> Asked:
        """Everybody liked it before: each reader in her turn takes it back, and in the next turn likes it again."""
        value = self.changes(number) > 0
        post = GREAT + 1  # the first posts have the keys of their threads
        return self._said("PATCH", number, f"/api/threads/{post}/posts/{post}/", [_replaced("is-liked", value)])

    def changes(self, number: int) -> int:
        """She takes it back in her first turn, and likes it again in her next."""
        return 1 if number // len(self.scene.readers) % 2 else -1

    def answers(self, since: int = 0) -> dict[str, int]:
        """All are shown at once."""
        asked = f"FROM misago_threads_post WHERE id > {since}"
        rows = asked_of(self.postgres.url, f"SELECT count(*) {asked}")
        return {"rows": rows, "shown": rows, "last": asked_of(self.postgres.url, f"SELECT max(id) {asked}")}

    def _reply(self, number: int) -> Asked:
        thread = self.scene.others[number % len(self.scene.others)]
        return self._said("POST", number, f"/api/threads/{thread}/posts/", {"post": self.text_of(number)})

    def _said(self, method: str, number: int, path: str, said: Any) -> Asked:
        lines = f"{self.lines_of(number)}Content-Type: application/json\r\n"
        return Asked(method, path, lines, json.dumps(said))

    def _environment(self) -> Path:
        """Python with Misago in it, made once; Python 3.11 as ours, though it asks for 3.12."""
        python = self.data / "venv" / "bin" / "python"
        if not (self.data / "venv.made").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.data / "venv")], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", f"misago=={VERSION}", *BESIDE_IT], check=True)
            (self.data / "venv.made").touch()
        return python


def _replaced(path: str, value: object) -> dict[str, object]:
    return {"op": "replace", "path": path, "value": value}
