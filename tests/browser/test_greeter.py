"""A greeter, by keyboard alone, with scripts and without: her days, the bell, first words, her answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from leeward.moderation.actions.cover import call_for_cover
from tests.browser.hands import follow_by_key, press_by_key, tab_to
from tests.browser.test_axe import violations
from tests.browsing import Opens
from tests.conftest import Cast
from tests.moderation.greeters import greets, told_ago

pytestmark = pytest.mark.browser

ANSWER = "I read yours twice. Mine was in March."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_greeter_answers_first_words_by_keyboard(cast: Cast, opens: Opens, scripts: bool) -> None:
    told_ago(cast.author, 30)
    greets(cast.other_member)
    assert call_for_cover() == 1

    page = opens(cast.other_member, scripts=scripts)
    page.goto("/me/")
    follow_by_key(page, "First words", exact=False)
    follow_by_key(page, "Who greets on which day", exact=False)
    tab_to(page, page.get_by_label("Monday"))
    page.keyboard.press("Space")
    press_by_key(page, "Save")
    expect(page.locator(".said")).to_contain_text("Kept.")

    follow_by_key(page, "Bell", exact=False)
    follow_by_key(page, "Something waits for an answer.", exact=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour")
    page.goto("/greeting/")
    if scripts:
        assert not violations(page)
    press_by_key(page, "I will answer")
    expect(page.locator(".said")).to_contain_text("for the next six hours")
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type(ANSWER)
    press_by_key(page, "Answer")
    page.goto("/greeting/")
    expect(page.locator("main")).to_contain_text("Nobody waits.")


def test_the_pages_of_a_greeter_have_no_fault_that_axe_finds(cast: Cast, opens: Opens) -> None:
    for teller in (cast.author, cast.same_ring, cast.host):
        told_ago(teller, 30, f"By {teller.name}")
    greets(cast.other_member)
    page = opens(cast.other_member)
    page.goto("/greeting/")
    page.get_by_role("button", name="I will answer").first.click()
    for address in ("/greeting/", "/greeting/rota/"):
        page.goto(address)
        assert not violations(page)
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == 320
