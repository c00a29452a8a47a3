"""Passkeys and joining in a real browser, with the browser's own software authenticator."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from leeward.members.models import Member, Passkey
from tests.browser.watching import Watch
from tests.browsing import Opens, keep_passkeys
from tests.conftest import PASSPHRASE, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(opens: Opens) -> Page:
    """A phone that can keep passkeys and unlocks when it is asked."""
    page = opens()
    keep_passkeys(page)
    return page


def test_she_joins_with_a_passkey_signs_out_and_comes_back_with_it(phone: Page) -> None:
    phone.goto("/join/")
    phone.get_by_label("A name for this place").fill("Linnea")
    phone.get_by_label("I am 18 or over").check()
    phone.get_by_label("I have read the rules").check()
    phone.get_by_role("button", name="Join with a passkey instead").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You have joined. One more thing, for later.")
    assert not Member.objects.get(name="Linnea").has_usable_password()
    phone.get_by_role("button", name="Make codes").click()
    expect(phone.locator(".codes li")).to_have_count(8)
    phone.goto("/me/")
    phone.get_by_role("button", name="Sign out").click()
    phone.goto("/sign-in/?next=/me/sessions/")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where I am signed in")


def test_a_mistake_elsewhere_on_the_form_does_not_ask_for_a_second_passkey(phone: Page) -> None:
    phone.goto("/join/")
    phone.get_by_label("A name for this place").fill("Linnea")
    phone.get_by_role("button", name="Join with a passkey instead").click()
    expect(phone.get_by_text("Your passkey is ready")).to_be_visible()
    phone.get_by_label("I am 18 or over").check()
    phone.get_by_label("I have read the rules").check()
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("You have joined"))
    assert Passkey.objects.get().member.name == "Linnea"


def test_a_taken_name_is_said_before_the_device_makes_anything(
    phone: Page, watches: dict[BrowserContext, Watch], home: str
) -> None:
    make_member("Linnea")
    watches[phone.context].expects_refusal_of(f"{home}/join/passkey/")
    phone.goto("/join/")
    phone.get_by_label("A name for this place").fill("linnea")
    phone.get_by_role("button", name="Join with a passkey instead").click()
    expect(phone.get_by_text("Somebody here has this name")).to_be_visible()
    assert not Passkey.objects.exists()


def test_where_the_device_has_no_passkey_she_is_told_and_may_go_another_way(phone: Page) -> None:
    make_member("Linnea")
    phone.goto("/sign-in/")
    phone.get_by_label("Your name here").fill("Linnea")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_text("That did not work, or was cancelled")).to_be_visible()
    phone.get_by_label("Your passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where you are")


def test_without_scripts_no_passkey_is_offered_and_all_else_works(opens: Opens) -> None:
    page = opens(scripts=False)
    page.goto("/join/")
    expect(page.get_by_role("button", name="Join with a passkey instead")).to_be_hidden()
    page.get_by_label("A name for this place").fill("Linnea")
    page.get_by_label("A passphrase").fill(PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(PASSPHRASE)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I have read the rules").check()
    page.get_by_role("button", name="Join", exact=True).click()
    page.get_by_role("button", name="Make codes").click()
    expect(page.locator(".codes li")).to_have_count(8)


def test_words_written_while_signed_out_come_through_signing_in_exactly(opens: Opens) -> None:
    member = make_member("Linnea")
    page = opens(member, scripts=False)
    page.goto("/me/name/")
    page.get_by_label("Your name here").fill("Linnea of “the” <hill> & lake")
    page.context.clear_cookies(name="s")
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out. Your words are here.")
    page.get_by_label("Your name here").fill("Linnea")
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Send it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Linnea of “the” <hill> & lake")
