"""The busy pages weigh less than 60 KB on an empty cache, everything that Chromium asks for included."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Page, Response

from tests.browsing import Opens
from tests.promises.furnishing import Furnished

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]  # what a page looks like is the same on any database

BUDGET = 60 * 1024  # bytes


def weight(response: Response) -> int:
    """How many bytes of a body travel: pages in gzip by the host's proxy, static files in brotli by whitenoise."""
    body, kind = response.body(), response.headers.get("content-type", "").partition(";")[0]
    if kind == "font/woff2":
        return len(body)  # compressed in itself
    return len(gzip.compress(body) if kind == "text/html" else brotli.compress(body))


def weigh(page: Page, address: str) -> dict[str, int]:
    """What each thing weighs that the browser asks for to show a page."""
    asked: list[Response] = []
    page.on("response", lambda response: asked.append(response))  # noqa: PLW0108  # Playwright cannot wrap a list's own
    page.goto(address, wait_until="networkidle")
    return {urlsplit(response.url).path: weight(response) for response in asked}


BUSY = [
    ("stranger", "web:home"),
    ("author", "web:home"),
    ("stranger", "stories:list"),
    ("other_member", "stories:read"),
    ("stranger", "web:near"),
    ("author", "web:near"),
    ("author", "web:search"),
    ("author", "journeys:overview"),
    ("author", "journeys:step"),
    ("author", "numbers:every"),
    ("author", "numbers:mine"),
    ("author", "circles:people"),
    ("author", "circles:found"),
    ("author", "circles:lights"),
    ("author", "circles:light_asked"),
    ("author", "circles:meeting"),
    ("other_member", "circles:person"),
]
"""Who looks at which page, each with an empty cache."""


def test_a_page_with_all_that_it_asks_for_stays_under_sixty_kilobytes(furnished: Furnished, opens: Opens) -> None:
    for who, name in BUSY:
        page = opens(getattr(furnished.cast, who, None))
        weights = weigh(page, furnished.path(name))
        page.context.close()
        assert any(path.endswith(".css") for path in weights), name
        assert any(path.endswith(".woff2") for path in weights), name
        assert sum(weights.values()) < BUDGET, f"{name} as {who}: {weights}"
