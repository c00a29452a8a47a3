"""A writer on a phone, by keyboard alone, with scripts and without: the pause, help, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leeward.audience.models import MEMBERS
from leeward.moderation.actions.phrases import keep_phrases
from leeward.stories.models import Answer, Story
from tests.browser.hands import press_by_key, tab_to
from tests.browsing import Opens
from tests.conftest import Cast
from tests.reading import reader
from tests.stories.telling import told

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _marked(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


def answer(page: Page, story: Story, words: str) -> None:
    page.goto(story.get_absolute_url())
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type(words)
    press_by_key(page, "Answer")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_writer_looks_again_finds_help_and_learns_that_a_person_reads_first(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    keep_phrases(cast.author, ["hang in there"])
    story = told(cast.author, MEMBERS)
    page = opens(cast.other_member, scripts=scripts)

    answer(page, story, "Hang in there.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before it is sent")
    expect(page.locator("mark")).to_have_text("Hang in there")
    expect(page.get_by_text("would rather not meet these words")).to_be_visible()
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.press("Control+A")
    page.keyboard.type("I am with you.")
    press_by_key(page, "Send it with my changes")
    expect(page.locator("article.answer")).to_contain_text("I am with you.")

    answer(page, story, "Hang in there, truly.")
    press_by_key(page, "Send it as it is")
    expect(page.locator("article.answer").last).to_contain_text("Hang in there, truly.")

    answer(page, story, "So tired of it all #care")
    help_now = page.get_by_role("region", name="If it is hard just now, these lines are open")
    expect(help_now).to_be_in_viewport()
    tab_to(page, help_now.get_by_role("link").first)
    page.reload()
    expect(help_now).to_have_count(0)

    answer(page, story, "It is your own fault #hostile")
    expect(page.get_by_text("A person will read it first")).to_be_in_viewport()
    tab_to(page, page.get_by_role("link", name="What of mine waits").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What of mine waits")
    expect(page.locator("main")).to_contain_text("A person reads it first")
    assert Answer.objects.written_by(cast.other_member).count() == 4
    expect_her_page(opens(cast.author, scripts=scripts), story)


def expect_her_page(hers: Page, story: Story) -> None:
    """The story's author meets three answers, one of them folded, and nothing of the fourth."""
    hers.goto(story.get_absolute_url())
    expect(hers.locator("article.answer")).to_have_count(3)
    folded = hers.locator("article.answer summary")
    expect(folded).to_have_text("This answer has words you would rather not meet")
    expect(hers.get_by_text("Hang in there, truly.")).to_be_hidden()
    tab_to(hers, folded)
    hers.keyboard.press("Enter")
    expect(hers.get_by_text("Hang in there, truly.")).to_be_visible()
