"""Answers on a phone, by keyboard alone, with and without scripts: either order, turned, come back to, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish
from leeward.stories.answers import PAGE
from leeward.stories.models import Answer, Story
from tests.browser.hands import follow_by_key, press_by_key, tab_to
from tests.browser.test_axe import violations
from tests.browser.test_readable import BEYOND, NARROW
from tests.browsing import PHONE, Opens
from tests.conftest import Cast
from tests.stories.telling import told, went_on

pytestmark = pytest.mark.browser

MANY = PAGE + 4


@pytest.fixture
def story(cast: Cast, settings: Any) -> Story:
    """A story with more answers than a page shows, each its number, and a part that nobody has answered."""
    settings.FIRST_TEXTS_READ = 0
    story = told(cast.author, MEMBERS, text="It rained the whole week.")
    for number in range(MANY):
        publish(Answer.objects.create(story=story, author=cast.same_ring, text=f"the answer of number {number}"))
    went_on(story, MEMBERS, title="A year later", text="Today I opened the drawer.")
    return story


def shown(page: Page) -> list[int]:
    """The numbers of the answers to the beginning, as they stand on the page."""
    texts = page.locator("section:has(> #answers-title) article.answer .prose").all_inner_texts()
    return [int(text.split()[-1]) for text in texts]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_answers_are_read_in_either_order_turned_and_come_back_to(
    cast: Cast, story: Story, opens: Opens, scripts: bool
) -> None:
    page = opens(cast.other_member, scripts=scripts)
    page.goto(story.get_absolute_url())
    assert shown(page) == list(range(PAGE))
    follow_by_key(page, "Later answers")
    assert shown(page) == list(range(PAGE, MANY))
    follow_by_key(page, "The newest first instead")
    assert shown(page) == list(range(MANY - 1, MANY - 1 - PAGE, -1))
    follow_by_key(page, "Earlier answers")
    assert shown(page) == [3, 2, 1, 0]
    follow_by_key(page, "The oldest first instead")
    assert shown(page) == list(range(PAGE))
    place = Answer.objects.written_by(cast.same_ring).order_by("at")[MANY - 2].get_absolute_url()
    page.goto(place)  # as a bookmark does
    assert MANY - 2 in shown(page)
    expect(page.locator(f"[id='{place.partition('#')[2]}']")).to_be_in_viewport()
    page.set_viewport_size(NARROW)
    assert not scripts or not page.evaluate(BEYOND)
    page.set_viewport_size(PHONE)
    assert not scripts or not violations(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_part_is_answered_the_answer_taken_back_and_the_story_closed(
    cast: Cast, story: Story, opens: Opens, scripts: bool
) -> None:
    page = opens(cast.other_member, scripts=scripts)
    page.goto(story.get_absolute_url())
    part = page.locator("section.story", has=page.get_by_role("heading", name="A year later"))
    tab_to(page, part.locator("summary", has_text="Answer this part"))
    page.keyboard.press("Enter")
    tab_to(page, part.get_by_label("Your answer"))
    page.keyboard.type("I sat beside you.")
    tab_to(page, part.get_by_role("button", name="Answer", exact=True))
    page.keyboard.press("Enter")
    mine = page.locator("article.answer", has_text="I sat beside you.")
    expect(mine).to_be_in_viewport()

    hers = opens(cast.author, scripts=scripts)
    hers.goto(story.get_absolute_url())
    expect(hers.locator("main")).to_contain_text("I sat beside you.")

    tab_to(page, mine.get_by_role("link", name="Take away"))
    page.keyboard.press("Enter")
    press_by_key(page, "Take it away")
    expect(page.locator("[role=status]", has_text="It is gone.")).to_be_visible()
    hers.reload()
    expect(hers.locator("main")).not_to_contain_text("I sat beside you.")

    press_by_key(hers, "Close the answers")
    page.goto(story.get_absolute_url())
    expect(page.get_by_text("The answers are closed. Those that are here stay.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_count(0)
    assert shown(page) == list(range(PAGE))
