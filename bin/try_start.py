"""Start the place as `make run` does, twice, in an empty folder; fail if a page, the second start or its end is amiss.

Prints the seconds of both starts. The second must serve within SECOND_START seconds.
"""

from __future__ import annotations

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

ROOT = Path(__file__).resolve().parent.parent
FIRST_START = 180.0
SECOND_START = 5.0
"""Seconds until the first page, at most."""
ENDING = 15.0


def free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_until_served(port: int, server: subprocess.Popen[str], at_most: float) -> float:
    """Wait for the home page; how long it took.

    Raises:
        SystemExit: it did not come in time, or the server ended.
    """
    start = time.monotonic()
    while time.monotonic() - start < at_most:
        if server.poll() is not None:
            sys.exit(f"It ended by itself with status {server.returncode}.")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=at_most) as answer:
                if answer.status == 200 and b"<h1" in answer.read():
                    return time.monotonic() - start
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit(f"No page after {at_most:.0f} seconds.")


def start_and_end(data: str, at_most: float) -> float:
    """Start, wait for the first page, interrupt; how long the page took.

    Raises:
        SystemExit: something was amiss.
    """
    port = free_port()
    environment = os.environ | {"PORT": str(port), "LEEWARD_DATA": data}
    server = subprocess.Popen(["bin/run"], cwd=ROOT, env=environment, text=True, stdin=subprocess.DEVNULL)
    try:
        took = seconds_until_served(port, server, at_most)
        server.send_signal(signal.SIGINT)
        if server.wait(ENDING) != 0:
            sys.exit(f"Ctrl-C ended it with status {server.returncode}.")
    finally:
        if server.poll() is None:
            server.kill()
    return took


def main() -> None:
    """Start twice."""
    with tempfile.TemporaryDirectory() as data:
        print(f"The first start served after {start_and_end(data, FIRST_START):.1f} s.", flush=True)
        print(f"The second start served after {start_and_end(data, SECOND_START):.1f} s.", flush=True)


if __name__ == "__main__":
    main()
