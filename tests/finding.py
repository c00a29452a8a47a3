"""The real finder for tests: it answers on a socket, and follows the test's own transaction when it is told to.

with finder(settings) as found:
    ...publish something...
    found.follow()
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from leeward.language.embedder import Embedder, load_embedder
from leeward.search.finder.core import Finder
from leeward.search.finder.server import FinderServer
from leeward.search.near import forget_lately


class FollowingFinder(Finder):
    """A finder that a test tells when to look."""

    def follow(self) -> None:
        """Read what changed and embed all that waits."""
        forget_lately()
        self.catch_up()
        while self.embed():
            pass


@cache
def real_embedder() -> Embedder:
    """The embedder of the place, loaded once a run."""
    return load_embedder("en")


@contextmanager
def finder(settings: Any, *, embedder: Embedder | None = None, with_meaning: bool = True) -> Iterator[FollowingFinder]:
    """Have a finder listen for a while.

    Args:
        settings: of pytest-django.
        embedder: another embedder than the place's.
        with_meaning: whether there is an embedder at all.
    """
    with tempfile.TemporaryDirectory(prefix="finder-") as folder:
        settings.FINDER_SOCKET = Path(folder) / "s"
        used = (embedder or real_embedder()) if with_meaning else None
        found = FollowingFinder(Path(folder) / "files", used, "test" if with_meaning else "")
        found.follow()
        with FinderServer(settings.FINDER_SOCKET) as server:
            server.finder = found
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            try:
                yield found
            finally:
                server.shutdown()


def no_finder(settings: Any) -> None:
    """Nobody listens."""
    settings.FINDER_SOCKET = Path(tempfile.gettempdir()) / "leeward-no-finder-here"
