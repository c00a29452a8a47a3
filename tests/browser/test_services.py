"""Finding a service on a phone: with scripts and without, and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from leeward.library.finding.bringing_places import bring_places
from leeward.village.directory import PLACES
from tests.browsing import Opens
from tests.library.finding.keeping import FAR, LOWLAMP, at, service, term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lamps() -> None:
    bring_places(PLACES)
    phone = [{"id": "1", "number": "+44 1632 960101"}]
    service("Lamp group", at(LOWLAMP), attributes=[term("leeward-need", "group")], phones=phone)
    service("Far group", at(FAR, "Farness"), attributes=[term("leeward-need", "group")])
    service("Old group", at(LOWLAMP), attributes=[term("leeward-need", "group")], assured_date=None)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_she_finds_what_is_near_and_nothing_of_it_is_in_the_address(lamps: None, opens: Opens, scripts: bool) -> None:
    page = opens(scripts=scripts)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/services/")
    page.get_by_label("What do you need?").select_option(label="A group of people who know it")
    page.get_by_label("Near where?").fill("lowlamp")
    page.get_by_text("More choices").click()
    expect(page.get_by_label("In which language?")).to_be_visible()
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#found")).to_have_text("2 were found")
    assert page.url.endswith("/services/#found")
    expect(page.get_by_label("Near where?")).to_have_value("lowlamp")
    cards = page.locator(".service")
    expect(cards.first).to_contain_text("Lamp group")
    expect(cards.first).to_contain_text("less than 1 km away")
    expect(page.get_by_role("heading", name="Not checked lately")).to_be_visible()
    expect(cards.last).to_contain_text("Old group")
    assert page.get_by_role("link", name="+44 1632 960101").first.get_attribute("href") == "tel:+441632960101"
    wide = page.evaluate("document.documentElement.scrollWidth") if scripts else 320
    assert wide <= 320, "nothing is cut off on a narrow phone"
    page.get_by_role("link", name="Lamp group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamp group")
    expect(page.locator("main")).to_contain_text("1 Lamp Hill")
    assert page.title().startswith("A service"), "nothing of it on a screen that others see"


def test_a_service_is_found_with_the_keyboard_alone(lamps: None, opens: Opens) -> None:
    page = opens()
    page.goto("/services/")
    page.get_by_label("In your words").focus()
    page.keyboard.type("Lamp")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 was found")
    link = page.get_by_role("link", name="Lamp group")
    for _press in range(40):
        if link.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamp group")
