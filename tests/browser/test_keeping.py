"""What is being written is not lost: kept while she writes, in two tabs, and through a session that has ended."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from leeward.stories.models import Story
from tests.browser.watching import Watch
from tests.browsing import Opens
from tests.conftest import PASSPHRASE, Cast

pytestmark = pytest.mark.browser

WORDS = "It was a Tuesday, and the kettle was on."


def write(page: Page, words: str) -> None:
    page.get_by_label("What you want to tell").fill(words)


def expect_state(page: Page, words: str) -> None:
    expect(page.locator("[data-keep-state]")).to_have_text(words)


def kept(cast: Cast) -> list[str]:
    return list(Story.objects.written_by(cast.author).values_list("text", flat=True))


def test_a_story_is_kept_while_it_is_written_and_stays_one(cast: Cast, opens: Opens) -> None:
    page = opens(cast.author)
    page.goto("/stories/tell/")
    write(page, "It was a Tuesday")
    expect_state(page, "Saved.")
    with page.expect_response("**/stories/keep/"):
        write(page, WORDS)
    assert kept(cast) == [WORDS]
    page.goto("/")
    page.get_by_role("link", name="It was a Tuesday").click()
    expect(page.get_by_label("What you want to tell")).to_have_value(WORDS)
    page.get_by_role("button", name="Keep, and choose who sees it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who sees it")
    assert kept(cast) == [WORDS]


def test_of_two_tabs_the_second_is_told_and_nothing_is_overwritten(
    cast: Cast, opens: Opens, watches: dict[BrowserContext, Watch], home: str
) -> None:
    first = opens(cast.author)
    watches[first.context].expects_refusal_of(f"{home}/stories/keep/")
    first.goto("/stories/tell/")
    write(first, "in the first tab")
    expect_state(first, "Saved.")
    second = first.context.new_page()
    second.goto("/stories/mine/")
    second.get_by_role("link", name="in the first tab").click()
    second.get_by_role("link", name="Change the words").click()
    with first.expect_response("**/stories/keep/"):
        write(first, "in the first tab, and more")
    write(second, "in the second tab")
    expect_state(second, "This story was changed in another tab. Nothing was overwritten.")
    assert kept(cast) == ["in the first tab, and more"]
    second.get_by_role("button", name="Keep, and choose who sees it").click()
    expect(second.get_by_label("What you have just written")).to_have_value("in the second tab")
    expect(second.get_by_label("What is kept")).to_have_value("in the first tab, and more")
    assert kept(cast) == ["in the first tab, and more"]
    second.get_by_role("button", name="Keep what I have just written").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Who sees it")
    assert kept(cast) == ["in the second tab"]


def test_offline_she_is_told_and_it_is_kept_when_the_line_is_back(
    cast: Cast, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = opens(cast.author)
    watches[page.context].may_be_offline()
    page.goto("/stories/tell/")
    page.context.set_offline(True)
    write(page, WORDS)
    expect_state(page, "Not saved yet: we are offline. Your words are still here.")
    page.context.set_offline(False)
    expect_state(page, "Saved.")
    assert kept(cast) == [WORDS]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_words_outlive_a_session_that_has_ended(
    cast: Cast, opens: Opens, watches: dict[BrowserContext, Watch], home: str, scripts: bool
) -> None:
    page = opens(cast.author, scripts=scripts)
    watches[page.context].expects_refusal_of(f"{home}/stories/keep/")
    page.goto("/stories/tell/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("A title").fill("The kettle")
    write(page, WORDS)
    if scripts:
        expect(page.locator("[data-keep-state]")).to_contain_text("You were signed out")
    page.get_by_role("button", name="Keep, and choose who sees it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out. Your words are here.")
    expect(page.get_by_label("What you wrote").first).to_have_value(WORDS)
    page.get_by_label("Your name here").fill(cast.author.name)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("What you wrote").first).to_have_value(WORDS)
    page.get_by_role("button", name="Send it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who sees it")
    assert kept(cast) == [WORDS]
