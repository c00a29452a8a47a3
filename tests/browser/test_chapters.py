"""How a story goes on, on a phone, with and without scripts: a second part for fewer people than the first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from leeward.audience.models import MEMBERS
from leeward.moderation.models import FirstTexts
from leeward.stories.models import Chapter
from tests.browser.hands import press
from tests.browsing import Opens
from tests.conftest import Cast
from tests.stories.telling import told

pytestmark = pytest.mark.browser

BEGINNING, NARROW, WIDE = "It rained the whole week.", "There will be no next time.", "Today I opened the drawer."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_second_part_is_for_fewer_people_and_the_others_find_no_trace(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    for member in (cast.author, cast.same_ring):
        FirstTexts.objects.create(member=member, released=100)
    story = told(cast.author, MEMBERS, title="The harbour", text=BEGINNING)
    page = opens(cast.author, scripts=scripts)
    go_on(page, story.get_absolute_url(), "A year later", WIDE, year="2025")
    press(page, "Show it to them")
    go_on(page, story.get_absolute_url(), "The last part", NARROW)
    page.get_by_label("People I choose", exact=True).check()
    press(page, "Show it to them")
    expect(page.locator("main")).to_contain_text("Who may see it: People I choose")

    chosen = opens(cast.same_ring, scripts=scripts)
    chosen.goto(story.get_absolute_url())
    heads = chosen.get_by_role("heading", level=2)
    expect(heads.filter(has_text="A year later")).to_be_visible()
    expect(heads.filter(has_text="The last part")).to_be_visible()
    answer(chosen, Chapter.objects.written_by(cast.author).get(title="The last part"))
    press(chosen, "Tell me when it goes on")
    expect(chosen.get_by_role("button", name="Do not tell me any more")).to_be_visible()

    other = opens(cast.other_member, scripts=scripts)
    other.goto(story.get_absolute_url())
    main = other.locator("main")
    for words in (BEGINNING, "2025", WIDE):
        expect(main).to_contain_text(words)
    for words in ("The last part", NARROW, "I sat beside you."):
        expect(main).not_to_contain_text(words)

    page.get_by_role("link", name="Take it back").last.click()
    press(page, "Take it back")
    expect(page.locator("main")).to_contain_text(WIDE)
    expect(page.locator("main")).not_to_contain_text("The last part")


def go_on(page: Page, story: str, title: str, text: str, year: str = "") -> None:
    """Write how the story goes on, up to the page on which she chooses who sees it."""
    page.goto(story)
    page.get_by_role("link", name="The story goes on").click()
    page.get_by_label("A title").fill(title)
    page.get_by_label("What you want to tell").fill(text)
    page.get_by_label("Year").fill(year)
    press(page, "Keep, and choose who sees it")


def answer(page: Page, chapter: Chapter) -> None:
    """Answer one part, folded open under it."""
    part = page.locator(f"[id='{chapter.ref}']")
    part.get_by_text("Answer this part").click()
    part.get_by_label("Your answer").fill("I sat beside you.")
    part.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("I sat beside you.")).to_be_visible()
