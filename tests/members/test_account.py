"""A member's own page, her name, her passphrase, her letters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from leeward.members import hub
from leeward.members.actions import join
from leeward.members.codes import make_codes
from leeward.members.models import Member
from tests.conftest import PASSPHRASE, Cast, signed_in
from tests.members.people import said_of, sign_in, signed_in_as, text_of

pytestmark = pytest.mark.django_db


def test_every_way_on_her_page_leads_somewhere(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    page = text_of(client.get("/me/"))
    entries = (*hub.entries_of_rooms(cast.author), *hub.entries_of_account(cast.author), *hub.entries_of_hers())
    for entry in entries:
        address = reverse(entry.url_name)
        assert f'href="{address}"' in page
        assert client.get(address, follow=True).status_code == 200, address


def test_a_room_adds_its_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "_of_rooms", [])
    hub.register("A shelf", "members:consents", "What stands on it.")
    assert "What stands on it." in text_of(signed_in(cast.author).get("/me/"))


def test_she_is_reminded_of_codes_only_while_she_has_none(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert "You have no printed codes" in text_of(client.get("/me/"))
    make_codes(cast.author)
    assert "You have no printed codes" not in text_of(client.get("/me/"))


def test_titles_of_her_pages_give_nothing_away(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    for entry in hub.entries_of_account(cast.author) + hub.entries_of_hers():
        title = re.search(r"<title>(.*?)</title>", text_of(client.get(reverse(entry.url_name))))
        assert title is not None
        assert not re.search(r"loss|baby|pregnan|grief|misc|still", title.group(1), re.IGNORECASE)


# -- Her name ---------------------------------------------------------------------------------------------------


def test_she_changes_her_name_and_signs_in_with_the_new_one(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert client.post("/me/name/", {"name": " Maud   of the hill "}).status_code == 302
    cast.author.refresh_from_db()
    assert cast.author.name == "Maud of the hill"
    assert sign_in(Client(), "maud of the HILL").status_code == 302
    assert sign_in(Client(), "Maud").status_code == 200


def test_she_may_case_her_own_name_anew(cast: Cast) -> None:
    assert signed_in(cast.author).post("/me/name/", {"name": "MAUD"}).status_code == 302


def test_a_name_that_another_has_is_refused_and_kept_in_the_form(cast: Cast) -> None:
    page = signed_in(cast.author).post("/me/name/", {"name": "ines"})
    assert "Somebody here has this name" in said_of(page, "name")
    assert 'value="ines"' in text_of(page)


# -- Her passphrase ---------------------------------------------------------------------------------------------

NEW = {"passphrase": "under the tall larches", "passphrase_again": "under the tall larches"}


def test_an_open_session_is_not_enough_to_change_the_passphrase(cast: Cast) -> None:
    assert signed_in(cast.author).post("/me/passphrase/", NEW).status_code == 403
    assert sign_in(Client(), "Maud", NEW["passphrase"]).status_code == 200


def test_a_wrong_passphrase_is_no_proof_and_guessing_it_is_limited(cast: Cast) -> None:
    client = signed_in(cast.author)
    page = client.post("/me/confirm/", {"passphrase": "not this one"})
    assert "This is not your passphrase" in said_of(page, "passphrase")
    for _ in range(8):
        page = client.post("/me/confirm/", {"passphrase": "not this one"})
    assert "come back in" in text_of(page)
    assert client.post("/me/confirm/", {"passphrase": PASSPHRASE}).status_code == 200
    assert client.get("/me/passphrase/").status_code == 302


def test_a_proof_holds_for_ten_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in_as(cast.author)
    assert client.get("/me/passphrase/").status_code == 200
    monkeypatch.setattr("leeward.members.sessions.time.time", lambda: __import__("time").monotonic() + 2e9)
    assert client.get("/me/passphrase/").status_code == 302


def test_a_new_passphrase_ends_every_other_session_and_keeps_this_one(cast: Cast) -> None:
    elsewhere, client = signed_in_as(cast.author), signed_in_as(cast.author)
    before = client.cookies["s"].value
    assert client.post("/me/passphrase/", NEW)["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert client.cookies["s"].value != before
    assert elsewhere.get("/me/").status_code == 302
    assert sign_in(Client(), "Maud").status_code == 200
    assert sign_in(Client(), "Maud", NEW["passphrase"]).status_code == 302


def test_a_passphrase_like_her_name_is_refused(cast: Cast) -> None:
    member = join(name="Maud of the long hill", passphrase=PASSPHRASE)
    page = signed_in_as(member).post(
        "/me/passphrase/", {"passphrase": "maud of the long hill", "passphrase_again": "maud of the long hill"}
    )
    assert said_of(page, "passphrase")


def test_a_member_needs_a_way_in(db: None) -> None:
    with pytest.raises(ValueError, match="way to sign in"):
        join(name="Nobody")


# -- Her letters ------------------------------------------------------------------------------------------------


@pytest.fixture
def letters(settings: Any) -> None:
    settings.LETTERS_ON = True


def test_where_no_letters_are_sent_no_address_is_asked_for(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert client.get("/me/email/").status_code == 404
    assert "/me/email/" not in text_of(client.get("/me/"))


@pytest.mark.usefixtures("letters")
def test_an_address_is_kept_only_once_its_letter_is_opened(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.post("/me/email/", {"email": "someone@example.org"})
    cast.author.refresh_from_db()
    assert cast.author.email == ""
    letter = mail.outbox[0]
    assert letter.to == ["someone@example.org"]
    assert not re.search(r"Maud|Leeward|loss|baby|story", letter.subject + str(letter.body))
    found = re.search(r"/me/email/\S+", str(letter.body))
    assert found is not None
    assert "someone@example.org" in text_of(client.get(found.group()))
    client.post(found.group())
    cast.author.refresh_from_db()
    assert cast.author.email == "someone@example.org"


@pytest.mark.usefixtures("letters")
def test_a_link_of_another_member_or_of_nobody_keeps_nothing(cast: Cast) -> None:
    signed_in(cast.author).post("/me/email/", {"email": "someone@example.org"})
    found = re.search(r"/me/email/\S+", str(mail.outbox[0].body))
    assert found is not None
    for address in (found.group(), "/me/email/nonsense/"):
        assert signed_in(cast.other_member).post(address).status_code == 302
    assert not Member.objects.exclude(email="").exists()


@pytest.mark.usefixtures("letters")
def test_nobody_is_showered_with_letters(cast: Cast) -> None:
    client = signed_in(cast.author)
    for _ in range(7):
        client.post("/me/email/", {"email": "someone@example.org"})
    assert len(mail.outbox) == 5


@pytest.mark.usefixtures("letters")
def test_a_letter_that_cannot_be_sent_is_said_and_the_address_stays_in_the_form(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = signed_in(cast.author).post("/me/email/", {"email": "someone@example.org"})
    assert "could not be sent just now" in text_of(page)
    assert "someone@example.org" in text_of(page)


def test_a_kept_address_can_be_taken_away_even_when_letters_have_stopped(cast: Cast) -> None:
    Member.objects.filter(pk=cast.author.pk).update(email="someone@example.org")
    client = signed_in(cast.author)
    assert client.post("/me/email/", {"email": "another@example.org"}).status_code == 200
    client.post("/me/email/", {"email": ""})
    cast.author.refresh_from_db()
    assert cast.author.email == ""
