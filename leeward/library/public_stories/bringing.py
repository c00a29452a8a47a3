"""Articles from files and addresses, as the command brings them in. Nothing here writes anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leeward.library.fetching import FetchRefused, MayReach, fetch, public_only
from leeward.library.public_stories.pages import article_in
from leeward.library.public_stories.reading.articles import Article, read
from leeward.library.public_stories.reading.cleaning import Known
from leeward.library.public_stories.reading.decoding import MOST_BYTES, ask_for_letters, is_page, text_of
from leeward.library.public_stories.refusing import Refused, Why

ACCEPTS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
SECONDS = 30.0


def article_from(origin: str, *, may_reach: MayReach = public_only) -> Article:
    """The article in a file or at an address, read.

    Args:
        origin: a path, or an address of http or https.
        may_reach: which addresses of the network may be asked; other than the default in tests alone.

    Raises:
        Refused: with the reason.
    """
    if "://" in origin:
        return _from_address(origin, may_reach)
    return _understood(text_of(_bytes_of(Path(origin))), origin)


def _from_address(address: str, may_reach: MayReach) -> Article:
    try:
        fetched = fetch(address, most_bytes=MOST_BYTES, accepts=ACCEPTS, may_reach=may_reach, seconds=SECONDS)
    except FetchRefused as refused:
        raise Refused(Why.ADDRESS, str(refused)) from refused
    return _understood(text_of(fetched.body, fetched.charset), address, fetched.address)


def _understood(text: str, origin: str, address: str = "") -> Article:
    if not is_page(text):
        return replace(read(text, origin), address=address)
    article, known = article_in(text, address)
    ask_for_letters(article)
    return replace(read(article, origin, _of_page(known)), address=address)


def _of_page(known: Known) -> Known:
    return replace(known, source=known.source.removeprefix("www."))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size  # of what is not there, this says so
        if not path.is_file():
            raise Refused(Why.UNREADABLE)
        if size > MOST_BYTES:
            raise Refused(Why.TOO_LARGE)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no path can have
        raise Refused(Why.UNREADABLE, getattr(error, "strerror", None) or str(error)) from error
