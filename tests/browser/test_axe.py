"""Axe finds nothing on any page: WCAG 2.2 A and AA, on a phone, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import Sight, behind_doors, by_person, seldom_seen, with_faults
from tests.browsing import Opens
from tests.promises.furnishing import Furnished

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]  # what a page looks like is the same on any database

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LIGHT = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
DARK = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In the dark nothing is different but the colours."""


def violations(page: Page) -> list[str]:
    """What axe says of a page, each with the rule, the element, and what to mend."""
    found = []
    for scheme, options in (("light", LIGHT), ("dark", DARK)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words it knows
        for violation in Axe().run(page, options=options).response["violations"]:
            found += [f"{scheme}: {violation['id']}: {_said(node)}" for node in violation["nodes"]]
    page.emulate_media(color_scheme="light")
    return found


def _said(node: dict[str, str]) -> str:
    return f"{node['html'][:200]} – {node['failureSummary']}"


@pytest.mark.parametrize("sights", [behind_doors, with_faults, seldom_seen])
def test_axe_finds_nothing(furnished: Furnished, opens: Opens, sights: Callable[[Furnished], Iterator[Sight]]) -> None:
    pages = by_person(sights(furnished), furnished, opens)
    found = [f"{name}: {said}" for page, name in pages for said in violations(page)]
    assert not found, "\n".join(found)


def test_axe_would_find_something(opens: Opens) -> None:
    page = opens()
    page.set_content("<p style='color: #bbb'>pale</p><img src='data:,'>")
    assert violations(page)
