"""Passkeys, with a device in software."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from leeward.members.codes import make_codes
from leeward.members.models import Member, Passkey
from tests.conftest import PASSPHRASE, Cast, signed_in
from tests.members.authenticator import Authenticator
from tests.members.people import hidden, signed_in_as, text_of

pytestmark = pytest.mark.django_db


def options_at(client: Client, address: str) -> dict[str, Any]:
    answer = client.post(address)
    assert answer.status_code == 200
    options: dict[str, Any] = json.loads(answer.content)
    return options


def add_passkey(client: Client, device: Authenticator) -> Any:
    return client.post("/me/passkeys/", {"passkey": device.make(options_at(client, "/me/passkeys/options/"))})


@pytest.fixture
def device(cast: Cast) -> Authenticator:
    """A device on which the author has a passkey."""
    device = Authenticator()
    add_passkey(signed_in_as(cast.author, "Mozilla/5.0 (Android 15; Mobile) Gecko/140.0 Firefox/140.0"), device)
    return device


def sign_in_with(client: Client, answer: str, **more: str) -> Any:
    return client.post("/sign-in/", {"name": "", "passphrase": "", "passkey": answer, **more})


def test_a_member_adds_a_passkey_and_signs_in_with_it_without_a_name(cast: Cast, device: Authenticator) -> None:
    assert Passkey.objects.get(member=cast.author).label == "Firefox on Android"
    client = Client()
    options = options_at(client, "/sign-in/passkey/")
    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"
    response = sign_in_with(client, device.show(options), next="/me/sessions/")
    assert response["Location"] == "/me/sessions/"
    assert "Maud" in text_of(client.get("/me/"))


def test_an_answer_counts_once(cast: Cast, device: Authenticator) -> None:
    client = Client()
    answer = device.show(options_at(client, "/sign-in/passkey/"))
    assert sign_in_with(client, answer).status_code == 302
    client.post("/sign-out/")
    assert "Please try once more" in text_of(sign_in_with(client, answer))


def test_an_answer_to_another_browsers_challenge_does_not_count(cast: Cast, device: Authenticator) -> None:
    answer = device.show(options_at(Client(), "/sign-in/passkey/"))
    other = Client()
    options_at(other, "/sign-in/passkey/")
    assert sign_in_with(other, answer).status_code == 200


def test_a_challenge_grows_old(cast: Cast, device: Authenticator, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    answer = device.show(options_at(client, "/sign-in/passkey/"))
    monkeypatch.setattr("leeward.members.passkeys._CHALLENGE_LASTS", -1)
    assert sign_in_with(client, answer).status_code == 200


def test_a_passkey_of_another_site_or_unlocked_by_nobody_does_not_count(cast: Cast, device: Authenticator) -> None:
    for changed in ({"origin": "https://example.org"}, {"verifies": False}):
        liar = Authenticator(**{**vars(device), **changed})
        client = Client()
        assert sign_in_with(client, liar.show(options_at(client, "/sign-in/passkey/"))).status_code == 200


def test_another_key_under_a_known_name_does_not_count(cast: Cast, device: Authenticator) -> None:
    thief = Authenticator(credential=device.credential)
    client = Client()
    assert sign_in_with(client, thief.show(options_at(client, "/sign-in/passkey/"))).status_code == 200


def test_nonsense_is_refused_kindly(cast: Cast) -> None:
    client = Client()
    for nonsense in ("x", "[]", "{}", '{"id": 3}', "[" * 15_000, json.dumps({"id": "a" * 30_000})):
        options_at(client, "/sign-in/passkey/")
        page = sign_in_with(client, nonsense)
        assert page.status_code == 200
        assert "This passkey is not known here" in text_of(page)


def test_adding_one_asks_for_proof(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert client.get("/me/passkeys/")["Location"].startswith("/me/confirm/")
    assert add_passkey(client, Authenticator()).status_code == 403
    assert not Passkey.objects.exists()


def test_a_passkey_made_for_one_member_is_not_kept_by_another(cast: Cast) -> None:
    answer = Authenticator().make(options_at(signed_in_as(cast.author), "/me/passkeys/options/"))
    other = signed_in_as(cast.other_member)
    options_at(other, "/me/passkeys/options/")
    assert "could not be added" in text_of(other.post("/me/passkeys/", {"passkey": answer}, follow=True))
    assert not Passkey.objects.exists()


def test_the_same_passkey_is_not_kept_twice(cast: Cast, device: Authenticator) -> None:
    response = add_passkey(signed_in_as(cast.other_member), device)
    assert response.status_code == 302
    assert Passkey.objects.get().member == cast.author


def test_the_device_is_told_which_passkeys_it_has_already(cast: Cast, device: Authenticator) -> None:
    options = options_at(signed_in_as(cast.author), "/me/passkeys/options/")
    assert [known["id"] for known in options["excludeCredentials"]] == [Passkey.objects.get().credential]


def test_a_passkey_is_proof(cast: Cast, device: Authenticator) -> None:
    client = signed_in(cast.author)
    page = client.get("/me/confirm/", {"next": "/me/codes/"})
    assert "Use a passkey" in text_of(page)
    answer = device.show(options_at(client, "/sign-in/passkey/"))
    sent = {"passkey": answer, "next": hidden(page, "next")}
    assert client.post("/me/confirm/", sent)["Location"] == "/me/codes/"
    assert client.get("/me/codes/").status_code == 200


def test_somebody_elses_passkey_is_no_proof(cast: Cast, device: Authenticator) -> None:
    client = signed_in(cast.other_member)
    answer = device.show(options_at(client, "/sign-in/passkey/"))
    assert "not one of yours" in text_of(client.post("/me/confirm/", {"passkey": answer}))
    assert client.get("/me/codes/").status_code == 302


def test_she_removes_her_own_and_nobody_elses(cast: Cast, device: Authenticator) -> None:
    passkey = Passkey.objects.get()
    signed_in_as(cast.other_member).post(f"/me/passkeys/{passkey.ref}/remove/")
    assert Passkey.objects.exists()
    signed_in_as(cast.author).post(f"/me/passkeys/{passkey.ref}/remove/")
    assert not Passkey.objects.exists()


def test_the_last_way_in_is_not_removed(cast: Cast, device: Authenticator) -> None:
    client = signed_in_as(cast.author)
    Member.objects.filter(pk=cast.author.pk).update(password="!")
    fresh = Client()
    sign_in_with(fresh, device.show(options_at(fresh, "/sign-in/passkey/")))
    ref = Passkey.objects.get().ref
    assert "only way in" in text_of(fresh.post(f"/me/passkeys/{ref}/remove/", follow=True))
    make_codes(cast.author)
    fresh.post(f"/me/passkeys/{ref}/remove/")
    assert not Passkey.objects.exists()
    assert client.get("/me/").status_code == 302


def test_the_page_works_without_scripts_and_shows_no_dead_button(cast: Cast) -> None:
    page = text_of(Client().get("/sign-in/"))
    assert '<div class="field" hidden data-passkey="show"' in page
    assert PASSPHRASE not in page
