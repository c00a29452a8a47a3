"""Asking an HSDS API, with patience: a server that is busy is asked again, later and less often."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from leeward.library.fetching import JSON, Fetched, FetchRefused, MayReach, fetch_into, public_only

FILES = (*JSON, "application/zip", "application/x-zip-compressed", "application/octet-stream", "text/csv", "text/plain")
"""What a directory may come as when it is a file."""
MOST_FILE = 2 * 1024**3
MOST_ANSWER = 64 * 1024**2
_SECONDS_FOR_A_FILE = 1800.0
_SECONDS_FOR_A_PAGE = 120.0


@dataclass(frozen=True)
class Patience:
    """How a busy server is waited for.

    Attributes:
        tries: of the same page, all together.
        first: seconds after the first try; twice as many after each further one.
        longest: seconds that are waited at most, also when the server asks for more: then it is given up.
    """

    tries: int = 6
    first: float = 2.0
    longest: float = 120.0

    def wait(self, after: int, asked: float | None) -> float:
        """Seconds to wait after so many tries.

        Args:
            after: how often it was tried.
            asked: seconds for which the server asked, or None.
        """
        return max(min(self.first * float(2 ** (after - 1)), self.longest), asked or 0.0)


@dataclass(frozen=True)
class Server:
    """A server that is asked with patience.

    Attributes:
        may_reach: which addresses of the network may be asked.
        patience: how long it is waited for.
    """

    may_reach: MayReach = public_only
    patience: Patience = field(default_factory=Patience)

    @contextmanager
    def file(self, url: str) -> Iterator[tuple[Path, Fetched]]:
        """A file that is there, while it is used, however large.

        Raises:
            FetchRefused: it cannot be had.
        """
        with tempfile.TemporaryDirectory(prefix="leeward-fetched-") as folder:
            last = re.sub(r"[^\w.-]", "_", urlsplit(url).path.rsplit("/", 1)[-1])
            path = Path(folder) / (last[-100:].lstrip(".") or "answer")
            with path.open("w+b") as file:
                told = self._asked(file, url, FILES, MOST_FILE, _SECONDS_FOR_A_FILE)
            yield path, told

    @contextmanager
    def page(self, url: str) -> Iterator[Path]:
        """An answer of an API, in a file, while it is used.

        Raises:
            FetchRefused: none came.
        """
        with tempfile.TemporaryDirectory(prefix="leeward-fetched-") as folder:
            path = Path(folder) / "page.json"
            with path.open("w+b") as file:
                self._asked(file, url, JSON, MOST_ANSWER, _SECONDS_FOR_A_PAGE)
            yield path

    def _asked(self, file: BinaryIO, url: str, accepts: tuple[str, ...], most_bytes: int, seconds: float) -> Fetched:
        for tried in range(1, self.patience.tries + 1):
            file.seek(0)
            file.truncate()
            try:
                return fetch_into(
                    file, url, most_bytes=most_bytes, accepts=accepts, may_reach=self.may_reach, seconds=seconds
                )
            except FetchRefused as refused:
                wait = self.patience.wait(tried, refused.wait)
                if not refused.again or tried == self.patience.tries or wait > self.patience.longest:
                    raise
            time.sleep(wait)
        raise AssertionError  # The last try returns or raises.


def within(base: str, *steps: str, **query: object) -> str:
    """An address below another: what it asked for stays, and more is asked for."""
    parts = urlsplit(base)
    path = "/".join([parts.path.rstrip("/"), *(quote(step, safe="") for step in steps)])
    asked: Mapping[str, str] = {**dict(parse_qsl(parts.query)), **{name: str(value) for name, value in query.items()}}
    return urlunsplit((parts.scheme, parts.netloc, path or "/", urlencode(asked), ""))
