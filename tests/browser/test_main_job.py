"""The whole main job on a phone, once with scripts and once without: from the first page to leaving with everything."""

from __future__ import annotations

import json
import zipfile

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.moderation.models import FirstTexts
from leeward.stories.models import ShownFact
from tests.browser.hands import press
from tests.browser.neutral import Neutral
from tests.browser.watching import Watch
from tests.browsing import Opens
from tests.conftest import PASSPHRASE, Cast
from tests.stories.telling import told

pytestmark = pytest.mark.browser

NAME = "Linnea"
NEW_PASSPHRASE = "another quiet harbour"
ANSWER = "I read yours twice. Mine was in March."
FIRST, SECOND = "It rained the whole week. We had told nobody yet.", "Today I opened the drawer."


def follow(page: Page, name: str, within: Locator | None = None) -> None:
    (within or page).get_by_role("link", name=name).first.click()


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f"[name={name}][value={value}]").check()


def expect_heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def arrive(page: Page) -> None:
    page.goto("/")
    expect_heading(page, "You are not the only one")
    main = page.locator("main")
    for words in ("a quiet place", "Responsible:", "is read by those you choose"):
        expect(main).to_contain_text(words)
    follow(page, "Help now")
    follow(page, "United Kingdom")
    expect(page.locator("a[href='tel:999']").first).to_be_visible()
    follow(page, "Leeward")


def join(page: Page) -> list[str]:
    """Join; returns the codes."""
    follow(page, "Join, with a name")
    expect(page.locator("main input[type=email], main input[type=tel], main input[type=date]")).to_have_count(0)
    page.get_by_label("A name for this place").fill(NAME)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("[name=passphrase_again]").fill(PASSPHRASE)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I have read the rules").check()
    press(page, "Join")
    expect(page.locator("main")).to_contain_text("cannot get back in")
    press(page, "Make codes")
    expect(page.locator(".codes li")).to_have_count(8)
    codes = page.locator(".codes li").all_inner_texts()
    follow(page, "I have them")
    return codes


def say_where_she_is(page: Page) -> None:
    expect_heading(page, "Say where you are")
    page.get_by_label("Keeping my journey").check()
    press(page, "Agree and go on")
    tick(page, "relation", "carried")
    press(page, "Save and go on")
    press(page, "Tell of a loss")
    page.locator("[name=weeks]").fill("20")
    tick(page, "kind", "miscarriage_late")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text("20")
    follow(page, "All that I told")
    follow(page, "The ways you have gone")
    tick(page, "path", "ivf")
    press(page, "Save and stop here")
    expect_heading(page, "My journey")
    expect(page.locator("main")).to_contain_text("IVF")


def read_and_answer(page: Page) -> None:
    follow(page, "Near me")
    card = page.locator(".card", has=page.get_by_role("link", name="Ours was in autumn"))
    expect(card).to_contain_text("IVF")
    expect(card).to_contain_text("twenty weeks")
    follow(page, "Ours was in autumn", card)
    expect(page.locator("article.story")).to_contain_text("leaves")
    press(page, "With you")
    expect(page.get_by_role("button", name="With you")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Your answer").fill(ANSWER)
    press(page, "Answer")
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("[role=status]", has_text="A person will read it first")).to_be_visible()


def tell(page: Page, title: str, text: str) -> None:
    follow(page, "Stories")
    follow(page, "Tell yours")
    page.get_by_label("A title").fill(title)
    page.get_by_label("What you want to tell").fill(text)
    press(page, "Keep, and choose who sees it")
    expect_heading(page, "Who sees it")
    tick(page, "show_to", "members")
    tick(page, "signed", "yes")
    page.get_by_text("Choose what is inside").click()
    tick(page, "notes", "loss_detail")
    page.get_by_text("Choose what is shown").click()
    path = page.get_by_role("group", name="What may be shown with it").get_by_label("IVF")
    expect(path).to_be_checked()
    path.uncheck()
    press(page, "Show it to them")
    expect_heading(page, title)
    expect(page.locator(".chips[aria-label]")).not_to_contain_text("IVF")


def read_first_texts(page: Page, words: set[str]) -> None:
    """The moderator opens each case, reads it, and releases it."""
    for _each in words:
        page.goto("/moderation/")
        page.locator("main .card a").first.click()
        expect(page.locator("main")).not_to_contain_text(NAME)
        press(page, "Open it")
        text = page.locator("section[aria-labelledby=text]")
        if text.locator("details").count():  # what has something inside stays covered until it is asked for
            text.locator("summary").first.click()
        shown = text.inner_text()
        words = {text for text in words if text not in shown}
        page.get_by_label("Release").check()
        press(page, "Decide")
        expect_heading(page, "What waits for a person")
    assert not words
    expect(page.locator("main")).to_contain_text("Nothing waits")


def take_back(page: Page, title: str) -> None:
    page.goto("/stories/mine/")
    follow(page, title)
    follow(page, "Take it back")
    press(page, "Take it back")
    expect(page.locator("[role=status]", has_text="It is gone")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(title)


def leave_this_page(page: Page, neutral: Neutral) -> None:
    page.locator(".exits").get_by_role("link", name="Leave this page").click()
    expect_heading(page, "Rain later")
    assert page.url == neutral.address
    assert neutral.heard == [""]
    page.goto("/me/")
    expect_heading(page, "Sign in")


def come_back(page: Page, code: str) -> None:
    """With the passphrase; then, as if that were lost, with a code."""
    page.get_by_label("Your name here").fill(NAME)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    press(page, "Sign in")
    expect_heading(page, NAME)
    press(page, "Sign out")
    follow(page, "Sign in")
    follow(page, "I cannot sign in")
    page.get_by_label("Your name here").fill(NAME)
    page.get_by_label("One of your printed codes").fill(code)
    page.locator("[name=passphrase]").fill(NEW_PASSPHRASE)
    page.locator("[name=passphrase_again]").fill(NEW_PASSPHRASE)
    press(page, "Come back in")
    expect_heading(page, NAME)


def take_a_copy(page: Page) -> None:
    page.goto("/me/")
    follow(page, "A copy of everything")
    with page.expect_download() as download:
        press(page, "Make the copy")
    with zipfile.ZipFile(download.value.path()) as copy:
        names = copy.namelist()
        readable = "".join(copy.read(name).decode() for name in names if name.endswith(".html"))
        data = [json.loads(copy.read(name)) for name in names if name.endswith(".json")]
    for words in (NAME, ANSWER, SECOND, "20"):
        assert words in readable
        assert words in json.dumps(data)
    assert FIRST not in readable


def leave_for_good(page: Page) -> None:
    page.goto("/me/leave/")
    follow(page, "Leave with everything")
    page.get_by_label("I understand").check()
    press(page, "Leave, for good")
    expect_heading(page, "It is done")


@pytest.fixture
def near_story(cast: Cast) -> str:
    """The address of a story with which she will share two facts."""
    FirstTexts.objects.create(member=cast.other_member, released=100)
    story = told(cast.other_member, title="Ours was in autumn", text="The leaves were down already.")
    for facet, key in (("kind", "miscarriage_late"), ("weeks", "20"), ("path", "ivf")):
        ShownFact.objects.create(story=story, facet=facet, key=key)
    show_to(story, [MEMBERS])
    publish(story)
    return story.get_absolute_url()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_she_arrives_is_not_the_only_one_and_can_leave_with_everything(
    cast: Cast,
    opens: Opens,
    watches: dict[BrowserContext, Watch],
    neutral: Neutral,
    near_story: str,
    scripts: bool,
) -> None:
    page = opens(scripts=scripts)
    watches[page.context].may_reach(neutral.address)
    arrive(page)
    codes = join(page)
    say_where_she_is(page)
    read_and_answer(page)
    tell(page, "The drawer", FIRST)
    expect(page.locator("main")).to_contain_text("Only you see this now")
    read_first_texts(opens(cast.moderator, scripts=scripts), {ANSWER, FIRST})

    reader = opens(cast.other_member, scripts=scripts)
    reader.goto("/stories/")
    follow(reader, "The drawer")
    expect(reader.locator("main")).to_contain_text(FIRST)
    first = reader.url
    take_back(page, "The drawer")
    reader.goto(first)
    expect_heading(reader, "There is nothing here that we can show you")

    tell(page, "Opened", SECOND)
    leave_this_page(page, neutral)
    come_back(page, codes[0])
    take_a_copy(page)
    reader.goto("/stories/")
    expect(reader.locator("main")).to_contain_text("Opened")
    leave_for_good(page)
    reader.goto("/stories/")
    expect(reader.locator("main")).not_to_contain_text("Opened")
    reader.goto(near_story)
    expect(reader.locator("main")).not_to_contain_text(ANSWER)
    expect(reader.locator("main")).to_contain_text("Nobody has answered yet")
