"""Serves a place as `manage.py serve` does, but beside a reader that reads nothing and finds nothing.

So an answer is handed in, asked about over the socket, settled, shown and announced as ever, and only what the models
take is left out: it is measured apart (benchmarks.screening).

    python -m benchmarks.great_server 8228        serve at this port
    python -m benchmarks.great_server reader      that reader; started by the former
"""

from __future__ import annotations

import subprocess
import sys

import django

READER = "reader"


def main() -> int:
    """Serve until SIGTERM, or read nothing."""
    django.setup()
    if sys.argv[1] == READER:
        _read_nothing()
        return 0
    from leeward.web import companions, starting  # noqa: PLC0415  # after Django

    starting.prepare()
    others = tuple(name for name in companions.COMPANIONS if name != "read_texts")
    companions.COMPANIONS = others  # type: ignore[assignment]  # one fewer
    with subprocess.Popen([sys.executable, "-m", "benchmarks.great_server", READER]) as reader:
        try:
            starting.serve(host=starting.LOOPBACK, port=int(sys.argv[1]), workers=2)
        finally:
            reader.terminate()
    return 0


def _read_nothing() -> None:
    from leeward.language.judgement import Judgement  # noqa: PLC0415  # after Django
    from leeward.language.reader.client import socket_path  # noqa: PLC0415  # the same
    from leeward.language.reader.server import Reader  # noqa: PLC0415  # the same

    with Reader(socket_path(), lambda _text: Judgement()) as reader:
        reader.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
