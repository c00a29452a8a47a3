"""Input that no form of ours sends gets a kind answer, on both databases, and never an error of ours."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from leeward.journeys.actions import agree
from leeward.members.models import Purpose
from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db

ODD = [
    "abc",
    "-1",
    "0",
    "9" * 18,
    "9" * 19,
    "9" * 40,
    "9" * 5000,
    "1e9",
    "٣",
    "²",
    "\x00",
    "\ud800",
    " ",
    "%00",
    "☃" * 500,
]


@pytest.mark.parametrize("value", ODD, ids=[ascii(value)[:12] for value in ODD])
@pytest.mark.parametrize(
    "path",
    [
        "/stories/?before=",
        "/near/?to=",
        "/bell/?before=",
        "/moderation/log/?before=",
        "/sign-in/?next=",
        "/join/?next=",
        "/journey/word/?of=",
    ],
)
def test_an_odd_address_is_answered(cast: Cast, path: str, value: str) -> None:
    start, name = path[:-1].split("?")
    agree(cast.host, [Purpose.JOURNEY])
    for client in (Client(), signed_in(cast.host)):
        sent = {name: value.encode("utf-8", "surrogatepass")}
        assert client.get(start, sent).status_code < 500


@pytest.mark.parametrize("value", ["\x00", "\ud800", "x" * 5000, "0" * 40, "é\x00"], ids=ascii)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/me/sessions/", "end"),
        ("/me/consents/", "purpose"),
        ("/me/people/", "name"),
        ("/me/blocks/", "name"),
        ("/me/shields/", "notes"),
        ("/me/name/", "name"),
        ("/stories/tell/", "text"),
        ("/stories/tell/", "title"),
        ("/stories/keep/", "ref"),
        ("/journey/step/you/", "own_word"),
        ("/journey/loss/", "name"),
        ("/journey/changed/", "what"),
        ("/sign-in/", "name"),
        ("/sign-in/", "carried"),
        ("/recover/", "code"),
        ("/me/letters/", "stories.answer"),
        ("/leave/about/", "keeps"),
        ("/host/help/", "checked"),
    ],
)
def test_an_odd_field_is_answered(cast: Cast, path: str, name: str, value: str) -> None:
    agree(cast.host, [Purpose.JOURNEY])
    sent = {name: value.encode("utf-8", "surrogatepass"), "text": "a"} | {name: value.encode("utf-8", "surrogatepass")}
    for client in (Client(), signed_in(cast.host)):
        assert client.post(path, sent).status_code < 500


@pytest.mark.parametrize("number", ["9" * 19, "9" * 40, "9" * 5000, "-5", "1.5"])
@pytest.mark.parametrize("name", ["year", "month", "day", "weeks", "days"])
def test_an_odd_number_of_a_loss_is_answered(cast: Cast, name: str, number: str) -> None:
    agree(cast.author, [Purpose.JOURNEY])
    sent = {"year": "2001", "month": "1", "day": "1", "weeks": "3", "days": "1", name: number}
    assert signed_in(cast.author).post("/journey/loss/", sent).status_code == 200


@pytest.mark.parametrize("stamp", ["9" * 18, "9" * 19, "9" * 40, "-1", "x"])
def test_an_odd_stamp_overwrites_nothing_and_loses_nothing(cast: Cast, stamp: str) -> None:
    browser = signed_in(cast.author)
    kept = browser.post("/stories/keep/", {"text": "first words"}).json()
    answered = browser.post(
        f"/stories/{kept['ref']}/write/", {"text": "other words", "stamp": stamp, "ref": kept["ref"]}
    )
    assert answered.status_code in {200, 409}
    assert "other words" in answered.content.decode()
    assert "first words" in browser.get(f"/stories/{kept['ref']}/").content.decode()


@pytest.mark.parametrize(
    "answer",
    [
        '{"id": "\\u0000"}',
        '{"id": "\\ud800"}',
        '{"id": ["x"]}',
        '{"id": "x", "rawId": 5, "response": []}',
        '{"id": "x", "rawId": "x", "response": {"clientDataJSON": "\\ud800"}, "type": "public-key"}',
        "[" * 20_000,
        "9" * 5000,
        "null",
    ],
    ids=range(8),
)
def test_an_odd_passkey_is_refused(cast: Cast, answer: str) -> None:
    browser = Client()
    browser.post("/sign-in/passkey/")
    assert browser.post("/sign-in/", {"passkey": answer}).status_code == 200
    browser.post("/join/passkey/", {"name": "Linnea"})
    joining = {"name": "Linnea", "of_age": "on", "agrees": "on", "passkey": answer}
    assert browser.post("/join/", joining).status_code == 200
    assert json.dumps(answer)
