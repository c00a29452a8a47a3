"""HSDS as an API gives it: list after list, page by page.

A list is read to its end, or it is said that it was not: a server may repeat a page, never end, count anew while it is
read, or fall silent. Then a fatal fault says so, and whoever brings in retires nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from leeward.library.directory.reading.asking import MOST_ANSWER, Server, within
from leeward.library.directory.reading.documents import Document
from leeward.library.directory.reading.found import Fault, Origin, Read, ReadRefused
from leeward.library.directory.reading.kinds import LISTS
from leeward.library.fetching import FetchRefused

_READ = ("services", "organizations", "locations", "service_at_locations", "taxonomies", "taxonomy_terms")
_FILTERS = {"search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "postcode", "proximity"}
_ABSENT = {400, 404, 405, 410, 501}
"""What servers answer for a list that they do not have; only `/services` is required of them."""
_PER_PAGE = 100
_MOST_PAGES = 100_000
_COMPARED = 3
_NESTED = {"services", "organizations", "locations", "service_at_locations"}


@dataclass
class _Course:
    """How the reading of one list goes.

    Attributes:
        seen: digests of the pages that were read.
        counted: what the server said of its records and pages before; None: it was not asked yet.
        is_numbered: whether it says how many pages there are, or which is the last.
        each: whether every record must be asked for singly.
        compared: how many were.
    """

    seen: set[bytes] = field(default_factory=set)
    counted: tuple[Any, Any] | None = None
    is_numbered: bool = False
    each: bool = False
    compared: int = 0

    def trouble(self, head: dict[str, Any], number: int, count: int, *, repeats: bool) -> str:
        """What does not hold together between this page and those before it; "" if all does."""
        counted = (head.get("total_items"), head.get("total_pages"))
        before, self.counted = self.counted, counted
        self.is_numbered = isinstance(head.get("total_pages"), int) or isinstance(head.get("last_page"), bool)
        if repeats:
            whole = not self.is_numbered and len(self.seen) == 1  # A server without pages gives the same each time.
            return "" if whole else _("This page says what one before it said. The list was left here.")
        if before not in {None, counted} and (count or self.is_numbered):
            return _("While it was read, the directory changed: it counted anew. What is gone from it nobody can say.")
        if not count and self.is_numbered and counted[0] != 0 and (counted[1] or 0) >= number:
            return _("This page is empty, though it was announced.")
        return ""

    def ends_with(self, number: int, head: dict[str, Any]) -> bool:
        """Whether this page is the last, as far as the server says. One that says nothing is asked for the next."""
        pages = head.get("total_pages")
        return number >= pages if isinstance(pages, int) else head.get("last_page") is True


def _digest_of(document: Document) -> tuple[bytes, int, bool]:
    """What a page says, how many records it has, and whether it breaks off."""
    digest, count = hashlib.blake2b(digest_size=16), 0
    for one in document:
        count += 1
        if isinstance(one, Read):
            digest.update(json.dumps(one.tree, sort_keys=True).encode())
    return digest.digest(), count, document.is_cut


def base_of(url: str) -> str:
    """The address of an API, when that of one of its lists was given."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.rsplit("/", 1)[-1] in _READ:
        path = path.rsplit("/", 1)[0]
    query = "&".join(piece for piece in parts.query.split("&") if piece.split("=")[0] not in {"page", "per_page"})
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def is_api(path: Path, address: str) -> bool:
    """Whether an answer is that of an API: what it says at `/`, or a page of a list.

    Args:
        path: the answer.
        address: where it was.
    """
    if path.stat().st_size > MOST_ANSWER:
        return False
    try:
        answer = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    if not isinstance(answer, dict) or "id" in answer:
        return False
    is_list = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1] in _READ
    is_page = isinstance(answer.get("contents"), list) and (is_list or answer.get("last_page") is False)
    return is_page or "openapi_url" in answer or {"version", "profile"} <= answer.keys()


class Api:
    """An HSDS API.

    Args:
        base: its address; what stands in its query is asked for with every page (a key, a filter).
        server: how it is asked.
        reached: where to go on: `{"list": "services", "page": 7}`; empty or None: from the beginning. It is kept up
            to date while records are taken: once the next record is asked for, it names the first page of which not
            every record was given yet. Store it together with what was taken.
    """

    def __init__(self, base: str, server: Server, reached: dict[str, Any] | None = None) -> None:
        self._base = base
        self._server = server
        self._reached = reached if reached is not None else {}
        self._places_given = False

    def __iter__(self) -> Iterator[Read | Fault]:
        """All that it gives.

        Raises:
            ReadRefused: it has no list of services.
        """
        begin = self._reached.get("list")
        first = _READ.index(begin) if begin in _READ else 0
        if self._reached:
            words = _("This goes on from page %(page)s of %(list)s. What was before it was not looked at again.")
            yield Fault(Origin(self._base), words % {"page": self._page_reached(), "list": _READ[first]}, fatal=True)
        if {name for name, _value in parse_qsl(urlsplit(self._base).query)} & _FILTERS:
            words = _("The address asks for a part of the directory only. Nobody can say what is gone from the rest.")
            yield Fault(Origin(self._base), words, fatal=True)
        for name in _READ[first:]:
            if name == "service_at_locations" and self._places_given:
                continue  # They stood within the services.
            is_whole = yield from self._list(name, self._page_reached() if name == begin else 1)
            if not is_whole:
                return
        self._reached.clear()

    def _page_reached(self) -> int:
        page = self._reached.get("page")
        return page if isinstance(page, int) and page > 0 else 1

    def _list(self, name: str, page: int) -> Generator[Read | Fault, None, bool]:
        """The records of a list. Returns whether it was read to its end."""
        course = _Course()
        while page <= _MOST_PAGES:
            self._reached.update(list=name, page=page)
            address = within(self._base, name, page=page, per_page=_PER_PAGE, full="true")
            try:
                with self._server.page(address) as path:
                    document = Document(path, within(self._base, name, page=page), LISTS[name])
                    end = yield from self._page(name, page, document, course)
            except FetchRefused as refused:
                reason = self._why_not(refused, name, course)
                if reason:
                    yield Fault(Origin(address), reason, fatal=True)
                return not reason
            if end is not None:
                return end
            page += 1
        yield Fault(Origin(address), _("This list has no end that could be found."), fatal=True)
        return False

    def _why_not(self, refused: FetchRefused, name: str, course: _Course) -> str:
        """Why a list ends here; "" where it need not be there, or has had its last page without saying so.

        Raises:
            ReadRefused: there are no services at all.
        """
        if refused.status in _ABSENT and (course.seen or name != "services") and not course.is_numbered:
            return ""
        if name == "services" and not course.seen and self._page_reached() == 1:
            raise ReadRefused(str(refused)) from refused
        return _("%(reason)s What follows could not be read.") % {"reason": refused}

    def _page(
        self, name: str, number: int, document: Document, course: _Course
    ) -> Generator[Read | Fault, None, bool | None]:
        """The records of a page, if none before it said the same. None: others follow; else whether that was all."""
        digest, count, broken = _digest_of(document)
        repeats = count > 0 and digest in course.seen
        reason = "" if broken else course.trouble(document.head, number, count, repeats=repeats)
        course.seen.add(digest)
        if reason:
            yield Fault(Origin(document.name), reason, fatal=True)
        if repeats:
            return not reason
        for one in document:
            if isinstance(one, Read):
                self._places_given |= "service_at_locations" in one.tree
            yield self._full(name, one, course) if isinstance(one, Read) else one
        if broken or not count:
            return not (broken or reason)
        return True if course.ends_with(number, document.head) else None

    def _full(self, name: str, one: Read, course: _Course) -> Read | Fault:
        """The record with all that belongs to it, which a list need not give: the first of it are looked at singly."""
        if not course.each and (name not in _NESTED or course.compared >= _COMPARED):
            return one
        known = str(one.tree.get("id", ""))
        address = within(self._base, name, known)
        try:
            with self._server.page(address) as path:
                alone = next(iter(Document(path, address, LISTS[name])))
        except FetchRefused as refused:
            if refused.status not in _ABSENT:
                raise
            course.compared += 1
            words = _("It is in the list, and cannot be had alone.")
            return Fault(Origin(address), words) if course.each else one
        course.compared += 1
        if isinstance(alone, Fault) or alone.tree.get("id") != known:
            return alone if course.each and isinstance(alone, Fault) else one
        told = {field for field, value in alone.tree.items() if value not in (None, "", [], {})}
        course.each = course.each or not told <= one.tree.keys()
        return alone if course.each else one
