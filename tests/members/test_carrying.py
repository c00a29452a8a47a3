"""What is sent by somebody who has been signed out is not lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from leeward.members import carrying
from leeward.members import forms as own_forms
from leeward.members.doors import host_required, member_required, moderator_required
from tests.conftest import PASSPHRASE, Cast, signed_in
from tests.members.people import hidden, sign_in, text_of

WORDS = 'We called her "Ash" & kept the blanket.\r\n\r\n<b>She</b> was small.'


@member_required
def tell(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(repr(sorted((name, values) for name, values in request.POST.lists())))


@moderator_required
def for_moderators(request: HttpRequest) -> HttpResponse:
    return HttpResponse("case")


@host_required
def for_the_host(request: HttpRequest) -> HttpResponse:
    return HttpResponse("settings")


urlpatterns = [
    path("tell/<int:number>/", tell),
    path("cases/", for_moderators),
    path("hosting/", for_the_host),
    path("", include("leeward.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors_of_the_test")]


@pytest.fixture
def doors_of_the_test() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def fields_sent_on(page: Any) -> dict[str, list[str]]:
    """What the button of the page would send, as a browser reads it."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<textarea name="([^"]*)" hidden>\n?(.*?)</textarea>', page.content.decode(), re.DOTALL
    ):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return fields


def test_words_sent_after_the_session_ended_are_shown_and_carried_through_signing_in(cast: Cast) -> None:
    client = Client()
    page = client.post("/tell/3/?from=here", {"text": WORDS, "tick": ["a", "b"], "empty": ""})
    assert page.status_code == 401
    assert "You were signed out. Your words are here." in text_of(page)
    assert WORDS in text_of(page)
    page = sign_in(client, "Maud", "wrong passphrase", carried=hidden(page, "carried"))
    assert WORDS in text_of(page)
    page = sign_in(client, "Maud", carried=hidden(page, "carried"))
    assert page.status_code == 200
    assert 'action="/tell/3/?from=here"' in text_of(page)
    sent = client.post("/tell/3/?from=here", fields_sent_on(page))
    assert sent.content.decode() == repr([("empty", [""]), ("text", [WORDS]), ("tick", ["a", "b"])])


def test_what_was_carried_is_sent_on_with_a_fresh_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    def token(page: Any) -> str:
        return hidden(page, "csrfmiddlewaretoken")

    before = token(client.get("/sign-in/"))
    page = client.post("/tell/1/", {"text": WORDS, "csrfmiddlewaretoken": before})
    page = sign_in(client, "Maud", carried=hidden(page, "carried"), csrfmiddlewaretoken=token(page))
    assert "csrfmiddlewaretoken" not in fields_sent_on(page)
    assert client.post("/tell/1/", {"text": WORDS, "csrfmiddlewaretoken": before}).status_code == 403
    assert client.post("/tell/1/", {**fields_sent_on(page), "csrfmiddlewaretoken": token(page)}).status_code == 200


def test_passphrases_and_codes_are_never_carried(cast: Cast) -> None:
    secrets = {
        name
        for form in vars(own_forms).values()
        if isinstance(form, type) and issubclass(form, forms.Form)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput) or name in {"code", "passkey"}
    }
    assert secrets <= carrying.NEVER
    page = Client().post("/tell/1/", dict.fromkeys(carrying.NEVER, "spoken secret words") | {"text": WORDS})
    carried = carrying.from_text(hidden(page, "carried"))
    assert carried is not None
    assert carried.fields == (("text", WORDS),)
    assert "spoken secret words" not in text_of(page)


def test_a_form_of_secrets_alone_is_asked_again_after_signing_in(cast: Cast) -> None:
    client = Client()
    page = client.post("/me/passphrase/", {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE})
    assert sign_in(client, "Maud", carried=hidden(page, "carried"))["Location"] == "/me/passphrase/"


def test_words_that_somebody_else_signed_are_not_carried(cast: Cast) -> None:
    client = Client()
    for forged in ("nonsense", '["https://example.org/", [], false]'):
        assert sign_in(client, "Maud", carried=forged)["Location"] == "/"


def test_a_stranger_who_only_reads_is_asked_to_sign_in(cast: Cast) -> None:
    for address in ("/tell/1/", "/cases/", "/hosting/"):
        assert Client().get(address)["Location"].startswith("/sign-in/?next=")


def test_doors_of_a_role_are_not_there_for_others(cast: Cast) -> None:
    found = {
        name: [signed_in(member).get(address).status_code for address in ("/tell/1/", "/cases/", "/hosting/")]
        for name, member in {"member": cast.author, "moderator": cast.moderator, "host": cast.host}.items()
    }
    assert found == {"member": [200, 404, 404], "moderator": [200, 200, 404], "host": [200, 404, 200]}


def test_a_proof_that_is_too_old_carries_the_form_too(cast: Cast) -> None:
    client = signed_in(cast.author)
    page = client.post("/me/leave/everything/", {"meant": "on"})
    assert page.status_code == 403
    page = client.post("/me/confirm/", {"passphrase": PASSPHRASE, "carried": hidden(page, "carried")})
    assert fields_sent_on(page) == {"meant": ["on"]}
