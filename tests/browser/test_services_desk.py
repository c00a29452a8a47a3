"""A service is changed, its directory changes it too, ours is kept; and people say that it is no longer so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from leeward.library.directory.desk.models import Word
from leeward.library.directory.models import Service
from tests.browser.conftest import Opens
from tests.conftest import Cast
from tests.library.directory.desk_cast import a_service, an_editor, said_by_directory


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def test_a_change_meets_the_directorys_own_and_is_kept(cast: Cast, opens: Opens) -> None:
    service = a_service(wait_time="a week")
    page = opens(an_editor())
    page.goto("/services/desk/")
    follow(page, "Clinic")
    follow(page, "What it says of itself")
    page.get_by_label("How long one waits").fill("a month")
    press(page, "Keep")
    said_by_directory(service, wait_time="two weeks")
    page.goto("/services/desk/?list=differs")
    follow(page, "Clinic")
    changed = page.get_by_role("region", name="Changed here").inner_text()
    for words in ("a month", "a week", "two weeks"):
        assert words in changed
    press(page, "Keep ours")
    assert page.get_by_role("button", name="Keep ours").count() == 0
    assert Service.objects.get().overlaid["wait_time"] == "a month"


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_says_that_it_is_no_longer_so_and_it_is_settled(cast: Cast, opens: Opens, scripts: bool) -> None:
    a_service()
    for reader in (None, cast.author, cast.same_ring):
        page = opens(reader, scripts=scripts)
        page.goto("/services/s1/")
        follow(page, "This is no longer so")
        press(page, "Tell the editors")
        assert "Please choose one" in page.locator("#error-summary").inner_text()
        page.get_by_label("The hours are wrong").check()
        page.get_by_label("A few words, if you like").fill("Shut on Mondays.")
        press(page, "Tell the editors")
        assert page.get_by_text("It has reached the editors.").is_visible()
        assert page.url.endswith("/services/s1/")
    page.goto("/services/s1/")
    assert page.get_by_text("this may have changed").is_visible()
    desk = opens(an_editor(), scripts=scripts)
    desk.goto("/services/desk/")
    follow(desk, "Clinic")
    assert desk.get_by_text("Shut on Mondays.").count() == 3
    desk.get_by_label("Looked at: it is still so").check()
    press(desk, "Settle")
    assert set(Word.objects.values_list("settled", flat=True)) == {"still_so"}
    page.reload()
    assert page.get_by_text("this may have changed").count() == 0
