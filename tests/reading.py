"""A reader of the tests' own: the real server on a socket, which finds what a text says of itself.

"#hostile" in a text is a sign, "#care", "#look" and "#plan" are what they say, and "{at least}" is a phrase that hurts.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from leeward.language.judgement import Hurtful, Judgement
from leeward.language.reader.server import Reader

_SIGNS = frozenset({"hostile", "threat", "selling", "contact", "link"})
_PHRASE = re.compile(r"\{[^}]*\}")


def as_marked(text: str) -> Judgement:
    """What a text says of itself."""
    said = frozenset(re.findall(r"#(\w+)", text))
    return Judgement(
        signs=said & _SIGNS,
        hurtful=tuple(Hurtful(found.start(), found.end(), "at_least") for found in _PHRASE.finditer(text)),
        care=bool(said & {"care", "look", "plan"}),
        look=bool(said & {"look", "plan"}),
        plan="plan" in said,
        ruled=said & _SIGNS,
    )


@contextmanager
def reader(settings: Any, judge: Callable[[str], Judgement] = as_marked) -> Iterator[None]:
    """Have texts read by this judge for a while."""
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        settings.READER_SOCKET = Path(folder) / "s"
        with Reader(settings.READER_SOCKET, judge) as server:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            try:
                yield
            finally:
                server.shutdown()


def no_reader(settings: Any) -> None:
    """Nobody listens."""
    settings.READER_SOCKET = Path(tempfile.gettempdir()) / "leeward-no-reader-here"
