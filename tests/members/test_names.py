"""Chosen names: nobody can pass for somebody else by signs that are not seen, or by letters that look alike."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from leeward.members.models import Member
from leeward.members.names import IN_PLACE_OF_A_NAME, check_name, key_of
from tests.conftest import Cast
from tests.members.people import join, said_of

pytestmark = pytest.mark.django_db

UNSEEN = {
    "a zero-width space": "\u200b",
    "a joiner": "\u200d",
    "a soft hyphen": "\u00ad",
    "writing turned round": "\u202e",
    "an isolate": "\u2066",
    "a tag": "\U000e0041",
    "a grapheme joiner": "\u034f",
    "a variation selector": "\ufe0f",
    "another variation selector": "\U000e0101",
    "a Mongolian variation selector": "\u180b",
    "a Khmer vowel that is not written": "\u17b4",
    "a Hangul filler": "\u3164",
    "a half-width Hangul filler": "\uffa0",
    "an empty Braille cell": "\u2800",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN.keys())
def test_a_sign_that_is_not_seen_makes_no_second_maud(client: Client, cast: Cast, sign: str) -> None:
    for name in (f"Ma{sign}ud", f"Maud {sign}x"):
        assert said_of(join(client, name=name), "name")
    assert Member.objects.filter(name__startswith="Ma").count() == 1


@pytest.mark.parametrize("name", ["Маud", "ΜAUD", "Ꮇaud", "Мauԁ"])
def test_letters_of_another_alphabet_among_these_make_no_second_maud(client: Client, cast: Cast, name: str) -> None:
    assert said_of(join(client, name=name), "name")


def test_a_name_all_in_letters_that_look_like_these_is_the_same_name() -> None:
    assert key_of("Тоня") == key_of("тоня")
    assert key_of("Нора") == key_of("Hopa")  # not one of the first is Latin, and no reader could tell
    assert key_of("Соса") == key_of("Coca")
    assert key_of("Νοπα") != key_of("Nona")


@pytest.mark.parametrize("name", ["ﷺ" * 40, "ﷺ" * 10, "ΐ" * 40])
def test_a_name_that_grows_when_it_is_compared_is_refused_or_kept_and_breaks_nothing(client: Client, name: str) -> None:
    assert join(client, name=name).status_code in {200, 302}
    assert all(len(member.name_key) <= 80 for member in Member.objects.all())


@pytest.mark.parametrize(
    "name", ["Leeward Support", "The Moderators", "leeward-team", "HOST", "Wren (moderator)", "staff_3", "Admin 2"]
)
def test_nobody_calls_herself_one_of_those_who_run_the_place(name: str) -> None:
    with pytest.raises(ValidationError):
        check_name(name)


@pytest.mark.parametrize("name", ["With no name", "From the one who told this · Maud", "From_Someone who  has left"])
def test_no_name_reads_like_what_stands_in_place_of_one(name: str) -> None:
    with pytest.raises(ValidationError):
        check_name(name)


def test_what_stands_in_place_of_a_name_is_known() -> None:
    folder = settings.BASE_DIR / "leeward" / "stories" / "templates" / "stories"
    shown = "".join((folder / name).read_text() for name in ("_by.html", "_answer.html"))
    in_by = re.findall(r'_\("([^"]+)"\)', (folder / "_by.html").read_text())
    assert set(in_by) <= set(map(str, IN_PLACE_OF_A_NAME))
    assert all(str(words) in shown for words in IN_PLACE_OF_A_NAME)


@override_settings(PLACE_NAME="Birch Harbour")
def test_the_place_has_its_own_name_to_itself() -> None:
    with pytest.raises(ValidationError):
        check_name("Birch  harbour")


@pytest.mark.parametrize(
    "name", ["Ada", "Åsa Ö", "Sørine 3", "Нина Я", "Ελένη", "李梅", "محمد", "O'Dell-Ng", "Ghost", "🌳 Ash"]
)
def test_names_of_every_kind_are_welcome(name: str) -> None:
    check_name(name)
