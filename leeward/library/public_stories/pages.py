"""The article within a page of HTML, by trafilatura.

Only the command that brings articles in reads this module: it is large, and web workers have no use for it.
"""

from __future__ import annotations

import datetime

import trafilatura

from leeward.library.public_stories.reading.cleaning import Known
from leeward.library.public_stories.refusing import Refused, Why


def article_in(page: str, address: str = "") -> tuple[str, Known]:
    """The text of the article on a page, and what the page says of itself.

    Args:
        page: the HTML.
        address: where it was; "" for a file.

    Raises:
        Refused: there is no article in it.
    """
    try:
        found = trafilatura.bare_extraction(
            page,
            url=address or None,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            deduplicate=True,
        )
    except (ValueError, RecursionError) as error:
        raise Refused(Why.UNREADABLE, str(error)[:200]) from error
    said = found.as_dict() if found is not None and not isinstance(found, dict) else found
    if not said or not said.get("text"):
        raise Refused(Why.TOO_SHORT)
    known = Known(
        title=said.get("title") or "",
        author=said.get("author") or "",
        source=said.get("sitename") or said.get("hostname") or "",
        date=_day(said.get("date")),
    )
    return said["text"], known


def _day(said: str | None) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
    return day if day is None or day <= datetime.datetime.now(datetime.UTC).date() else None
