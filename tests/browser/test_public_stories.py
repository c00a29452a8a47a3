"""Public stories in a real browser: an editor approves one, and somebody asks for its removal."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.hands import press
from tests.browser.test_axe import violations
from tests.browsing import Opens
from tests.conftest import Cast, make_member
from tests.library.public_stories.making import in_the_library, on_the_desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_editor_approves_it_and_its_text_is_gone(cast: Cast, opens: Opens, scripts: bool) -> None:
    editor = make_member("Linden", is_editor=True)
    story = on_the_desk()
    desk = opens(editor, scripts=scripts)
    desk.goto("/me/")
    desk.get_by_role("link", name="Public stories: the editors' desk").click()
    desk.get_by_role("link", name=story.title).click()
    expect(desk.locator("mark").first).to_be_visible()
    press(desk, "Approve it")
    expect(desk.locator("#error-summary")).to_contain_text("Its address")
    assert not scripts or not violations(desk)  # axe itself is a script
    desk.get_by_label("Where it was published").fill("The Lantern")
    desk.get_by_label("Its address").fill("https://lantern.example/one-cot")
    desk.get_by_label("What it is about, in your own words").fill("Of twins, one lived.")
    desk.get_by_label("Told in a publication by the person").check()
    desk.get_by_label("I state that the person told this publicly herself.").check()
    press(desk, "Approve it")
    expect(desk.get_by_text("It is in the library.")).to_be_visible()
    story.refresh_from_db()
    assert story.body == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_who_says_that_it_is_hers_has_it_out_of_sight_and_an_editor_removes_it(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    story = in_the_library(cast.host)
    reader = opens(scripts=scripts)
    reader.goto("/library/stories/")
    reader.get_by_label("What it tells of").select_option(label="Twins or more")
    press(reader, "Show these")
    assert "twins" not in reader.url.lower()
    assert "multiple" not in reader.url
    reader.get_by_role("link", name=story.title).click()
    expect(reader.get_by_role("link", name="Read it at The Lantern")).to_have_attribute("href", story.address)
    assert not scripts or not violations(reader)
    reader.get_by_role("link", name="Ask for this to be removed").click()
    reader.get_by_label("It is my story, or that of my child").check()
    press(reader, "Send it to the editors")
    expect(reader.get_by_text("It is out of sight now")).to_be_visible()
    expect(reader.locator("main")).not_to_contain_text(story.title)

    desk = opens(cast.host, scripts=scripts)
    desk.goto("/bell/")
    desk.get_by_role("link", name="Somebody asks for a public story to be removed.").click()
    desk.get_by_role("region", name="Somebody asks for a removal").get_by_role("link", name=story.title).click()
    press(desk, "Remove it for good")
    expect(desk.get_by_text("It is removed for good.")).to_be_visible()
    expect(desk.locator("main")).not_to_contain_text(story.title)
