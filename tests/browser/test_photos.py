"""Photos in a story: told with one and a cover, opened by who asks for it, taken back, kept in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from leeward.audience.models import EVERYONE
from leeward.moderation.actions import settle
from leeward.photos.darkroom.working import prepare_next
from leeward.stories.models import Picture, Story
from tests.browser.test_axe import violations
from tests.browser.test_readable import BEYOND
from tests.browsing import PHONE, Opens
from tests.conftest import Cast
from tests.photos.making import go_on
from tests.stories.photographs import content_of, standing
from tests.stories.telling import told

pytestmark = pytest.mark.browser

COVER = "a photo of a baby who died, with love"


@pytest.fixture(autouse=True)
def _known(settings: Settings) -> None:
    settings.FIRST_TEXTS_READ = settings.FIRST_PHOTOS_READ = 0


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A browser that reaches nothing, as years later."""
    context = browser.new_context(viewport=PHONE, offline=True)
    yield context.new_page()
    context.close()


def images_fetched(page: Page) -> list[str]:
    """From now on: the addresses of photos that this page fetches."""
    fetched: list[str] = []
    page.on(
        "request",
        lambda asked: fetched.append(asked.url) if "/photos/" in asked.url and asked.resource_type == "image" else None,
    )
    return fetched


def sound(page: Page) -> None:
    """Nothing wrong for a screen reader, and nothing beyond the edge of a phone."""
    assert not violations(page)
    assert not page.evaluate(BEYOND)


@pytest.mark.parametrize("scripts", [True, False])
def test_she_tells_with_a_photo_covers_it_and_shows_it_by_keyboard_alone(
    cast: Cast, opens: Opens, tmp_path: Path, scripts: bool
) -> None:
    (tmp_path / "photo.jpg").write_bytes(content_of("teal"))
    page = opens(cast.author, scripts=scripts, viewport=PHONE)
    page.goto("/stories/tell/")
    page.get_by_label("What you want to tell").fill("It was in spring.")
    page.get_by_label("Photos").set_input_files(tmp_path / "photo.jpg")
    page.get_by_role("button", name="Keep, and choose who sees it").press("Enter")
    page.wait_for_url("**/photos/")
    assert "This photo is being prepared." in page.locator("main").inner_text()
    assert prepare_next(go_on)  # what the process beside the server does
    if scripts:
        page.wait_for_selector("img.picture__small")
        sound(page)
    else:
        page.reload()
    assert "This photo is ready." in page.locator("main").inner_text()
    page.get_by_label("What it shows").fill("our son, asleep")
    page.get_by_label(COVER, exact=True).first.press("Space")
    page.get_by_role("button", name="Keep", exact=True).press("Enter")
    page.wait_for_url("**/share/")
    page.get_by_label("Members", exact=True).press("Space")
    page.get_by_role("button", name="Show it to them").press("Enter")
    page.wait_for_url(re.compile(r"/stories/\w+/$"))
    picture = Picture.objects.written_by(cast.author).get()
    assert (picture.alt, picture.cover) == ("our son, asleep", COVER)
    settle(picture)
    reader = opens(cast.other_member, scripts=scripts, viewport=PHONE)
    reader.goto(picture.story.get_absolute_url())
    assert COVER in reader.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_covered_photo_is_fetched_when_it_is_asked_for_and_not_before(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    story = told(cast.author, EVERYONE, text="It was in spring.")
    picture = standing(story, alt="our son, asleep", cover=COVER)
    settle(picture)
    page = opens(cast.other_member, scripts=scripts, viewport=PHONE)
    fetched = images_fetched(page)
    page.goto(story.get_absolute_url())
    answer = page.get_by_label("Your answer")
    answer.fill("I am here.")
    if scripts:
        sound(page)
    assert not fetched
    page.get_by_role("link", name="Open the photo").press("Enter")
    image = page.get_by_alt_text("our son, asleep")
    image.wait_for()
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "document.querySelector('.picture__image').complete", timeout=5_000
    ) if scripts else page.wait_for_timeout(500)
    assert fetched
    if scripts:
        assert answer.input_value() == "I am here."  # nothing that was begun is lost
        assert page.evaluate("document.activeElement.className") == "picture__image"
        sound(page)


def test_what_is_taken_back_is_gone_for_who_had_it_open(cast: Cast, opens: Opens) -> None:
    story = told(cast.author, EVERYONE, text="It was in spring.")
    picture = standing(story, alt="a knitted hat")
    settle(picture)
    reader, author = opens(cast.other_member), opens(cast.author)
    reader.goto(story.get_absolute_url())
    image = reader.get_by_alt_text("a knitted hat")
    image.wait_for()
    address = image.get_attribute("src")
    assert reader.request.get(str(address)).ok
    author.goto(story.get_absolute_url())
    author.get_by_role("link", name="Photos").click()
    author.get_by_role("button", name="Take it away").click()
    author.get_by_role("button", name="Take it away").click()
    author.wait_for_url("**/photos/")
    assert reader.request.get(str(address)).status == 404
    reader.reload()
    assert not reader.get_by_alt_text("a knitted hat").count()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_book_holds_the_photo_behind_its_cover(
    cast: Cast, opens: Opens, offline: Page, tmp_path: Path, scripts: bool
) -> None:
    story: Story = told(cast.author, EVERYONE, text="It was in spring.")
    standing(story, alt="our son, asleep", cover=COVER)
    page = opens(cast.author, scripts=scripts, viewport=PHONE)
    page.goto(f"{story.get_absolute_url()}book/")
    if scripts:
        sound(page)
    for name, ending in (("Make a page to read", "html"), ("Make a PDF to print", "pdf")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=name).press("Enter")
        coming.value.save_as(tmp_path / f"kept.{ending}")
    offline.goto((tmp_path / "kept.html").as_uri())
    image = offline.get_by_alt_text("our son, asleep")
    assert not image.is_visible()
    offline.get_by_text(COVER).click()
    assert image.is_visible()
    assert offline.evaluate("document.images[0].naturalWidth") == 640
    assert not offline.evaluate(BEYOND)
    assert b"/Image" in (tmp_path / "kept.pdf").read_bytes()


def test_a_moderator_meets_a_photo_closed_and_opens_it_small(cast: Cast, opens: Opens, settings: Settings) -> None:
    settings.FIRST_PHOTOS_READ = 1
    picture = standing(told(cast.author, EVERYONE, text="It was in spring."), alt="our son, asleep", cover=COVER)
    settle(picture)
    page = opens(cast.moderator)
    fetched = images_fetched(page)
    page.goto("/moderation/")
    page.get_by_role("link", name=re.compile("first")).first.click()
    page.get_by_role("button", name=re.compile("Open")).first.click()
    page.get_by_role("link", name="Look at it, small").wait_for()
    sound(page)
    assert not fetched
    page.get_by_role("link", name="Look at it, small").press("Enter")
    page.get_by_alt_text("our son, asleep").wait_for()
    assert all("/small/" in address for address in fetched)
    sound(page)
    page.get_by_label("Release: show it").check()
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url("**/moderation/")
    picture.refresh_from_db()
    assert picture.is_live
