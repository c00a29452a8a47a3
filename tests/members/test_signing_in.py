"""Signing in and out."""

from __future__ import annotations

from unittest import mock

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from leeward.members.backends import NameAndPassphrase
from leeward.members.models import Session
from leeward.members.session_store import digest_of
from tests.conftest import PASSPHRASE, Cast
from tests.members.people import said_of, sign_in, signed_in_as, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Maud", "maud", " MAUD "])
def test_a_member_signs_in_however_she_cases_her_name(cast: Cast, client: Client, name: str) -> None:
    assert sign_in(client, name)["Location"] == "/"
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("name", ["Maud", "Nobody"])
def test_a_wrong_passphrase_and_an_unknown_name_are_told_in_the_same_words(
    cast: Cast, client: Client, name: str
) -> None:
    page = sign_in(client, name, "not the passphrase")
    assert page.status_code == 200
    assert "This name and this passphrase do not go together" in text_of(page)
    assert f'value="{name}"' in text_of(page)
    assert "not the passphrase" not in text_of(page)


def test_an_unknown_name_costs_the_same_hashing_as_a_known_one(cast: Cast) -> None:
    for name in ("Maud", "Nobody"):
        with (
            mock.patch.object(Argon2PasswordHasher, "encode", autospec=True, return_value="") as made,
            mock.patch.object(Argon2PasswordHasher, "verify", autospec=True, return_value=False) as checked,
        ):
            assert NameAndPassphrase().authenticate(None, name=name, passphrase="wrong words here") is None
        assert made.call_count + checked.call_count == 1, name


def test_what_is_left_empty_is_named(cast: Cast, client: Client) -> None:
    page = client.post("/sign-in/", {"name": "", "passphrase": ""})
    assert said_of(page, "name")
    assert said_of(page, "passphrase")


def test_signing_in_leads_back_to_where_she_was_going(cast: Cast, client: Client) -> None:
    assert client.get("/me/sessions/")["Location"] == "/sign-in/?next=%2Fme%2Fsessions%2F"
    assert sign_in(client, "Maud", next="/me/sessions/")["Location"] == "/me/sessions/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "me/", "\t//x.org"]
)
def test_signing_in_never_leads_elsewhere(cast: Cast, client: Client, elsewhere: str) -> None:
    assert sign_in(client, "Maud", next=elsewhere)["Location"] == "/"
    assert client.get("/sign-in/", {"next": elsewhere})["Location"] == "/"


def test_a_key_planted_before_signing_in_is_worth_nothing_after(cast: Cast, client: Client) -> None:
    client.post("/sign-in/passkey/")
    planted = client.cookies["s"].value
    sign_in(client, "Maud")
    assert client.cookies["s"].value != planted
    thief = Client()
    thief.cookies["s"] = planted
    assert thief.get("/me/").status_code == 302


def test_the_database_holds_no_key_that_opens_a_session(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    key = client.cookies["s"].value
    row = Session.objects.get(member=cast.author)
    assert row.key == digest_of(key)
    assert key not in f"{row.key}{row.data}"
    thief = Client()
    thief.cookies["s"] = row.key
    assert thief.get("/me/").status_code == 302


def test_a_suspended_member_signs_in_reads_and_may_not_write(cast: Cast, client: Client) -> None:
    cast.author.suspended_at = timezone.now()
    cast.author.save()
    assert sign_in(client, "Maud")["Location"] == "/"
    assert "you cannot write for others here" in text_of(client.get("/me/"))
    assert client.post("/me/name/", {"name": "Other"}).status_code == 200
    cast.author.refresh_from_db()
    assert (cast.author.name, cast.author.may_write) == ("Maud", False)
    assert b"".join(client.post("/me/export/")).startswith(b"PK")


def test_signing_out_ends_the_session_and_asks_for_a_post(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/me/").status_code == 302
    assert not Session.objects.filter(member=cast.author).exists()


def test_a_shared_computer_is_asked_to_forget_when_she_signs_out(cast: Cast, client: Client) -> None:
    sign_in(client, "Maud", shared="on")
    assert "cache" in client.post("/sign-out/")["Clear-Site-Data"]


def test_the_sign_in_pages_load_nothing_but_files_of_ours(client: Client) -> None:
    page = text_of(client.get("/sign-in/"))
    assert "<script>" not in page
    assert " style=" not in page
    assert " on" + "click=" not in page
    assert PASSPHRASE not in page
