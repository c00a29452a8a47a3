"""Searching on a phone, with scripts and without: what is sought is sent, and stands in no address."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leeward.audience.models import EVERYONE, MEMBERS
from tests.browsing import Opens
from tests.conftest import Cast
from tests.finding import finder, no_finder
from tests.stories.telling import told

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]


def search(page: Page, words: str) -> None:
    """Look for something, as one does on a telephone: by the key that sends."""
    box = page.get_by_role("searchbox")
    box.fill(words)
    with page.expect_navigation():
        box.press("Enter")


def test_she_searches_reads_on_and_finds_by_meaning(cast: Cast, opens: Opens, settings: Any, scripts: bool) -> None:
    told(cast.author, MEMBERS, title="By the water", text="We sat by the heronry until it was dark.")
    told(cast.author, MEMBERS, title="The ward", text="They let me go home with milk and an empty car seat.")
    with finder(settings) as found:
        found.follow()
        page = opens(cast.other_member, scripts=scripts)
        page.goto("/")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
        search(page, "heronry")
        expect(page.locator("mark")).to_have_text("heronry")
        expect(page).to_have_url(f"{page.url.partition('?')[0]}")
        assert "heronry" not in page.url
        expect(page.get_by_role("searchbox")).to_have_value("heronry")
        search(page, "breasts leaking after the birth, nobody to feed")
        expect(page.locator(".card").first).to_contain_text("The ward")
        page.get_by_role("link", name="The ward").click()
        expect(page.locator("article.story")).to_contain_text("car seat")


def test_letters_and_slips_are_understood_and_nothing_found_is_no_end(
    cast: Cast, opens: Opens, settings: Any, scripts: bool
) -> None:
    no_finder(settings)
    told(cast.author, EVERYONE, title="In the open", text="It was a miscarriage, they said.")
    page = opens(scripts=scripts)
    page.goto("/search/")
    search(page, "miscariage")
    expect(page.locator("main")).to_contain_text("Also looked for: miscarriage")
    expect(page.locator(".card")).to_contain_text("In the open")
    search(page, "TFMR")
    expect(page.locator("dt")).to_have_text("TFMR")
    expect(page.locator("main")).to_contain_text("Nothing was found for these words")
    expect(page.locator("main").get_by_role("link", name="Help now")).to_be_visible()


def test_she_turns_over_results(cast: Cast, opens: Opens, settings: Any, scripts: bool) -> None:
    no_finder(settings)
    for turn in range(14):
        told(cast.author, MEMBERS, title=f"story {turn}", text="by the heronry")
    page = opens(cast.other_member, scripts=scripts)
    page.goto("/search/")
    search(page, "heronry")
    expect(page.locator(".card")).to_have_count(12)
    page.get_by_role("button", name="Look further").click()
    expect(page.locator(".card")).to_have_count(2)
    expect(page.get_by_role("button", name="Look further")).to_have_count(0)
