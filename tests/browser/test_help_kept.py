"""Help now without a network: what a browser keeps of it, for whom, and how it goes again."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from leeward.library import offline, views
from leeward.library.shown import Groups, lines_by_kind
from tests.browser.neutral import Neutral
from tests.browser.watching import Watch
from tests.browsing import PATIENCE_MS, Opens
from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

Watches = dict[BrowserContext, Watch]
KEPT_PATHS = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found.sort();
}"""


def kept_pages(page: Page) -> list[str]:
    """The pages that the browser keeps."""
    return [path for path in page.evaluate(KEPT_PATHS) if not path.startswith("/static/")]


def becomes(page: Page, expression: str, wanted: object) -> None:
    """Wait until the browser answers as wanted; what answers with a promise is not waited for by Playwright itself."""
    patience = time.monotonic() + PATIENCE_MS / 1000
    while (found := page.evaluate(expression)) != wanted:
        assert time.monotonic() < patience, f"{expression}: {found!r}, not {wanted!r}"
        time.sleep(0.1)


def see(page: Page, path: str) -> None:
    """Open a help page and wait until the browser keeps it."""
    page.goto(path)
    expect(page.get_by_role("button", name="Do not keep it here")).to_be_visible()


def cut_off(page: Page, watches: Watches) -> None:
    """Take the line away."""
    watches[page.context].may_be_offline()
    page.context.set_offline(True)


def test_what_was_seen_opens_without_a_network_with_its_sheet_and_scripts(opens: Opens, watches: Watches) -> None:
    page = opens()
    see(page, "/help/gb/")
    see(page, "/help/")
    cut_off(page, watches)
    page.goto("/help/gb/")
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    assert page.evaluate("getComputedStyle(document.querySelector('.help-line')).borderTopLeftRadius") == "6px"
    expect(page.locator("[data-drawn]")).to_contain_text("by this device’s clock")
    page.get_by_role("link", name="Another country").click()
    expect(page.get_by_role("heading", name="Where are you now?")).to_be_in_viewport()
    page.context.set_offline(False)


def test_nothing_but_help_pages_is_kept_or_touched(opens: Opens, cast: Cast, watches: Watches) -> None:
    page = opens(cast.author)
    see(page, "/help/ie/")
    for path in ("/", "/stories/", "/me/", "/leave/about/"):
        page.goto(path)
        assert page.evaluate("navigator.serviceWorker.controller") is None
    assert kept_pages(page) == ["/help/ie/"]
    cut_off(page, watches)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/stories/")
    page.context.set_offline(False)


def test_the_kept_page_knows_nothing_of_who_opened_it(opens: Opens, cast: Cast) -> None:
    page = opens(cast.author)
    see(page, "/help/nz/")
    kept = page.evaluate("caches.match('/help/nz/').then((found) => found.text())")
    stranger = Client().get("/help/nz/").content.decode()
    moment = re.compile(r'data-drawn="[^"]*"|\d\d:\d\d UTC, [^.<]*')
    assert "Women&#39;s Refuge" in kept or "Women's Refuge" in kept
    assert moment.sub("", kept) == moment.sub("", stranger)
    assert cast.author.name not in kept


def test_the_worker_may_not_reach_beyond_help(opens: Opens, watches: Watches) -> None:
    page = opens()
    page.goto("/help/")
    refused = page.evaluate(
        "navigator.serviceWorker.register('/help/offline.js', {scope: '/'}).then(() => 'taken', (error) => error.name)"
    )
    assert refused == "SecurityError"
    assert "max scope allowed ('/help/')" in watches[page.context].troubles.pop()  # the browser's own word on it


def test_who_does_not_want_it_kept_says_so_once(opens: Opens) -> None:
    page = opens()
    see(page, "/help/gb/")
    page.get_by_role("button", name="Do not keep it here").click()
    expect(page.get_by_text("This browser does not keep this page.")).to_be_visible()
    becomes(page, "caches.keys()", [])
    page.goto("/help/ie/")
    expect(page.get_by_text("This browser does not keep this page.")).to_be_visible()
    assert kept_pages(page) == []
    page.get_by_role("button", name="Keep it, for when there is no network").click()
    expect(page.get_by_role("button", name="Do not keep it here")).to_be_visible()
    assert kept_pages(page) == ["/help/ie/"]


@pytest.mark.parametrize("where", ["/help/gb/", "/about/"])
def test_leaving_takes_the_kept_page_away(opens: Opens, neutral: Neutral, watches: Watches, where: str) -> None:
    page = opens()
    watches[page.context].may_reach(neutral.address)
    see(page, "/help/gb/")
    page.goto(where)
    page.locator("[data-leave-main]").click()
    page.wait_for_url(neutral.address)
    page.goto("/rules/")
    becomes(page, "caches.keys()", [])
    becomes(page, "navigator.serviceWorker.getRegistrations().then((found) => found.length)", 0)


def test_a_place_in_trouble_does_not_take_help_away(opens: Opens, settings: Settings, tmp_path: Path) -> None:
    page = opens()
    see(page, "/help/gb/")
    settings.DATA = tmp_path
    (tmp_path / "lines.toml").write_text("[[line")  # no page of help can be drawn from this
    assert Client(raise_request_exception=False).get("/help/gb/").status_code == 500
    page.goto("/help/gb/")
    expect(page.get_by_role("link", name="Call 116 123")).to_be_visible()


def test_who_waits_too_long_gets_the_kept_page(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opens()
    see(page, "/help/gb/")
    arrives, drawn = threading.Event(), threading.Semaphore(0)

    def slowly(country: str) -> Groups:
        assert arrives.wait(PATIENCE_MS / 1000)
        drawn.release()
        return lines_by_kind("US")

    monkeypatch.setattr(views, "lines_by_kind", slowly)
    page.goto("/help/gb/", wait_until="domcontentloaded")  # nothing new arrives before it is let
    expect(page.get_by_role("link", name="Call 116 123")).to_be_visible()
    arrives.set()
    for _asked in ("by the page", "by its script, to keep it"):
        assert drawn.acquire(timeout=PATIENCE_MS / 1000)  # what was on its way would be cut off below
    becomes(page, "caches.match('/help/gb/').then((kept) => kept.text()).then((it) => it.includes('116123'))", False)


def test_a_new_version_begins_with_all_that_was_kept(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opens()
    see(page, "/help/gb/")
    (before,) = page.evaluate("caches.keys()")
    monkeypatch.setattr(offline, "ICON", "img/ridge.svg")
    page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.update())")
    becomes(page, f"caches.keys().then((names) => names.length === 1 && names[0] !== '{before}')", True)
    assert kept_pages(page) == ["/help/gb/"]
    assert "/static/img/ridge.svg" in page.evaluate(KEPT_PATHS)
