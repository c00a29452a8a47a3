"""Wherever much is written it survives a closed browser, no line, an old page, two tabs and a second press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from leeward.audience.models import MEMBERS
from leeward.members.models import Unsent
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Answer, Chapter, Story
from tests.browser.hands import press
from tests.browser.test_axe import violations
from tests.browser.watching import Watch
from tests.browsing import Opens
from tests.conftest import PASSPHRASE, Cast
from tests.promises.furnishing import Furnished
from tests.stories.telling import told

pytestmark = pytest.mark.browser

WORDS = "Ours was in March. I have not said this to anyone."
KEPT, OFFLINE = "Kept for you, not sent yet.", "Not saved yet: we are offline. Your words are still here."


@pytest.fixture
def story(cast: Cast, settings: Any) -> Story:
    """One story that members may answer."""
    settings.FIRST_TEXTS_READ = 0
    return told(cast.author, MEMBERS, text="It rained the whole week.")


def answer_box(page: Page, story: Story) -> None:
    page.goto(story.get_absolute_url())
    page.get_by_label("Your answer").fill(WORDS)


def state(page: Page) -> Any:
    return expect(page.locator("[data-keep-state]").first)


PLACES = [
    ("other_member", "stories:read", "Your answer"),
    ("author", "stories:change_answer", "Your answer"),
    ("author", "circles:meeting", "Your words"),
    ("author", "stories:write", "What you want to tell"),
    ("same_ring", "moderation:report", "In your own words"),
    ("author", "moderation:object", ""),
    ("author", "stories:pictures", "What it shows"),
    ("other_member", "journeys:loss_add", "Anything else, in your own words"),
    ("moderator", "moderation:notes", "A note to myself"),
]
"""Who writes where, and what the box is called."""


@pytest.mark.parametrize(("who", "name", "label"), PLACES, ids=[place[1] for place in PLACES])
def test_what_was_begun_is_there_on_another_device_after_the_browser_is_gone(
    furnished: Furnished, opens: Opens, who: str, name: str, label: str
) -> None:
    member, address = getattr(furnished.cast, who), furnished.path(name)
    page = opens(member)
    page.goto(address)
    box = page.get_by_label(label).last if label else page.locator("main textarea").last
    if not box.is_visible():
        page.locator("details:has(textarea) > summary").first.click()
    box.fill(WORDS)
    expect(page.locator("[data-keep-state]", has_text="Kept for you").or_(page.get_by_text("Saved."))).to_be_visible()
    page.context.close()  # as when the battery is empty
    laptop = opens(member, viewport={"width": 1280, "height": 900})
    laptop.goto(address)
    again = laptop.get_by_label(label).last if label else laptop.locator("main textarea").last
    expect(again).to_have_value(WORDS)
    expect(laptop.get_by_text("Here is what you wrote and have not sent yet")).to_be_visible()
    assert not violations(laptop)


def test_without_a_line_nothing_is_sent_and_nothing_leaves_the_box(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = opens(cast.other_member)
    page.goto(story.get_absolute_url())
    watches[page.context].may_be_offline()
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill(WORDS)
    press(page, "Answer")
    state(page).to_have_text(OFFLINE)
    press(page, "Answer")
    expect(page.get_by_label("Your answer")).to_have_value(WORDS)
    page.context.set_offline(False)
    press(page, "Answer")
    expect(page.locator("article.answer")).to_contain_text(WORDS)
    assert not Unsent.objects.exists()
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_two_presses_send_one_answer(cast: Cast, story: Story, opens: Opens) -> None:
    page = opens(cast.other_member)
    answer_box(page, story)
    page.get_by_role("button", name="Answer", exact=True).dblclick()
    expect(page.locator("article.answer")).to_have_count(1)
    assert Answer.objects.written_by(cast.other_member).count() == 1


def sign_in_again(page: Page, cast: Cast) -> None:
    page.get_by_label("Your name here").fill(cast.other_member.name)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    press(page, "Sign in")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_outlives_a_session_that_has_ended(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch], home: str, scripts: bool
) -> None:
    page = opens(cast.other_member, scripts=scripts)
    watches[page.context].expects_refusal_of(f"{home}/me/unsent/keep/")
    answer_box(page, story)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out. Your words are here.")
    assert "March" not in page.url
    sign_in_again(page, cast)
    press(page, "Send it on")
    expect(page.locator("article.answer")).to_contain_text(WORDS)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_from_a_page_that_is_too_old_is_sent_on_with_one_press(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch], home: str, scripts: bool
) -> None:
    page = opens(cast.other_member, scripts=scripts)
    watches[page.context].expects_refusal_of(f"{home}/me/unsent/keep/")
    answer_box(page, story)
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    press(page, "Answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("This was not sent yet")
    expect(page.get_by_label("What you wrote")).to_have_value(WORDS)
    assert not violations(page) if scripts else True
    press(page, "Send it on")
    expect(page.locator("article.answer")).to_contain_text(WORDS)
    assert not Unsent.objects.exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_to_what_was_taken_back_meanwhile_is_given_back(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch], scripts: bool
) -> None:
    page = opens(cast.other_member, scripts=scripts)
    answer_box(page, story)
    take_back(story, by=cast.author, keep_answers=False)
    press(page, "Answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here that we can show you")
    expect(page.get_by_label("Text")).to_have_value(WORDS)
    if scripts:
        assert not violations(page)
    page.get_by_role("link", name="What you began and did not send").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    press(page, "Put it away")
    expect(page.locator("main")).to_contain_text("There is nothing.")


def test_of_two_tabs_with_answers_the_second_is_told(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch], home: str
) -> None:
    first = opens(cast.other_member)
    watches[first.context].expects_refusal_of(f"{home}/me/unsent/keep/")
    first.goto(story.get_absolute_url())
    second = first.context.new_page()
    second.goto(story.get_absolute_url())
    first.get_by_label("Your answer").fill("in the first tab")
    state(first).to_have_text(KEPT)
    second.get_by_label("Your answer").fill("in the second tab")
    state(second).to_contain_text("Nothing was overwritten.")
    assert [row.fields["text"] for row in Unsent.objects.all()] == [["in the first tab"]]
    press(second, "Answer")
    expect(second.locator("article.answer")).to_contain_text("in the second tab")
    expect(second.get_by_label("Your answer")).to_have_value("in the first tab")
    assert Unsent.objects.count() == 1


def autosaves(page: Page, address: str, write: Callable[[], object]) -> None:
    with page.expect_response(f"**{address}"):
        write()


def test_a_tab_that_was_left_open_does_not_change_what_was_told_in_another(
    cast: Cast, opens: Opens, settings: Any, watches: dict[BrowserContext, Watch], home: str
) -> None:
    settings.FIRST_TEXTS_READ = 0
    old = opens(cast.author)
    watches[old.context].expects_refusal_of(f"{home}/stories/keep/")
    old.goto("/stories/tell/")
    old.get_by_label("What you want to tell").fill("as it was told")
    state(old).to_have_text("Saved.")
    new = old.context.new_page()
    begun: Story = Story.objects.written_by(cast.author).get()
    new.goto(f"/stories/{begun.ref}/share/")
    new.locator("[name=show_to][value=members]").check()
    press(new, "Show it to them")
    autosaves(old, "/stories/keep/", lambda: old.get_by_label("What you want to tell").fill("as it was told, and hal"))
    state(old).to_have_text("Press Keep when you are done: others can see this story.")
    story: Story = Story.objects.written_by(cast.author).get()
    assert (story.text, story.is_live) == ("as it was told", True)


def test_a_chapter_is_kept_while_it_is_written(cast: Cast, story: Story, opens: Opens) -> None:
    page = opens(cast.author)
    page.goto(f"/stories/{story.ref}/go-on/")
    page.get_by_label("What you want to tell").fill("A year later.")
    page.get_by_label("Year").fill("20")
    state(page).to_have_text("Your words are saved. When it was needs another look.")
    page.get_by_label("Year").fill("2025")
    state(page).to_have_text("Saved.")
    page.context.close()
    chapter: Chapter = Chapter.objects.written_by(cast.author).get()
    assert (chapter.text, chapter.year, chapter.at) == ("A year later.", 2025, None)
