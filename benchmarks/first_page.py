"""How long it takes from a fresh clone to the first page: `git clone`, `make run`, and asking until home answers.

The clone is of this repository's last commit, into a folder of its own that is taken away afterwards. pip's cache is
used as it is found unless --no-cache is given; what is said at the end names it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.machine import described

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900.0
"""After so many seconds without a page the measurement gives up."""


def main() -> int:
    """Measure and print seconds: to the clone, to the first page of a first start, and of a second start."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_page", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--no-cache", action="store_true", help="let pip fetch every package again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leeward-first-") as folder:
        seconds = _measure(Path(folder) / "leeward", cached=not options.no_cache)
    seconds["pip's cache"] = "unused" if options.no_cache else "as found"
    if options.json:
        print(json.dumps({"machine": described(), "first_page": seconds}, indent=1))
    else:
        for what, value in seconds.items():
            print(f"{what}: {value}")
    return 0


def _measure(clone: Path, *, cached: bool) -> dict[str, float | str]:
    began = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    cloned = time.monotonic()
    first = _until_first_page(clone, cached=cached)
    second = _until_first_page(clone, cached=cached)
    return {
        "seconds to clone": round(cloned - began, 1),
        "seconds from clone to the first page": round(cloned - began + first, 1),
        "seconds of a second start": round(second, 1),
    }


def _until_first_page(clone: Path, *, cached: bool) -> float:
    """Run `make run` until home answers, then interrupt it; the seconds it took."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LEEWARD_", "DATABASE_"))}
    environment |= {"PORT": str(port)} | ({} if cached else {"PIP_NO_CACHE_DIR": "1"})
    environment.pop("VIRTUAL_ENV", None)
    began = time.monotonic()
    running = subprocess.Popen(
        ["make", "run"], cwd=clone, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _answers(port):
            if running.poll() is not None:
                raise SystemExit(f"`make run` ended with {running.returncode} before there was a page.")
            if time.monotonic() - began > PATIENCE:
                raise SystemExit(f"No page within {PATIENCE:.0f} seconds.")
            time.sleep(0.1)
        return time.monotonic() - began
    finally:
        _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the group that was begun for it: SIGTERM, since SIGINT is ignored by what is started in the background."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if running.poll() is None:
            os.killpg(running.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
            return bool(page.status == 200 and page.read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
