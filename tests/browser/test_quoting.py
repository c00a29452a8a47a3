"""Quoting, a card of a linked story, and a name beside a word: on a phone, with and without scripts, by keyboard."""

from __future__ import annotations

import pytest
from django.conf import settings as place
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect

from leeward.audience.actions import choose
from leeward.audience.models import MEMBERS
from leeward.members.models import Member
from leeward.moderation.models import FirstTexts
from leeward.stories.actions.answering import answer
from leeward.stories.models import Answer, Quote
from tests.browser.hands import follow_by_key, press, press_by_key, tab_to
from tests.browser.test_axe import violations
from tests.browser.test_browser_copies import CHOICE, until_stored, write_offline
from tests.browser.watching import Watch
from tests.browsing import Opens
from tests.conftest import Cast
from tests.stories.quoting import PASSAGE, TEXT
from tests.stories.telling import told

pytestmark = pytest.mark.browser

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture(autouse=True)
def _nobody_is_new(cast: Cast) -> None:
    for member in vars(cast).values():
        FirstTexts.objects.create(member=member, released=100)


@SCRIPTS
def test_a_passage_is_chosen_shortened_and_stands_above_the_answer_until_it_is_taken_back(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    story = told(cast.author, MEMBERS, text=TEXT)
    page = opens(cast.other_member, scripts=scripts)
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Answer with a quote from the story").click()
    assert not scripts or not violations(page)
    page.get_by_label(PASSAGE).check()
    press(page, "Quote this")
    passage = page.get_by_label("What you quote")
    expect(passage).to_have_value(f"{PASSAGE} Nobody spoke.")
    passage.fill("The harbour was green.")
    page.get_by_label("Your answer").fill("I know that grey.")
    press(page, "Answer")
    expect(page.locator("#error-summary")).to_contain_text("word for word")
    expect(page.get_by_label("Your answer")).to_have_value("I know that grey.")
    page.get_by_label("What you quote").fill(PASSAGE)
    assert not scripts or not violations(page)
    press(page, "Answer")
    quote = page.locator("article.answer figure")
    expect(quote).to_contain_text(PASSAGE)
    expect(quote).to_contain_text("Maud")

    other = opens(cast.host, scripts=scripts)
    other.goto(story.get_absolute_url())
    expect(other.locator("article.answer figure")).to_contain_text(PASSAGE)
    assert not scripts or not violations(other)
    page.goto(f"{story.get_absolute_url()}")
    author = opens(cast.author, scripts=scripts)
    author.goto(f"{story.get_absolute_url()}share/")
    author.get_by_label("Not to be quoted").check()
    press(author, "Keep this")
    other.reload()
    expect(other.get_by_text("I know that grey.")).to_be_visible()
    expect(other.locator("figure")).to_have_count(0)
    expect(other.get_by_role("link", name="Answer with a quote from the story")).to_have_count(0)


def test_an_answer_is_quoted_by_keyboard_alone(cast: Cast, opens: Opens) -> None:
    story = told(cast.author, MEMBERS, text="plain")
    answer(story, by=cast.same_ring, text=PASSAGE)
    page = opens(cast.other_member)
    page.goto(story.get_absolute_url())
    follow_by_key(page, "Quote")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer with a quote")
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type("I know that grey.")
    press_by_key(page, "Answer")
    expect(page.locator("article.answer figure")).to_contain_text(PASSAGE)
    assert Quote.objects.get().of_answer == Answer.objects.written_by(cast.same_ring).get()


def test_a_browser_keeps_her_answer_by_her_choice_and_never_the_words_of_another(
    cast: Cast, opens: Opens, watches: dict[BrowserContext, Watch]
) -> None:
    story = told(cast.author, MEMBERS, text=TEXT)
    address = reverse("stories:quote", args=["stories.story", story.ref])
    page = opens(cast.other_member)
    page.goto(f"{address}?passage=1")
    page.get_by_text("If the network may fail").click()
    with page.expect_response("**/me/unsent/here/"):
        page.get_by_label(CHOICE).check()
    until_stored(page, 1)
    write_offline(page, watches, "I know that grey.")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{address}?passage=0")
    expect(again.get_by_label("Your answer")).to_have_value("I know that grey.")
    expect(again.get_by_label("What you quote")).to_have_value("We had waited for weeks.")


@SCRIPTS
def test_a_link_is_a_card_for_who_may_see_the_story_and_stays_what_was_typed_for_others(
    cast: Cast, opens: Opens, scripts: bool
) -> None:
    linked = told(cast.author, MEMBERS, title="The lighthouse keeper", text="It rained.")
    text = f"I read [this one]({place.BASE_URL}{linked.get_absolute_url()}) twice."
    story = told(cast.host, MEMBERS, text=text)
    page = opens(cast.other_member, scripts=scripts)
    page.goto(story.get_absolute_url())
    assert not scripts or not violations(page)
    page.get_by_role("link", name="The lighthouse keeper").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The lighthouse keeper")

    blocked = opens(cast.blocked, scripts=scripts)
    blocked.goto(story.get_absolute_url())
    expect(blocked.get_by_role("link", name="this one", exact=True)).to_be_visible()
    expect(blocked.get_by_text("The lighthouse keeper")).to_have_count(0)


@SCRIPTS
def test_a_name_is_put_to_a_word_in_a_second_step_and_taken_off(cast: Cast, opens: Opens, scripts: bool) -> None:
    story = told(cast.author, MEMBERS)
    befriend(cast.other_member, cast.host)
    page = opens(cast.other_member, scripts=scripts)
    page.goto(story.get_absolute_url())
    expect(page.get_by_text("Your name beside it")).to_have_count(0)
    press(page, "With you")
    page.get_by_text("Your name beside it").click()
    assert not scripts or not violations(page)
    press(page, "Put my name to “With you”")

    friend, other = opens(cast.host, scripts=scripts), opens(cast.moderator, scripts=scripts)
    for one in (friend, other):
        one.goto(story.get_absolute_url())
    expect(friend.get_by_text("People you know have said:")).to_contain_text("“With you” (Tobias)")
    expect(other.locator("main")).not_to_contain_text("Tobias")
    assert not scripts or not violations(friend)
    page.get_by_text("Your name beside it").click()
    press(page, "Take my name off “With you”")
    friend.reload()
    expect(friend.locator("main")).not_to_contain_text("Tobias")


def befriend(one: Member, other: Member) -> None:
    choose(one, other)
    choose(other, one)
