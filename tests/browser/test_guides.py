"""A guide is written, read by a second, reviewed and read; its sheet is one page of paper."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from leeward.library.guides.models import State, Version
from leeward.library.guides.shipped import TEXTS, bring_in
from leeward.members.models import Member
from tests.browser.conftest import DESKTOP, Opens
from tests.conftest import Cast
from tests.library.guides.writing import TEXT, drafted, editor

SMALLEST = "Math.min(...[...document.querySelectorAll('.sheet *')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
"""The size of the smallest letters of a sheet, in CSS pixels."""


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=link, exact=True).first.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_guide_is_written_read_twice_reviewed_and_read(cast: Cast, opens: Opens, scripts: bool) -> None:
    page = opens(editor(), scripts=scripts)
    page.goto("/library/desk/")
    follow(page, "Begin a guide")
    page.get_by_label("Its name in the address").fill("tides")
    page.get_by_label("Title").fill("Tides")
    page.get_by_label("In short").fill("How they come and go.")
    page.get_by_label("The whole text").fill(TEXT.replace("::: steps", "::: stps"))
    page.get_by_label("Sources, each on a line").fill("sea | The Sea | On tides | https://sea.example/ | seen")
    page.get_by_label("Partners").check()
    press(page, "Keep")
    assert "There is no block “stps”" in page.locator("#error-summary").inner_text()
    page.get_by_label("The whole text").fill(TEXT)
    press(page, "Show it as readers read it")
    assert page.locator("#shown").get_by_role("heading", name="Signs that need care today").is_visible()
    press(page, "Keep")
    follow(page, "Give it to a second reader")
    press(page, "Give it to a second reader")
    assert page.get_by_role("link", name="Agree to it").count() == 0

    _agree_and_publish(opens(editor("Fern"), scripts=scripts))
    assert Version.objects.get().state == State.PUBLISHED
    _read(opens(scripts=scripts))


def _agree_and_publish(page: Page) -> None:
    page.goto("/library/desk/")
    follow(page, "Tides")
    follow(page, "Agree to it")
    press(page, "Agree to it")
    follow(page, "Publish it")
    page.get_by_label("Who reviewed it").fill("Ada Lind")
    page.get_by_label("On which day").fill(str(timezone.localdate()))
    page.get_by_label("To be reviewed again by").fill(str(timezone.localdate() + datetime.timedelta(300)))
    page.get_by_label("This person read exactly this text").check()
    press(page, "Publish it")


def _read(page: Page) -> None:
    page.goto("/library/")
    follow(page, "Guides")
    follow(page, "Tides")
    assert "Ada Lind reviewed exactly this text" in page.inner_text("main")
    page.locator("summary", has_text="Choose another country").click()
    page.locator("select[name=country]").select_option("PT")
    press(page, "Show the rules of this country")
    assert "Portugal" in page.inner_text("main")
    assert "Portugal" not in page.url
    assert "PT" not in page.url


def test_what_an_editor_writes_is_kept_while_it_is_written(cast: Cast, opens: Opens) -> None:
    version = drafted()
    page = opens(editor())
    page.goto(f"/library/desk/{version.pk}/write/")
    page.get_by_label("Title").fill("Tides, begun and not sent")
    page.get_by_text("Kept for you, not sent yet.").wait_for()
    page.goto("/library/desk/")
    page.goto(f"/library/desk/{version.pk}/write/")
    assert page.get_by_label("Title").input_value() == "Tides, begun and not sent"
    assert "Here is what you wrote and have not sent yet" in page.inner_text("main")


@pytest.mark.parametrize("country", ["GB", "US"])
def test_each_sheet_is_one_page_of_paper_in_large_letters_signs_first(
    cast: Cast, opens: Opens, tmp_path: Path, settings: object, country: str
) -> None:
    settings.COUNTRIES = [country]  # type: ignore[attr-defined]  # pytest-django's wrapper
    bring_in()
    Member.objects.create(name="Hazel", is_invented=True)
    for path in sorted(TEXTS.glob("*.md")):
        page = opens(viewport=DESKTOP)  # one each: a browser that has printed keeps some of the sheets of style
        page.goto(f"/library/guides/{path.stem}/sheet/")
        page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
        pages = PdfReader(tmp_path / "sheet.pdf").pages
        assert len(pages) == 1, (path.stem, [one.extract_text()[-400:] for one in pages])
        assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842], path.stem
        words = re.sub(r"\s+", " ", pages[0].extract_text())
        for needed in (
            "Not medical advice.",
            "Nobody has reviewed this text",
            "In an emergency:",
            "Leeward: localhost",
        ):
            assert needed in words, (path.stem, needed)
        if "::: signs" in path.read_text():
            first = [words.find(part) for part in ("Signs that need care today", "Small steps", "Who answers in")]
            assert -1 < first[0] < first[2], path.stem
            assert first[1] == -1 or first[0] < first[1] < first[2], path.stem
        sizes = page.evaluate(
            "[...document.querySelectorAll('.sheet *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(sizes) >= 14 * 96 / 72, path.stem
        page.emulate_media(media="screen")
