"""The reader alone, without the place: `python -m leeward.language.reader SOCKET`. Ends with its standard input."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from leeward.language.engine import load
from leeward.language.reader.server import Reader


def main() -> None:
    """Listen until the standard input closes: whoever started it has ended then."""
    parser = argparse.ArgumentParser(prog="python -m leeward.language.reader", description=__doc__)
    parser.add_argument("socket", type=Path, help="where to listen")
    parser.add_argument("--language", default="en", help="whose models and rules to read with (en)")
    given = parser.parse_args()
    with Reader(given.socket, load(given.language).judge) as reader:
        threading.Thread(target=reader.serve_forever, daemon=True).start()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
