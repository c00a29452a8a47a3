"""Printed codes, and coming back with one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from leeward.members.codes import HOW_MANY, make_codes
from leeward.members.models import RecoveryCode, Session
from tests.conftest import Cast, signed_in
from tests.members.people import said_of, sign_in, signed_in_as, text_of

pytestmark = pytest.mark.django_db
NEW = "under the tall larches"


def come_back(client: Client, name: str, code: str, passphrase: str = NEW) -> Any:
    sent = {"name": name, "code": code, "passphrase": passphrase, "passphrase_again": passphrase}
    return client.post("/recover/", sent)


def test_eight_codes_are_shown_once_and_kept_as_digests(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    codes = re.findall(r"<li>((?:[a-z0-9]{4}-){3}[a-z0-9]{4})</li>", text_of(client.post("/me/codes/")))
    assert len(set(codes)) == HOW_MANY == RecoveryCode.objects.filter(member=cast.author).count()
    later = text_of(client.get("/me/codes/"))
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    for code in codes:
        assert code not in later
        assert code not in kept
    assert "8 of your codes are still good" in later


def test_making_codes_asks_for_proof(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert client.post("/me/codes/").status_code == 403
    assert not RecoveryCode.objects.exists()


def test_a_code_lets_her_in_sets_a_new_passphrase_and_ends_all_other_sessions(cast: Cast) -> None:
    elsewhere = signed_in_as(cast.author)
    code = make_codes(cast.author)[3]
    client = Client()
    response = come_back(client, "maud", f" {code.upper().replace('-', ' ')} ")
    assert response["Location"] == "/me/"
    page = text_of(client.get("/me/"))
    assert "7 printed codes are left" in page
    assert elsewhere.get("/me/").status_code == 302
    assert Session.objects.filter(member=cast.author).count() == 1
    assert sign_in(Client(), "Maud").status_code == 200
    assert sign_in(Client(), "Maud", NEW).status_code == 302


def test_a_code_is_good_once_and_a_used_one_is_told_apart(cast: Cast) -> None:
    code = make_codes(cast.author)[0]
    come_back(Client(), "Maud", code)
    page = come_back(Client(), "Maud", code, "another way of words")
    assert "used before" in said_of(page, "code")
    assert code in text_of(page)
    assert sign_in(Client(), "Maud", NEW).status_code == 302


@pytest.mark.parametrize("name", ["Ines", "Nobody"])
def test_a_code_of_another_and_a_name_of_nobody_are_told_in_the_same_words(cast: Cast, name: str) -> None:
    code = make_codes(cast.author)[0]
    page = come_back(Client(), name, code)
    assert "do not go together" in said_of(page, "code")
    assert RecoveryCode.objects.filter(used_on=None).count() == HOW_MANY


def test_a_weak_new_passphrase_uses_up_no_code(cast: Cast) -> None:
    code = make_codes(cast.author)[0]
    page = come_back(Client(), "Maud", code, "short")
    assert said_of(page, "passphrase")
    assert code in text_of(page)
    assert RecoveryCode.objects.filter(used_on=None).count() == HOW_MANY


def test_new_codes_end_the_old(cast: Cast) -> None:
    old = make_codes(cast.author)[0]
    make_codes(cast.author)
    assert said_of(come_back(Client(), "Maud", old), "code")


def test_it_is_said_plainly_that_without_codes_nobody_comes_back(client: Client, db: None) -> None:
    assert "nobody can let you in again" in text_of(client.get("/recover/"))
