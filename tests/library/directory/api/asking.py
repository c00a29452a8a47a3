"""Asking the API as a program does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.test import Client


def ask(path: str, status: int = 200, **asked: Any) -> Any:
    """What the API answers.

    Args:
        path: below its root.
        status: that it must have.
        asked: parameters.
    """
    response = Client().get(f"/hsds/{path}", asked)
    assert response.status_code == status, (path, asked, response.content[:500])
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def every(path: str, **asked: Any) -> Iterator[Any]:
    """All records of a list, page by page."""
    page = 1
    while True:
        answer = ask(path, page=page, **asked)
        yield from answer["contents"]
        if answer["last_page"]:
            return
        page += 1


def ids(path: str, **asked: Any) -> list[str]:
    """The ids of all records of a list."""
    return [record["id"] for record in every(path, **asked)]
