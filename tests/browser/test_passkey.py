"""A passkey in a real browser: added later, used to come in, and removed. Joining with one: tests/members."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from leeward.members.models import Passkey
from tests.browsing import Opens, keep_passkeys
from tests.conftest import PASSPHRASE, Cast

pytestmark = pytest.mark.browser


def test_a_passkey_is_added_later_lets_her_in_and_is_removed(cast: Cast, opens: Opens) -> None:
    page = opens(cast.author)
    keep_passkeys(page)
    page.goto("/me/passkeys/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status").filter(has_text="The passkey is added")).to_be_visible()
    page.goto("/me/")
    page.get_by_role("button", name="Sign out").click()

    page.goto("/sign-in/?next=/me/passkeys/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkeys")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("You have none yet")
    assert not Passkey.objects.filter(member=cast.author).exists()

    page.goto("/me/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#error-summary")).to_contain_text("This passkey is not known here")
    page.get_by_label("Your name here").fill(cast.author.name)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where you are")
