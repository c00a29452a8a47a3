"""Help now in a real browser: by the clock of the device, without a voice, on paper, and how much of it travels.

Without a network: test_help_kept.py.
"""

from __future__ import annotations

import datetime
import gzip
import io
import re
from pathlib import Path

import brotli
import pypdf
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, expect

from leeward.library.line_hours import hours_from
from leeward.library.line_words import state_said
from leeward.library.lines import countries_with_lines
from leeward.library.offline import ICON, SCRIPTS, SHEET
from tests.browser.test_axe import violations
from tests.browser.test_help_kept import see
from tests.browsing import DESKTOP, Opens

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

BUDGET = 15_000  # bytes
PAGES = ("/help/", *(f"/help/{code.lower()}/" for code in countries_with_lines()))


def shown_at(page: Page, moment: str, path: str = "/help/gb/") -> None:
    """Open a help page, if it is not open, and let it be that moment, at which it was drawn."""
    if not page.url.endswith(path):
        page.goto(path)
    page.clock.set_fixed_time(moment)
    page.locator("[data-drawn]").evaluate(
        "(words, moment) => { words.dataset.drawn = moment; window.dispatchEvent(new Event('pageshow')); }", moment
    )


def names(page: Page, kind: str) -> list[str]:
    """The lines of one kind, in the order of the page."""
    return page.locator(f"h2:text-is('{kind}') + ul > li > h3").all_inner_texts()


def state(page: Page, line: str) -> str:
    """What the page says of a line's being open."""
    return page.locator(f"li.help-line:has(h3:text-is('{line}')) .state").inner_text()


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
    ],
)
def test_a_page_that_was_kept_goes_by_the_clock_of_the_device(opens: Opens, at: str, device: str, calm: str) -> None:
    page = opens(timezone_id=device)
    shown_at(page, at)
    assert state(page, "CALM") == calm


def test_a_clock_that_is_behind_the_place_is_not_believed(opens: Opens) -> None:
    page = opens(timezone_id="Europe/London")
    page.clock.set_fixed_time("2026-10-25T16:30:00Z")
    page.goto("/help/gb/")
    expect(page.locator("[data-drawn]")).to_contain_text("UTC")


def test_open_lines_come_first_and_then_those_that_open_next(opens: Opens) -> None:
    page = opens(timezone_id="Europe/London")
    kind = "About losing a pregnancy or a baby"
    shown_at(page, "2026-11-24T19:00:00Z")  # a Tuesday evening
    expect(page.locator("[data-drawn]")).to_contain_text("Tuesday 24 November")
    evening = names(page, kind)
    assert evening[0] == "Sands"
    assert state(page, "Sands") == "Open now, until 21:00."
    assert evening[-1] == "The Ectopic Pregnancy Trust"  # nobody knows its hours
    shown_at(page, "2026-11-25T09:30:00Z")
    morning = names(page, kind)
    assert set(morning[:3]) == {"Miscarriage Association", "Tommy's midwives", "Child Bereavement UK"}
    assert state(page, "Sands") == "Opens today at 10:00."


def test_nothing_moves_under_a_finger(opens: Opens) -> None:
    page = opens(timezone_id="Europe/London")
    kind = "About losing a pregnancy or a baby"
    shown_at(page, "2026-11-24T19:00:00Z")
    expect(page.locator("[data-drawn]")).to_contain_text("Tuesday 24 November")
    before = names(page, kind)
    page.get_by_role("link", name="Call 0808 164 3332").focus()
    shown_at(page, "2026-11-24T22:00:00Z")
    assert state(page, "Sands").startswith("Opens tomorrow at 10:00")
    assert names(page, kind) == before


def test_script_and_server_agree_on_every_line_at_every_hour_around_the_changes(opens: Opens) -> None:
    page = opens(timezone_id="Pacific/Kiritimati")  # no line's zone, so that each is said by its own clock
    changes = {"/help/gb/": ("2027-03-28", "2027-10-31"), "/help/au/": ("2027-04-04", "2027-10-03")}
    for path, its_own in changes.items():
        for around in (*its_own, "2027-01-01"):
            start = datetime.datetime.fromisoformat(around).replace(tzinfo=datetime.UTC)
            for hour in range(-30, 31, 5):
                now = start + datetime.timedelta(hours=hour, minutes=30)
                shown_at(page, now.isoformat(), path)
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
def test_axe_finds_nothing_once_the_scripts_have_spoken(opens: Opens, path: str) -> None:
    page = opens(timezone_id="Australia/Sydney")
    see(page, path)
    assert not violations(page)
    page.get_by_role("button", name="Do not keep it here").click()
    expect(page.get_by_text("This browser does not keep this page.")).to_be_visible()
    assert not violations(page)


def test_a_keyboard_leads_to_what_needs_no_voice(opens: Opens) -> None:
    page = opens(viewport=DESKTOP)
    page.goto("/help/gb/")
    page.get_by_role("link", name="I cannot speak now").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#silent') !== null")
    assert page.evaluate("document.activeElement.href") == "sms:85258?&body=SHOUT"


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
    files = (SHEET, ICON, *SCRIPTS)
    around = sum(_static(name, how=how) for name in files)
    around += (
        2 * len(files) * len(".0123456789ab")
    )  # a running place names each by its content, on the page and in the worker
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
