"""A story kept as a book: without scripts, by keyboard, and the file itself, opened from her own disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pytest_django import Settings

from leeward.audience.models import MEMBERS
from leeward.audience.notes import mask_of
from leeward.stories.actions.answering import answer as has_answered
from leeward.stories.models import Answer, Chapter, Story
from tests.browser.test_axe import violations
from tests.browser.test_readable import BEYOND, NARROW
from tests.browsing import Opens
from tests.conftest import Cast
from tests.stories.telling import told

pytestmark = pytest.mark.browser

TEXT = """It was a *Tuesday*.

### After

> They said nothing.

1. the harbour
2. the hill

[far](https://far.example/)

"""


@pytest.fixture
def story(cast: Cast, settings: Settings) -> Story:
    """A story in two chapters, answered once."""
    settings.FIRST_TEXTS_READ = 0
    story = told(cast.author, MEMBERS, title="The harbour", text=TEXT + "W" * 500, notes=mask_of(["loss_detail"]))
    Chapter.objects.create(story=story, author=cast.author, title="A year later", text="We went back.", year=2024)
    has_answered(story, by=cast.other_member, text="So did I.")
    return story


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A browser that reaches nothing, as years later."""
    context = browser.new_context(viewport=NARROW, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_book_is_made_by_keyboard_alone_and_opens_from_her_own_disk(
    cast: Cast, story: Story, opens: Opens, offline: Page, tmp_path: Path, scripts: bool
) -> None:
    page = opens(cast.author, scripts=scripts)
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Keep it as a book").press("Enter")
    page.wait_for_url("**/book/")
    page.locator("details.opens > summary").press("Enter")
    ref = Answer.objects.written_by(cast.other_member).get().ref
    page.locator(f"[name=answers][value='{ref}']").press("Space")
    for name, ending in (("Make a page to read", "html"), ("Make a PDF to print", "pdf")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=name).press("Enter")
        assert coming.value.suggested_filename == f"to-keep.{ending}"
        coming.value.save_as(tmp_path / f"kept.{ending}")
    printed = " ".join(page.extract_text() for page in PdfReader(tmp_path / "kept.pdf").pages)
    for words in ("The harbour", "Maud", "Tuesday", "A year later", "So did I."):
        assert words in printed
    said: list[str] = []
    offline.on("console", lambda message: said.append(message.text))
    offline.on("requestfailed", lambda request: said.append(request.url))
    offline.goto((tmp_path / "kept.html").as_uri())
    for words in ("The harbour", "Maud", "Tuesday", "A year later", "Tobias", "So did I."):
        assert words in offline.locator("main").inner_text()
    assert not offline.evaluate(BEYOND)
    assert not said
    assert not violations(offline)
