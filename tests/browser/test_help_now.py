"""Help now in a real browser: without a network, by the clock of the device, on paper, and how much of it travels."""

from __future__ import annotations

import datetime
import gzip
import io
import re
import time
from pathlib import Path

import brotli
import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from leeward.library import offline, views
from leeward.library.line_hours import hours_from
from leeward.library.line_words import state_said
from leeward.library.lines import countries_with_lines
from leeward.library.offline import ICON, SCRIPTS, SHEET
from leeward.library.shown import Groups, lines_by_kind
from tests.browser.neutral import Neutral
from tests.browser.watching import Watch
from tests.browsing import DESKTOP, PATIENCE_MS, Opens
from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

BUDGET = 15_000  # bytes
Watches = dict[BrowserContext, Watch]
KEPT_PATHS = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found.sort();
}"""
PAGES = ("/help/", *(f"/help/{code.lower()}/" for code in countries_with_lines()))


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


def names(page: Page, kind: str) -> list[str]:
    """The lines of one kind, in the order of the page."""
    return page.locator(f"h2:text-is('{kind}') + ul > li > h3").all_inner_texts()


def state(page: Page, line: str) -> str:
    """What the page says of a line's being open."""
    return page.locator(f"li.help-line:has(h3:text-is('{line}')) .state").inner_text()


# -- Without a network ----------------------------------------------------------------------------------------


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
    drawn = page.locator("[data-drawn]").get_attribute("data-drawn")

    def slowly(country: str) -> Groups:
        time.sleep(6)
        return lines_by_kind(country)

    monkeypatch.setattr(views, "lines_by_kind", slowly)
    begun = time.monotonic()
    page.goto("/help/gb/", wait_until="domcontentloaded")
    assert time.monotonic() - begun < 5
    assert page.locator("[data-drawn]").get_attribute("data-drawn") == drawn
    time.sleep(8)  # what was on its way arrives, or it would be cut off below


def test_a_new_version_begins_with_all_that_was_kept(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opens()
    see(page, "/help/gb/")
    (before,) = page.evaluate("caches.keys()")
    monkeypatch.setattr(offline, "ICON", "img/ridge.svg")
    page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.update())")
    becomes(page, f"caches.keys().then((names) => names.length === 1 && names[0] !== '{before}')", True)
    assert kept_pages(page) == ["/help/gb/"]
    assert "/static/img/ridge.svg" in page.evaluate(KEPT_PATHS)


# -- By the clock ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "device", "calm"),
    [
        ("2026-11-23T16:59:00Z", "Europe/London", "Opens today at 17:00."),
        ("2026-11-23T17:00:00Z", "Europe/London", "Open now, until midnight."),
        (
            "2026-11-23T12:00:00Z",
            "Australia/Sydney",
            "Opens on Monday 23 November at 17:00, London time. By this device’s clock: Tuesday 24 November, 04:00.",
        ),
        ("2027-03-28T16:30:00Z", "Europe/London", "Open now, until midnight."),  # summer since that morning
        ("2026-10-25T16:30:00Z", "Africa/Casablanca", ""),
    ],
)
def test_a_page_that_was_kept_goes_by_the_clock_of_the_device(opens: Opens, at: str, device: str, calm: str) -> None:
    page = opens(timezone_id=device)
    page.clock.set_fixed_time(at)
    page.goto("/help/gb/")
    if not calm:  # a device whose clock is behind the place's own is not believed
        expect(page.locator("[data-drawn]")).to_contain_text("UTC")
        return
    expect(page.locator("li.help-line:has(h3:text-is('CALM')) .state")).to_have_text(calm)


def test_open_lines_come_first_and_then_those_that_open_next(opens: Opens) -> None:
    page = opens(timezone_id="Europe/London")
    kind = "About losing a pregnancy or a baby"
    page.clock.set_fixed_time("2026-11-24T19:00:00Z")  # a Tuesday evening
    page.goto("/help/gb/")
    expect(page.locator("[data-drawn]")).to_contain_text("Tuesday 24 November")
    evening = names(page, kind)
    assert evening[0] == "Sands"
    assert state(page, "Sands") == "Open now, until 21:00."
    assert evening[-1] == "The Ectopic Pregnancy Trust"  # nobody knows its hours
    page.clock.set_fixed_time("2026-11-25T09:30:00Z")
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    morning = names(page, kind)
    assert set(morning[:3]) == {"Miscarriage Association", "Tommy's midwives", "Child Bereavement UK"}
    assert state(page, "Sands") == "Opens today at 10:00."


def test_nothing_moves_under_a_finger(opens: Opens) -> None:
    page = opens(timezone_id="Europe/London")
    kind = "About losing a pregnancy or a baby"
    page.clock.set_fixed_time("2026-11-24T19:00:00Z")
    page.goto("/help/gb/")
    expect(page.locator("[data-drawn]")).to_contain_text("Tuesday 24 November")
    before = names(page, kind)
    page.get_by_role("link", name="Call 0808 164 3332").focus()
    page.clock.set_fixed_time("2026-11-24T22:00:00Z")
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    assert state(page, "Sands").startswith("Opens tomorrow at 10:00")
    assert names(page, kind) == before


def test_script_and_server_agree_on_every_line_at_every_hour_around_the_changes(opens: Opens) -> None:
    page = opens(timezone_id="Pacific/Kiritimati")  # no line's zone, so that each is said by its own clock
    for around in ("2027-03-28", "2027-10-31", "2027-04-04", "2027-10-03", "2027-01-01"):
        for hour in range(-30, 31, 5):
            start = datetime.datetime.fromisoformat(around).replace(tzinfo=datetime.UTC)
            now = start + datetime.timedelta(hours=hour, minutes=30)
            for code in ("gb", "au"):
                if not page.url.endswith(f"/{code}/"):
                    page.clock.set_fixed_time(now)
                    page.goto(f"/help/{code}/")
                page.clock.set_fixed_time(now)
                page.evaluate("window.dispatchEvent(new Event('pageshow'))")
                _agree(page, now)


def _agree(page: Page, now: datetime.datetime) -> None:
    shown = page.locator("li.help-line[data-zone]").evaluate_all(
        "(all) => all.map((one) => [one.dataset.open, one.dataset.zone, one.querySelector('.state').textContent])"
    )
    assert shown
    for spans, zone, said in shown:
        days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        parts = re.findall(r"(\d):(\d+)-(\d+)", spans)
        times = ", ".join(
            f"{days[int(day)]} {int(begins) // 60:02}:{int(begins) % 60:02}-{int(ends) // 60:02}:{int(ends) % 60:02}"
            for day, begins, ends in parts
        )
        hours = hours_from(times, zone)
        assert hours is not None
        assert said.partition(" By this")[0] == state_said(hours, hours.at(now), now), now


def test_without_scripts_the_page_says_for_which_moment_it_was_drawn(opens: Opens) -> None:
    page = opens(scripts=False)
    page.goto("/help/gb/")
    expect(page.locator("[data-drawn]")).to_contain_text(re.compile(r"as at \d\d:\d\d UTC, \d+ \w+ \d{4}"))
    assert not page.get_by_text("This browser keeps this page").is_visible()


# -- Without a voice, on paper, in few bytes ------------------------------------------------------------------


def test_who_cannot_speak_finds_what_answers_in_writing(opens: Opens) -> None:
    page = opens()
    page.goto("/help/us/")
    page.get_by_role("link", name="I cannot speak now").click()
    part = page.locator("#silent")
    expect(part.get_by_role("heading", name="I cannot speak now")).to_be_in_viewport()
    expect(part.get_by_role("link", name="Text HOME to 741741")).to_have_attribute("href", "sms:741741?&body=HOME")
    expect(part).to_contain_text("In many places a text message to 911 works too.")


@pytest.mark.parametrize("path", ["/help/", "/help/gb/"])
def test_help_is_read_on_a_narrow_telephone_and_at_twice_the_size(opens: Opens, path: str) -> None:
    for width in (320, 640):
        page = opens(viewport={"width": width, "height": 600})
        page.goto(path)
        if width == 640:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        for part in ("body", ".exits", ".main"):
            assert page.locator(part).evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0, (width, part)


@pytest.mark.parametrize("path", PAGES[1:])
def test_a_country_is_one_sheet_of_paper(opens: Opens, path: str) -> None:
    page = opens(viewport=DESKTOP, color_scheme="dark")
    page.goto(path)
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(sheet.pages) == 1
    text = sheet.pages[0].extract_text()
    assert "as it stood at" in text
    assert "Leave this page" not in text
    page.emulate_media(media="print")
    assert page.locator("body").evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    number = page.locator(".help-line__ways a[href^=tel]").first
    assert float(number.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")) > 17


def _static(name: str, *, how: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str)
    content = Path(found).read_bytes()
    return len(brotli.compress(content) if how == "br" else gzip.compress(content))


@pytest.mark.parametrize("how", ["br", "gzip"])
def test_help_travels_in_less_than_fifteen_kilobytes(client: Client, how: str) -> None:
    around = sum(_static(name, how=how) for name in (SHEET, ICON, *SCRIPTS))
    accepts = {"accept-encoding": how}
    around += len(client.get("/help/offline.js", headers=accepts).content)
    weights = {path: around + len(client.get(path, headers=accepts).content) for path in PAGES}
    assert max(weights.values()) < BUDGET, weights


def test_help_asks_for_what_is_weighed_and_nothing_else(opens: Opens) -> None:
    page = opens()
    asked: set[str] = set()
    page.context.on("request", lambda request: asked.add(request.url.partition("/static/")[2] or request.url))
    see(page, "/help/gb/")
    pages = {one for one in asked if one.startswith("http")}
    assert asked - pages == {SHEET, *SCRIPTS} | (asked & {ICON})
    assert {re.sub(r"^http://[^/]*", "", one) for one in pages} <= {"/help/gb/", "/help/offline.js"}
