"""Joining."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from leeward.members.models import Member, Passkey, Session
from tests.conftest import PASSPHRASE, Cast
from tests.members.authenticator import Authenticator
from tests.members.people import JOINING, asked_in, hidden, join, said_of, text_of

pytestmark = pytest.mark.django_db


def test_a_stranger_joins_with_a_name_and_a_passphrase_and_nothing_else(client: Client) -> None:
    page = client.get("/join/")
    assert page.status_code == 200
    assert asked_in(page) == {"name", "passphrase", "passphrase_again", "passkey", "of_age", "agrees", "shared", "next"}
    response = join(client)
    assert response.status_code == 302
    assert response["Location"].startswith("/me/codes/?joined=1")
    member = Member.objects.get()
    assert (member.name, member.email, member.is_moderator, member.is_host) == ("Linnea", "", False, False)
    assert member.check_password(PASSPHRASE)
    assert client.get("/me/").status_code == 200


def test_the_passphrase_is_kept_as_argon2id(client: Client) -> None:
    join(client)
    assert Member.objects.get().password.startswith("argon2$argon2id$")


def test_the_page_after_joining_says_who_cannot_get_back_in(client: Client) -> None:
    page = client.get(join(client)["Location"])
    assert "cannot get back in" in text_of(page)


def test_the_way_leads_on_to_where_she_was_going_but_never_elsewhere(client: Client) -> None:
    page = client.get(join(client, next="/stories/")["Location"])
    assert 'href="/stories/">Later' in text_of(page)
    other = Client()
    page = other.get(join(other, name="Odile", next="https://example.org/")["Location"])
    assert "example.org" not in text_of(page)


@pytest.mark.parametrize("left_out", ["name", "passphrase", "of_age", "agrees"])
def test_what_is_left_out_is_named_and_what_was_typed_is_still_there(client: Client, left_out: str) -> None:
    sent = {key: value for key, value in JOINING.items() if key != left_out}
    page = client.post("/join/", sent)
    assert page.status_code == 200
    assert said_of(page, left_out)
    assert not Member.objects.exists()
    if left_out != "name":
        assert 'value="Linnea"' in text_of(page)
    assert PASSPHRASE not in text_of(page)


@pytest.mark.parametrize(("first", "again"), [("too short", "too short"), ("password123", "password123")])
def test_a_weak_passphrase_is_refused_with_words(client: Client, first: str, again: str) -> None:
    page = join(client, passphrase=first, passphrase_again=again)
    assert said_of(page, "passphrase")
    assert not Member.objects.exists()


def test_two_different_passphrases_are_noticed(client: Client) -> None:
    page = join(client, passphrase_again="a quiet harbour well")
    assert "not the same" in text_of(page)
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["Maud", "maud", "  MAUD ", "Ｍａｕｄ"])
def test_a_taken_name_is_told_with_what_to_do_however_it_is_spelt(client: Client, cast: Cast, name: str) -> None:
    before = Member.objects.count()
    page = join(client, name=name)
    assert "A second word or a number" in text_of(page)
    assert Member.objects.count() == before


@pytest.mark.parametrize(
    "name", ["M", "me@example.org", "Moderator", "the  HOST", "ha\u200bha", "\u202eduaM", "M\u0430ud", "...", "x" * 41]
)
def test_a_name_that_deceives_or_betrays_is_refused(client: Client, name: str) -> None:
    page = join(client, name=name)
    assert page.status_code == 200
    assert said_of(page, "name")
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["Aïsha", "小林", "Мария", "O'Neill 2", "Ama-K", "أمل", "Zoë of the hill"])
def test_names_of_all_writings_are_welcome(client: Client, name: str) -> None:
    assert join(client, name=name).status_code == 302
    assert Member.objects.get().name == name


def test_the_host_may_set_sixteen(client: Client, settings: object) -> None:
    settings.MINIMUM_AGE = 16  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert "I am 16 or over" in text_of(client.get("/join/"))


def test_on_a_shared_computer_the_cookie_ends_with_the_browser(client: Client) -> None:
    join(client, shared="on")
    assert client.cookies["s"]["max-age"] == ""
    assert Session.objects.get(member__name="Linnea").shared


def test_a_stranger_joins_with_a_passkey_alone(client: Client) -> None:
    device = Authenticator()
    options = json.loads(client.post("/join/passkey/", {"name": "Linnea"}).content)
    assert options["authenticatorSelection"]["userVerification"] == "required"
    response = join(client, passphrase="", passphrase_again="", passkey=device.make(options))
    assert response.status_code == 302
    member = Member.objects.get()
    assert not member.has_usable_password()
    assert Passkey.objects.get().member == member


def test_a_passkey_waits_while_the_rest_of_the_form_is_put_right(client: Client, cast: Cast) -> None:
    device = Authenticator()
    options = json.loads(client.post("/join/passkey/", {"name": "Linnea"}).content)
    made = device.make(options)
    page = join(client, passphrase="", passphrase_again="", passkey=made, of_age="")
    assert page.status_code == 200
    assert "Your passkey is ready" in text_of(page)
    assert join(client, passphrase="", passphrase_again="", passkey=hidden(page, "passkey")).status_code == 302
    assert Passkey.objects.get().member.name == "Linnea"


def test_a_made_up_passkey_makes_no_member(client: Client) -> None:
    client.post("/join/passkey/", {"name": "Linnea"})
    for nonsense in ("{}", "[]", "nonsense", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}'):
        page = join(client, passphrase="", passphrase_again="", passkey=nonsense)
        assert "passkey could not be used" in text_of(page)
    assert not Member.objects.exists()


def test_the_passkey_page_says_first_that_a_name_is_taken(client: Client, cast: Cast) -> None:
    answer = client.post("/join/passkey/", {"name": "MAUD"})
    assert answer.status_code == 400
    assert "Somebody here has this name" in json.loads(answer.content)["error"]


def test_who_is_signed_in_is_not_asked_to_join(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.author)
    assert client.get("/join/")["Location"] == "/me/"
