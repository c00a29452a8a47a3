"""An HSDS API of our own on loopback, and how tests ask one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from leeward.library.directory.reading.asking import Patience
from leeward.library.directory.reading.found import Fault, Read
from leeward.library.directory.reading.reader import read
from tests.library.answering import here_too, well
from tests.library.directory.reading.records import SERVICE

SOON = Patience(tries=3, first=0.01, longest=0.2)
NOT_THERE = well(b"{}", status="404 Not Found")


class Served:
    """An HSDS API with lists of ours.

    Args:
        lists: what there is.
        per_page: how many it gives on a page, whatever is asked for.
        knows_full: whether a list gives all that belongs to a record when `full=true` is asked for.
    """

    def __init__(self, per_page: int = 2, *, knows_full: bool = True, **lists: Any) -> None:
        self.lists = lists
        self.per_page = per_page
        self.knows_full = knows_full
        self.head = True

    def __call__(self, target: str, _headers: dict[str, str]) -> Iterable[bytes]:
        parts = urlsplit(target)
        steps = parts.path.strip("/").split("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if steps == [""]:
            return [self.answer({"version": "3.0", "profile": "https://p.example", "openapi_url": "https://o.example"})]
        if steps[0] not in self.lists:
            return [NOT_THERE]
        rows = self.lists[steps[0]]
        if len(steps) == 2:
            return [self.answer(row) for row in rows if row["id"] == steps[1]] or [NOT_THERE]
        return [self.page(steps[0], rows, int(query.get("page", 1)), full=query.get("full") == "true")]

    def page(self, name: str, rows: list[dict[str, Any]], page: int, *, full: bool) -> bytes:
        shown = rows[(page - 1) * self.per_page : page * self.per_page]
        if not (full and self.knows_full):
            shown = [{field: value for field, value in row.items() if not isinstance(value, list)} for row in shown]
        pages = -(-len(rows) // self.per_page)
        head = {"total_items": len(rows), "total_pages": pages, "page_number": page, "size": len(shown)}
        head |= {"first_page": page == 1, "last_page": page >= pages, "empty": not shown}
        return self.answer({**(head if self.head else {}), "contents": shown})

    @staticmethod
    def answer(value: object) -> bytes:
        return well(json.dumps(value).encode())


def many(count: int) -> list[dict[str, Any]]:
    return [{**SERVICE, "id": f"s{number}"} for number in range(count)]


def api(where: str, **options: Any) -> Iterable[Read | Fault]:
    return read(where, may_reach=here_too, patience=SOON, **options)
