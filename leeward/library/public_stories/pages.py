"""The article within a page of HTML, by trafilatura.

Only the command that brings articles in reads this module: it is large, and web workers have no use for it.
"""

from __future__ import annotations

import datetime
import logging
from copy import deepcopy
from typing import Any

import trafilatura

from leeward.library.public_stories.reading.cleaning import Known
from leeward.library.public_stories.refusing import Refused, Why

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what is refused is said in our own words

_TITLES = """boolean(.//title | .//h1 | .//meta[contains(@property, "title") or contains(@name, "title")]
    | .//script[@type="application/ld+json"])"""
_DATES = """.//script[@type="application/ld+json"] | .//*[self::time or self::abbr or @itemprop="datePublished"
    or contains(@class, "date") or contains(@class, "time") or contains(@class, "publish") or contains(@class, "posted")
    or contains(@class, "byline")][string-length(normalize-space()) < 100]
    [not(ancestor::nav or ancestor::aside or ancestor::footer)]"""


def article_in(page: str, address: str = "") -> tuple[str, Known]:
    """The text of the article on a page, and what the page says of itself.

    Args:
        page: the HTML.
        address: where it was; "" for a file.

    Raises:
        Refused: there is no article in it.
    """
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            raise Refused(Why.TOO_SHORT)
        said = trafilatura.extract_metadata(tree, default_url=address or None, extensive=False)
        title = (said.title or "") if tree.xpath(_TITLES) else ""  # or it takes any heading for one
        day = _day(trafilatura.extract_metadata(_stating_a_date(tree), address or None, extensive=False).date)
        found = trafilatura.bare_extraction(tree, url=address or None, include_comments=False, include_tables=False)
    except (ValueError, RecursionError) as error:
        raise Refused(Why.UNREADABLE, str(error)[:200]) from error
    if found is None or isinstance(found, dict) or not found.text:
        raise Refused(Why.TOO_SHORT)
    return found.text, Known(title, said.author or "", said.sitename or said.hostname or "", day)


def _stating_a_date(tree: Any) -> Any:
    """The page without its prose: in that, days are looked for too, and those that somebody tells of are found."""
    bare = deepcopy(tree)
    body = bare.find("body")
    holder = bare if body is None else body
    holder.clear()
    holder.extend(deepcopy(one) for one in tree.xpath(_DATES))
    return bare


def _day(said: str | None) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
    return day if day is None or day <= datetime.datetime.now(datetime.UTC).date() else None
