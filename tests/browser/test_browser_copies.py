"""What a browser keeps by her choice: found again after it was closed without a line, sealed, and gone with her."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from leeward.audience.models import MEMBERS
from leeward.members.models import BrowserKey, Unsent
from leeward.members.session_store import SessionStore
from leeward.members.unsent import keep_unsent
from leeward.stories.models import Story
from tests.browser.neutral import Neutral
from tests.browser.test_axe import violations
from tests.browser.watching import Watch
from tests.browsing import Opens, sign_in
from tests.conftest import Cast
from tests.stories.telling import told

pytestmark = pytest.mark.browser

WORDS = "Ours was in March. I have not said this to anyone."
CHOICE = "Keep what I am writing in this browser too"
STORED = "Object.entries(localStorage).filter(([name]) => name.startsWith('kept:')).map((pair) => pair.join(' '))"


@pytest.fixture
def story(cast: Cast, settings: Any) -> Story:
    """One story that members may answer."""
    settings.FIRST_TEXTS_READ = 0
    return told(cast.author, MEMBERS, text="It rained the whole week.")


def chosen(opens: Opens, cast: Cast, story: Story) -> Page:
    """A browser in which she has chosen it."""
    page = opens(cast.other_member)
    page.goto(story.get_absolute_url())
    page.get_by_text("If the network may fail").click()
    with page.expect_response("**/me/unsent/here/"):
        page.get_by_label(CHOICE).check()
    until_stored(page, 1)
    return page


def write_offline(page: Page, watches: dict[BrowserContext, Watch], words: str = WORDS) -> None:
    """Write a while without a line, until the browser has kept it."""
    watches[page.context].may_be_offline()
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill(words)
    until_stored(page, 2)
    expect(page.locator("[data-keep-state]")).to_contain_text("we are offline")


def reopen(page: Page, story: Story) -> Page:
    """Close the page, as a browser does that crashes, and open it again with a line."""
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(story.get_absolute_url())
    return again


def until_stored(page: Page, count: int) -> None:
    """Wait until so many things are stored: the mark of the key, and one for each form."""
    for _again in range(200):
        if len(stored(page)) == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(stored(page))


def stored(page: Page) -> list[str]:
    found: list[str] = page.evaluate(STORED)
    return found


def test_words_written_without_a_line_are_back_in_the_box_and_then_kept_by_the_server(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    again = reopen(page, story)
    expect(again.get_by_label("Your answer")).to_have_value(WORDS)
    expect(again.get_by_text("It is back in the box.")).to_be_visible()
    expect(again.get_by_label(CHOICE)).to_be_checked()
    assert not violations(again)
    expect(again.locator("[data-keep-state]")).to_have_text("Kept for you, not sent yet.")
    until_stored(again, 1)
    assert Unsent.objects.get().fields["text"] == [WORDS]


def test_they_can_be_put_away(cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    again = reopen(page, story)
    expect(again.get_by_label("Your answer")).to_have_value(WORDS)
    again.get_by_role("button", name="Put them away").click()
    expect(again.get_by_label("Your answer")).to_have_value("")
    until_stored(again, 1)


def test_what_is_stored_shows_neither_the_words_nor_where_they_belong(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    told_by_the_disk = " ".join(stored(page))
    assert len(stored(page)) == 2
    for shown in ("March", "anyone", story.ref, "stories", "text", BrowserKey.objects.get().key):
        assert shown not in told_by_the_disk


def test_if_the_server_has_other_words_she_decides(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    to = f"/stories/{story.ref}/answer/"
    keep_unsent(cast.other_member, to, page="/", fields={"text": ["from the laptop"]}, stamp=0)
    again = reopen(page, story)
    box = again.get_by_label("Your answer")
    expect(again.get_by_text("You decide which to go on with.")).to_be_visible()
    expect(box).to_have_value("from the laptop")
    expect(again.locator("section textarea[readonly]").first).to_have_value(WORDS)
    assert not violations(again)
    again.get_by_role("button", name="Put these into the box").press("Enter")
    expect(box).to_have_value(WORDS)
    expect(box).to_be_focused()
    expect(again.locator("[data-keep-state]")).to_have_text("Kept for you, not sent yet.")


def test_signing_out_takes_it_away(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    page.context.set_offline(False)
    page.goto("/me/")
    assert stored(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not the only one")
    assert stored(page) == []
    assert not BrowserKey.objects.exists()


def test_another_tab_stores_nothing_more_once_she_has_signed_out(cast: Cast, story: Story, opens: Opens) -> None:
    page = chosen(opens, cast, story)
    other = page.context.new_page()
    other.goto("/me/")
    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("You are not the only one")
    page.get_by_label("Your answer").fill(WORDS)
    expect(page.locator("[data-here-says]")).not_to_be_empty()
    assert stored(page) == stored(other) == []


@pytest.mark.parametrize("by_script", [True, False], ids=["with scripts", "the server alone"])
def test_leaving_this_page_takes_it_away(
    cast: Cast,
    story: Story,
    opens: Opens,
    watches: dict[BrowserContext, Watch],
    neutral: Neutral,
    home: str,
    by_script: bool,
) -> None:
    page = chosen(opens, cast, story)
    watches[page.context].may_reach(neutral.address)
    write_offline(page, watches)
    page.context.set_offline(False)
    if by_script:
        page.locator(".exits").get_by_role("link", name="Leave this page").click()
    else:
        watches[page.context].expects_refusal_of(f"{home}/me/unsent/keep/")  # what was written may still be on its way
        page.goto(f"{home}/leave/")
    expect(page.get_by_role("heading")).to_have_text("Rain later")
    page.goto("/about/")
    assert stored(page) == []
    assert not BrowserKey.objects.exists()


def test_another_person_in_the_same_browser_finds_nothing_and_she_finds_it_again(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch], home: str
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    context = page.context
    SessionStore.clear_expired()
    for session in cast.other_member.sessions.all():
        session.delete()  # it has expired
    sign_in(context, cast.same_ring, home)
    theirs = reopen(page, story)
    theirs.wait_for_load_state("networkidle")
    expect(theirs.get_by_label("Your answer")).to_have_value("")
    expect(theirs.get_by_label(CHOICE)).not_to_be_checked()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(context, cast.other_member, home)
    theirs.goto(story.get_absolute_url())
    expect(theirs.get_by_label("Your answer")).to_have_value(WORDS)


def test_after_fourteen_days_it_is_gone(
    cast: Cast, story: Story, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    page = chosen(opens, cast, story)
    write_offline(page, watches)
    name = next(name for name in page.evaluate("Object.keys(localStorage)") if name.count(":") == 2)
    copy = json.loads(page.evaluate("(name) => localStorage.getItem(name)", name))
    copy["at"] -= 15 * 86_400_000
    page.evaluate("([name, copy]) => localStorage.setItem(name, copy)", [name, json.dumps(copy)])
    again = reopen(page, story)
    again.wait_for_load_state("networkidle")
    expect(again.get_by_label("Your answer")).to_have_value("")
    assert len(stored(again)) == 1


def test_what_was_sent_does_not_come_back(cast: Cast, story: Story, opens: Opens) -> None:
    page = chosen(opens, cast, story)
    page.get_by_label("Your answer").fill(WORDS)
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("article.answer")).to_contain_text(WORDS)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Your answer")).to_have_value("")
    assert len(stored(page)) == 1
