"""A draft in one person's hands, in a real browser: handed over, read, written about, and back again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import press
from tests.browser.test_axe import violations
from tests.browsing import DESKTOP, Opens
from tests.conftest import Cast
from tests.stories.reading_together import WORDS, draft, handed, remarked, trusting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_she_hands_it_over_hears_back_and_takes_it_back(cast: Cast, opens: Opens, scripts: bool) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    page = opens(cast.author, scripts=scripts)
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Let one person whom you trust read it first").click()
    page.get_by_label("Ines").check()
    page.get_by_label("Three days").check()
    press(page, "Hand it over")
    expect(page.get_by_role("heading", level=1)).to_have_text("With Ines")

    reader = opens(cast.same_ring, scripts=scripts)
    reader.goto("/bell/")
    reader.get_by_role("link", name="Somebody asks whether you would read something.").click()
    expect(reader.locator("main")).to_contain_text("Maud asks whether you would read something")
    expect(reader.locator("main")).not_to_contain_text(WORDS)
    expect(reader).to_have_title("Something to read")
    reader.get_by_role("link", name="Read it").click()
    expect(reader.locator("main")).to_contain_text(WORDS)
    reader.get_by_label("Your words").fill("I stopped at the lamp.")
    press(reader, "Send it")
    expect(reader.locator("article")).to_contain_text("I stopped at the lamp.")

    page.goto("/together/")
    page.get_by_role("link", name="The lamp").click()
    expect(page.locator("article")).to_contain_text("I stopped at the lamp.")
    press(page, "Not any more")
    expect(page.get_by_text("It is with you alone again")).to_be_visible()
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(WORDS)
    reader.goto("/together/")
    expect(reader.locator("main")).not_to_contain_text("You are asked")
    reader.get_by_role("link", name="I stopped at the lamp.").click()
    press(reader, "Take it back")
    expect(reader.locator("main")).not_to_contain_text("I stopped at the lamp.")


def test_by_keyboard_alone_it_is_opened_and_left(cast: Cast, opens: Opens) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring)
    page = opens(cast.same_ring)
    page.goto(reading.get_absolute_url())
    reach(page, "Read it")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(WORDS)
    reach(page, "I would rather not")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is out of your sight")).to_be_visible()


def test_axe_finds_nothing_where_a_draft_is_read_first(cast: Cast, opens: Opens) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring, notes=1)
    theirs = remarked(reading, cast.same_ring)
    remarked(reading, cast.author, "Thank you.")
    second = handed(draft(cast.same_ring, title="The garden", text="Nothing grew that year."), cast.author)
    draft(cast.author, title="Not yet")
    found = []
    for member, addresses in (
        (cast.author, ["/together/", reading.get_absolute_url(), second.get_absolute_url()]),
        (
            cast.same_ring,
            [f"{reading.get_absolute_url()}?open", "/together/", f"/remarks/{theirs.ref}/take-back/"],
        ),
    ):
        page = opens(member)
        for address in addresses:
            page.goto(address)
            found += [f"{address}: {each}" for each in violations(page)]
            fits(page, address)
    assert found == []


def fits(page: Page, address: str) -> None:
    """Nothing is wider than the narrowest screen."""
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.set_viewport_size(DESKTOP)


def reach(page: Page, name: str) -> None:
    """Go from one thing to the next until the one of this name has the focus."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"{name} cannot be reached")
