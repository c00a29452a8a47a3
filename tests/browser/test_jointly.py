"""A story that two tell together, in a real browser: asked, agreed to, shown, and ended by the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from leeward.stories.audiences import ShowTo
from tests.browser.hands import press
from tests.browser.test_axe import violations
from tests.browser.test_together import fits
from tests.browsing import Opens
from tests.conftest import Cast
from tests.stories.reading_together import WORDS, draft, handed, trusting
from tests.stories.telling_together import asked, joint

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_agree_to_tell_it_and_one_of_them_ends_it(cast: Cast, opens: Opens, scripts: bool) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring)
    page = opens(cast.author, scripts=scripts)
    page.goto(reading.get_absolute_url())
    page.get_by_text("Tell it together", exact=True).click()
    press(page, "Ask to tell it together")
    expect(page.locator("main")).to_contain_text("You have asked to tell this together.")

    other = opens(cast.same_ring, scripts=scripts)
    other.goto(reading.get_absolute_url())
    other.get_by_role("link", name="Read it").click()
    other.get_by_role("link", name="See what that means").click()
    expect(other.locator("main")).to_contain_text(WORDS)
    expect(other).to_have_title("Told together")
    press(other, "Yes, in both our names")
    expect(other.locator("main")).to_contain_text("You and Maud tell this together.")

    page.goto("/together/")
    page.get_by_role("link", name="The lamp").click()
    page.get_by_role("link", name="Who sees it").click()
    expect(page.get_by_label("Signed with both names")).to_be_checked()
    page.get_by_label("Members", exact=True).check()
    press(page, "Show it to them")
    expect(page.locator("main")).to_contain_text("Maud and Ines")

    reader = opens(cast.other_member, scripts=scripts)
    reader.goto(page.url)
    expect(reader.locator("main")).to_contain_text("Maud and Ines")

    other.reload()
    press(other, "Not together any more")
    expect(other.get_by_text("It is not shown any more")).to_be_visible()
    reader.reload()
    expect(reader.locator("body")).not_to_contain_text("Maud and Ines")
    page.reload()
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.locator("main")).not_to_contain_text("Ines")


def test_axe_finds_nothing_where_two_tell_together(cast: Cast, opens: Opens) -> None:
    reading = asked(cast.author, cast.same_ring)
    story = joint(cast.author, cast.same_ring, ShowTo.MEMBERS, title="The garden", text="Nothing grew that year.")
    state = f"/stories/{story.ref}/jointly/"
    found = []
    way = f"/together/{reading.ref}/agree/"
    for member, addresses in (
        (cast.author, ["/together/", reading.get_absolute_url(), state, f"/stories/{story.ref}/share/"]),
        (cast.same_ring, [f"{reading.get_absolute_url()}?open", way, state, story.get_absolute_url()]),
    ):
        page = opens(member)
        for address in addresses:
            page.goto(address)
            found += [f"{address}: {each}" for each in violations(page)]
            fits(page, address)
    assert found == []
