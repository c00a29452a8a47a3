"""A copy of everything, and leaving."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from leeward.members import belongings, leaving
from leeward.members.belongings import Belonging, Farewell, all_belongings
from leeward.members.codes import make_codes
from leeward.members.consents import give
from leeward.members.export import copy_of
from leeward.members.models import Consent, Member, Passkey, Purpose, RecoveryCode, Session
from tests.conftest import Cast, signed_in
from tests.members.people import sign_in, signed_in_as, text_of

pytestmark = pytest.mark.django_db


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def full(cast: Cast) -> Member:
    """The author, with a row in every table of this room."""
    give(cast.author, Purpose.JOURNEY)
    make_codes(cast.author)
    Passkey.objects.create(member=cast.author, credential="abc", public_key=b"k", label="Firefox on Android")
    return cast.author


@pytest.fixture
def letter_box(monkeypatch: pytest.MonkeyPatch) -> list[Farewell]:
    """A room above with a text that tries to be markup, and a note of how it was asked to erase."""
    asked: list[Farewell] = []
    room = Belonging(
        "box",
        "A box",
        (),
        lambda member: [{"text": "<script>alert(1)</script>\n\nÅsa’s words", "inside": ["a", "b"], "kept": None}],
        lambda member, farewell: asked.append(farewell),
    )
    monkeypatch.setattr(belongings, "_belongings", {**belongings._belongings, "box": room})
    return asked


# -- The copy ---------------------------------------------------------------------------------------------------


def test_the_copy_holds_one_file_for_each_kind_of_thing_and_one_page(full: Member, letter_box: list[Farewell]) -> None:
    response = signed_in_as(full).post("/me/export/")
    assert response["Content-Disposition"] == 'attachment; filename="my-copy.zip"'
    files = unpacked(b"".join(response))
    kinds = {f"data/{belonging.key}.json" for belonging in all_belongings()}
    assert set(files) == {"read-me-first.html"} | kinds
    assert json.loads(files["data/account.json"])[0]["name"] == "Maud"
    assert json.loads(files["data/consents.json"])[0]["for"] == "keeping my journey"
    assert json.loads(files["data/box.json"])[0]["text"] == "<script>alert(1)</script>\n\nÅsa’s words"


def test_its_page_stands_alone_and_runs_nothing(full: Member, letter_box: list[Farewell]) -> None:
    with copy_of(full) as file:
        page = unpacked(file.read())["read-me-first.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Åsa’s words" in page
    assert "A box" in page
    assert not any(sign in page for sign in ("<script", "src=", "href=", "http"))


def test_the_copy_holds_no_secret(full: Member) -> None:
    with copy_of(full) as file:
        everything = "".join(unpacked(file.read()).values())
    assert full.password not in everything
    assert not any(code.digest in everything for code in RecoveryCode.objects.all())
    assert not any(session.key in everything for session in Session.objects.all())


def test_an_open_session_is_not_enough_to_take_a_copy(full: Member) -> None:
    client = signed_in(full)
    assert client.get("/me/export/")["Location"].startswith("/me/confirm/")
    assert client.post("/me/export/").status_code == 403


# -- Leaving ----------------------------------------------------------------------------------------------------


def test_three_ways_are_offered_and_what_others_will_see_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "_item_pages", [])
    leaving.item_page("My words", "members:consents")
    page = text_of(signed_in(cast.author).get("/me/leave/"))
    for words in ("Item by item", "My words", "With everything", "Leave my words, forget me", "on another day"):
        assert words in page


@pytest.mark.parametrize(("how", "farewell"), [("everything", Farewell.TAKE_ALL), ("words-stay", Farewell.LEAVE_WORDS)])
def test_leaving_is_real(full: Member, letter_box: list[Farewell], how: str, farewell: Farewell) -> None:
    elsewhere, client = signed_in_as(full), signed_in_as(full)
    assert client.post(f"/me/leave/{how}/", {"meant": "on"})["Location"] == "/left/"
    assert letter_box == [farewell]
    assert not Member.objects.filter(name="Maud").exists()
    for model in (Consent, Passkey, RecoveryCode, Session):
        assert not model.objects.exclude(member=None).exists(), model
    assert elsewhere.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 302
    assert "It is done" in text_of(client.get("/left/"))
    assert sign_in(Client(), "Maud").status_code == 200


def test_leaving_asks_for_proof_and_for_her_word(full: Member) -> None:
    assert signed_in(full).post("/me/leave/everything/", {"meant": "on"}).status_code == 403
    page = signed_in_as(full).post("/me/leave/everything/", {"meant": ""})
    assert page.status_code == 200
    assert 'id="error-summary"' in text_of(page)
    assert Member.objects.filter(pk=full.pk).exists()


def test_there_is_no_fourth_way(full: Member) -> None:
    assert signed_in_as(full).get("/me/leave/otherwise/").status_code == 404


def test_either_everything_goes_or_nothing(full: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(member: Member, farewell: Farewell) -> Any:
        raise RuntimeError("the disk is full")

    # Registered first, and so erased last, after everything else has gone.
    room = Belonging("box", "A box", (), lambda member: [], fails)
    monkeypatch.setattr(belongings, "_belongings", {"box": room, **belongings._belongings})
    with pytest.raises(RuntimeError):
        leaving.leave(full, Farewell.TAKE_ALL)
    assert Consent.objects.filter(member_id=full.pk).exists()
    assert RecoveryCode.objects.filter(member_id=full.pk).exists()


def test_upper_rooms_erase_before_lower_ones(full: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def noting(key: str) -> Belonging:
        return Belonging(key, key, (), lambda member: [], lambda member, farewell: order.append(key))

    monkeypatch.setattr(belongings, "_belongings", {key: noting(key) for key in ("lower", "upper")})
    leaving.leave(full, Farewell.TAKE_ALL)
    assert order == ["upper", "lower"]


def test_two_rooms_cannot_take_one_key() -> None:
    with pytest.raises(ValueError, match="account"):
        belongings.register(all_belongings()[0])
