"""Asking "Am I the only one?" on a phone: being told, widening, meeting, declining, and a light left on.

Once with scripts, once without: what is sent and what comes back is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from leeward.audience.models import MEMBERS
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish, show_to
from leeward.circles.models import LightCall, Presence
from leeward.circles.tending import tend_circles
from leeward.journeys.facts import Pair
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.stories.models import ShownFact
from tests.browsing import Opens
from tests.circles.people import IVF, LATE, findable, known
from tests.conftest import Cast, make_member
from tests.finding import FollowingFinder, finder
from tests.journeys.journeying import lost, told
from tests.numbers.test_answers import published
from tests.stories.telling import told as told_story

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])]

NOTE = "I read your page twice. Mine was in June."
ANSWER = "So did I, yours. It is quiet here."


def press(page: Page, name: str, *, exact: bool = True) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def card(page: Page, title: str) -> Locator:
    return page.locator(".card", has=page.get_by_role("link", name=title, exact=True))


@pytest.fixture
def found(settings: Any) -> Iterator[FollowingFinder]:
    """The real finder."""
    with finder(settings) as one:
        yield one


@pytest.fixture
def asker(cast: Cast) -> Member:
    """Somebody who lost at twenty weeks, after IVF, in June 2026; her account is not new."""
    told(cast.other_member, path=["ivf"], relation=["carried"], now=["not_trying_yet"])
    lost(cast.other_member, "miscarriage_late", weeks=20, year=2026, month=6)
    return known(cast.other_member)


@pytest.fixture
def ines(cast: Cast) -> Presence:
    """Somebody near to her, who would like to be found."""
    return findable(cast.same_ring, LATE, IVF, ("weeks", "21"), ("month", "2025-10"), text="Ask me about October.")


def story(by: Member, title: str, *facts: Pair, text: str = "It was by the harbour.", notes: int = 0) -> None:
    one = told_story(by, title=title, text=text, notes=notes)
    ShownFact.objects.bulk_create([ShownFact(story=one, facet=facet, key=key) for facet, key in facts])
    show_to(one, [MEMBERS])
    publish(one)


def test_she_asks_and_is_told_by_people_stories_and_numbers(
    cast: Cast, opens: Opens, asker: Member, ines: Presence, found: FollowingFinder, scripts: bool
) -> None:
    published("S", {("miscarriage_late",): 62})
    story(cast.author, "By the harbour", LATE)
    found.follow()
    page = opens(asker, scripts=scripts)
    page.goto("/")
    follow(page, "Am I the only one?")
    main = page.locator("main")
    expect(main).to_contain_text("You are not the only one.")
    expect(main).to_contain_text("Loss in the second trimester")
    reasons = card(page, "Ines").locator(".reasons li")
    expect(reasons).to_have_text(
        ["also at around twenty-one weeks", "also through IVF", "eight months further on"], use_inner_text=True
    )
    expect(card(page, "By the harbour").locator(".reasons")).to_contain_text("also in the second trimester")
    expect(main).not_to_contain_text("%")
    expect(main).to_contain_text("not yet confirmed by this place")
    card(page, "By the harbour").get_by_role("button", name="Not this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Am I the only one?")
    expect(main).not_to_contain_text("By the harbour")


def test_where_nobody_is_she_looks_with_less_and_in_her_own_words(
    cast: Cast, opens: Opens, asker: Member, found: FollowingFinder, scripts: bool
) -> None:
    page = opens(asker, scripts=scripts)
    page.goto("/near/")
    main = page.locator("main")
    expect(main).to_contain_text("nobody can be seen yet who shows the same")
    expect(main).to_contain_text("says nothing about how many live with it")
    story(cast.author, "Also through a clinic", IVF)
    story(cast.author, "The drive home", LATE, text="My waters broke on the motorway, far from anyone.")
    found.follow()
    page.reload()
    expect(page.locator(".card__title").first).to_have_text("The drive home")
    press(page, "what happened")
    expect(main.locator(".notice")).to_contain_text("This time without: what happened.")
    expect(page.locator(".card__title")).to_have_text(["Also through a clinic"])
    follow(page, "Look as before")
    page.locator("main summary", has_text="In your own words").click()
    page.get_by_label("In your own words", exact=True).fill("My waters broke and I feel so guilty")
    press(page, "Look again")
    page.get_by_role("group", name="You seem to say").get_by_label("Guilt").check()
    press(page, "Look again")
    expect(page.get_by_label("In your own words", exact=True)).to_have_value("My waters broke and I feel so guilty")
    expect(main).to_contain_text("They are kept nowhere.")
    assert "guilt" not in page.url
    assert ("heart", "guilt") not in asker.facts.values_list("facet", "key")


def test_who_has_told_nothing_is_comforted_and_can_say_it_for_once(
    cast: Cast, opens: Opens, found: FollowingFinder, scripts: bool
) -> None:
    story(cast.author, "The drive home", LATE, text="My waters broke on the motorway, far from anyone.")
    found.follow()
    page = opens(scripts=scripts)
    page.goto("/near/")
    expect(page.locator("main")).to_contain_text("a question that very many people ask")
    expect(page.locator("main")).to_contain_text("What published figures say")
    page = opens(cast.other_member, scripts=scripts)
    page.goto("/near/")
    expect(page.locator("main")).to_contain_text("a question that very many people ask")
    page.get_by_label("In your own words", exact=True).fill("waters broke on the motorway")
    press(page, "Look")
    expect(page.locator("main")).to_contain_text("This came nearest to your words.")
    expect(card(page, "The drive home")).to_be_visible()


def test_two_meet_by_a_note_and_an_answer_and_one_ends_it(
    cast: Cast, opens: Opens, asker: Member, ines: Presence, scripts: bool
) -> None:
    hers = opens(asker, scripts=scripts)
    hers.goto("/near/")
    expect(hers.get_by_role("link", name="Write to Ines")).to_have_count(0)
    expect(hers.locator("main")).to_contain_text("Who writes to somebody can be found too")
    findable(asker, LATE, IVF)
    hers.reload()
    follow(hers, "Write to Ines")
    hers.get_by_label("Your note").fill(NOTE)
    press(hers, "Send it")
    waiting = hers.url
    expect(hers.locator("main")).to_contain_text("If it fits, an answer comes")

    other = opens(cast.same_ring, scripts=scripts)
    other.goto("/bell/")
    follow(other, "Someone has written to you.")
    expect(other.locator("main")).to_contain_text(NOTE)
    other.get_by_label("Your words").fill(ANSWER)
    press(other, "Send it")
    expect(other.locator("main")).to_contain_text(ANSWER)

    hers.goto(waiting)
    expect(hers.locator("main")).to_contain_text(ANSWER)
    hers.goto("/near/")
    expect(card(hers, "Ines")).to_have_count(0)
    hers.goto(waiting)
    follow(hers, "End it")
    press(hers, "End it")
    other.reload()
    expect(other.locator("main")).to_contain_text("This has ended.")


def test_who_is_declined_reads_the_same_as_before(
    cast: Cast, opens: Opens, asker: Member, ines: Presence, scripts: bool
) -> None:
    findable(asker, LATE, IVF)
    hers = opens(asker, scripts=scripts)
    hers.goto(ines.get_absolute_url())
    follow(hers, "Write a note")
    hers.get_by_label("Your note").fill(NOTE)
    press(hers, "Send it")
    address = hers.url
    hers.goto(address)  # once more, without what was said only now
    before = hers.locator("main").inner_text()
    other = opens(cast.same_ring, scripts=scripts)
    other.goto("/people/")
    follow(other, "Tobias")
    press(other, "Leave it unanswered")
    expect(other.get_by_role("heading", level=1)).to_have_text("People")
    hers.goto(address)
    assert hers.locator("main").inner_text() == before


def test_a_light_asks_the_newcomer_first_and_then_tells(cast: Cast, opens: Opens, asker: Member, scripts: bool) -> None:
    hers = opens(asker, scripts=scripts)
    hers.goto("/near/")
    follow(hers, "Leave a light on")
    hers.get_by_label("Loss in the second trimester").check()
    hers.get_by_label("IVF").check()
    press(hers, "Leave it on")
    expect(hers.locator(".said")).to_contain_text("It is on. Nobody sees it but you.")

    comes = make_member("Runa")
    told(comes, path=["ivf"])
    lost(comes, "miscarriage_late", weeks=21)
    findable(comes, LATE, IVF)
    tend_circles()
    newcomer = opens(comes, scripts=scripts)
    newcomer.goto("/")
    follow(newcomer, "Read what is asked")
    expect(newcomer.locator("main")).to_contain_text("May she learn that you are here?")
    press(newcomer, "Yes, she may")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("You have said yes")

    hers.goto("/bell/")
    expect(hers.locator("main")).not_to_contain_text("light")
    LightCall.objects.update(tell_at=now_us() - 1)  # the day within the week has come
    tend_circles()
    hers.reload()
    follow(hers, "Your light has been seen by somebody.")
    expect(hers.get_by_role("heading", level=1)).to_have_text("Runa")
    hers.goto("/light/")
    press(hers, "Put it out", exact=False)
    expect(hers.locator(".said")).to_contain_text("It is out.")


def test_on_a_hard_day_more_is_kept_from_every_door_until_she_ends_it(
    cast: Cast, opens: Opens, asker: Member, found: FollowingFinder, scripts: bool
) -> None:
    story(cast.author, "By the harbour", LATE, IVF)
    story(cast.author, "The day itself", LATE, IVF, notes=mask_of(["loss_detail"]))
    found.follow()
    page = opens(asker, scripts=scripts)
    page.goto("/near/")
    expect(card(page, "The day itself")).to_be_visible()
    press(page, "Today is hard")

    def shown() -> Iterator[Page]:
        for address in ("/", "/near/", "/stories/"):
            page.goto(address)
            yield page
        page.goto("/search/")
        page.get_by_label("What are you looking for?").fill("harbour")
        press(page, "Search")
        yield page

    for each in shown():
        expect(each.locator("main")).to_contain_text("By the harbour")
        expect(each.locator("main")).not_to_contain_text("The day itself")
    press(page, "End it")
    for each in shown():
        expect(each.locator("main")).to_contain_text("The day itself")
