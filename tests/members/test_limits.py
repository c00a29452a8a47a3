"""How often a door may be tried."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from leeward.members import limits
from leeward.members.codes import make_codes
from leeward.members.limits import JOIN, SIGN_IN, Door, TooMany, address_of, throw_away, try_door
from leeward.members.models import Attempt, DailyKey, Member, today
from tests.conftest import PASSPHRASE, Cast, make_member, signed_in
from tests.members.people import join, said_of, sign_in, text_of

pytestmark = pytest.mark.django_db


def exhaust(name: str, address: str = "192.0.2.7") -> None:
    """Fail to sign in under this name until the door waits."""
    for _ in range(SIGN_IN.by_name):
        sign_in(Client(REMOTE_ADDR=address), name, "wrong words entirely")


def test_after_many_failures_the_door_waits_and_says_how_long(cast: Cast) -> None:
    exhaust("Maud")
    page = sign_in(Client(), "Maud")
    assert page.status_code == 200
    assert "come back in 15 minutes" in text_of(page)
    assert 'value="Maud"' in text_of(page)
    assert PASSPHRASE not in text_of(page)


def test_it_opens_again_and_refused_tries_do_not_make_the_wait_longer(cast: Cast) -> None:
    exhaust("Maud")
    waiting = Attempt.objects.count()
    for _ in range(5):
        sign_in(Client(), "Maud")
    assert Attempt.objects.count() == waiting
    Attempt.objects.update(at=timezone.now() - SIGN_IN.window)
    assert sign_in(Client(), "Maud").status_code == 302


def test_a_spelling_of_the_name_is_no_way_around(cast: Cast) -> None:
    exhaust("Maud")
    assert sign_in(Client(), " mAUD ").status_code == 200


def test_other_names_from_other_addresses_are_not_touched(cast: Cast) -> None:
    exhaust("Maud")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.8"), "Ines").status_code == 302


def test_an_unknown_name_waits_like_a_known_one(cast: Cast) -> None:
    exhaust("Nobody")
    assert "come back in" in text_of(sign_in(Client(), "Nobody"))


def test_many_names_from_one_address_wait_too(cast: Cast) -> None:
    for number in range(SIGN_IN.by_address):
        sign_in(Client(REMOTE_ADDR="192.0.2.7"), f"name {number}", "wrong words entirely")
    assert "come back in" in text_of(sign_in(Client(REMOTE_ADDR="192.0.2.7"), "Maud"))
    assert sign_in(Client(REMOTE_ADDR="192.0.2.9"), "Maud").status_code == 302


def test_signing_in_rightly_is_not_counted(cast: Cast) -> None:
    for _ in range(SIGN_IN.by_name + 2):
        assert sign_in(Client(), "Maud").status_code == 302
    assert not Attempt.objects.exists()


def test_a_code_still_opens_while_somebody_guesses_the_passphrase(cast: Cast) -> None:
    exhaust("Maud")
    code = make_codes(cast.author)[0]
    sent = {"name": "Maud", "code": code, "passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    assert Client().post("/recover/", sent).status_code == 302


def test_guessing_codes_is_limited(cast: Cast) -> None:
    sent = {"name": "Maud", "code": "x", "passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    for _ in range(limits.RECOVER.by_name):
        Client().post("/recover/", sent)
    assert "come back in" in text_of(Client().post("/recover/", sent))


def test_asking_which_names_are_taken_is_limited(cast: Cast, client: Client) -> None:
    for _ in range(limits.JOIN.by_address):
        join(client, name="Maud")
    assert "come back in" in text_of(join(client, name="Somebody New"))
    assert client.post("/join/passkey/", {"name": "Maud"}).status_code == 429
    assert not Member.objects.filter(name="Somebody New").exists()


def test_a_waiting_door_says_of_no_name_whether_it_is_taken(cast: Cast) -> None:
    stranger, member = Client(), signed_in(cast.other_member)
    for number in range(JOIN.by_address):
        join(stranger, name=f"name {number}", of_age="")
    pages = {name: (join(stranger, name=name), member.post("/me/name/", {"name": name})) for name in ("Ines", "Nobody")}
    for taken, free in zip(*pages.values(), strict=True):
        assert "this door waits" in text_of(taken)
        assert "Somebody here has this name" not in text_of(taken)
        assert said_of(taken, "name") == said_of(free, "name") == ""


def test_a_form_without_anything_in_it_waits_too(cast: Cast) -> None:
    browser = signed_in(cast.author)
    for _number in range(JOIN.by_address + 1):
        page = browser.post("/me/name/")
    assert "this door waits" in text_of(page)
    assert "this door waits" in text_of(Client().post("/join/"))


def test_no_address_or_name_is_written_down(cast: Cast) -> None:
    sign_in(Client(REMOTE_ADDR="198.51.100.23"), "Maud", "wrong words entirely")
    written = repr(list(Attempt.objects.values_list()))
    assert "198.51" not in written
    assert "maud" not in written.lower()


def test_a_new_day_throws_the_old_key_away_and_counts_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    exhaust("Maud")
    old = DailyKey.objects.get()
    tomorrow = old.day + datetime.timedelta(days=1)
    monkeypatch.setattr(limits, "today", lambda: tomorrow)
    assert sign_in(Client(), "Maud", "wrong words entirely").status_code == 200
    kept = DailyKey.objects.get()
    assert kept.day == tomorrow
    assert bytes(kept.key) != bytes(old.key)


def test_tending_throws_keys_and_attempts_away_on_its_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    exhaust("Maud")
    monkeypatch.setattr(limits, "today", lambda: datetime.date(2100, 1, 1))
    Attempt.objects.update(at=timezone.now() - datetime.timedelta(hours=2))
    assert throw_away() > 1
    assert not DailyKey.objects.exists()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("behind_proxy", "headers", "address"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.1"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}, "203.0.113.9"),
        (True, {"REMOTE_ADDR": "192.0.2.1"}, "192.0.2.1"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:aaaa::1"}, "2001:db8:1:2::"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:bbbb::9"}, "2001:db8:1:2::"),
        (False, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_the_address_that_counts(settings: object, behind_proxy: bool, headers: dict[str, Any], address: str) -> None:
    settings.BEHIND_PROXY = behind_proxy  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert address_of(RequestFactory(**headers).get("/")) == address


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_let_no_more_through_than_one() -> None:
    in_memory = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
    make_member("Maud")
    door = Door("trial", 5, 1000, datetime.timedelta(minutes=15))
    DailyKey.objects.create(day=today(), key=b"k" * 32)

    def one_worker(number: int) -> bool:
        try:
            try_door(door, RequestFactory().get("/", REMOTE_ADDR=f"192.0.2.{number}"), "Maud")
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    if in_memory:  # such a database has one connection: the workers come one after another
        assert sum(map(one_worker, range(20))) == door.by_name
        return
    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(one_worker, range(20))) <= door.by_name
