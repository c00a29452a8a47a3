"""The list of sessions, and how long each lasts."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from leeward.members.devices import label_of
from leeward.members.models import Session
from leeward.members.retention import rule
from leeward.members.session_store import LASTS, SHARED_IDLE, SessionStore
from leeward.members.tending import tend
from tests.conftest import Cast
from tests.members.people import sign_in, signed_in_as, text_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (FIREFOX, "Firefox on Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("curl/8.0", "a browser"),
        ("<script>alert(1)</script> Macintosh", "a browser on Mac"),
        ("", "a browser"),
    ],
)
def test_a_browser_is_known_by_kind_and_system_alone(user_agent: str, label: str) -> None:
    assert label_of(user_agent) == label


def test_the_list_shows_each_browser_and_never_an_address(cast: Cast) -> None:
    signed_in_as(cast.author, FIREFOX)
    page = text_of(signed_in_as(cast.author).get("/me/sessions/"))
    assert "Firefox on Android" in page
    assert "this one" in page
    assert "127.0.0.1" not in page
    assert "127.0.0.1" not in repr(list(Session.objects.values_list()))


def test_each_session_can_be_ended_from_another(cast: Cast) -> None:
    phone, here = signed_in_as(cast.author, FIREFOX), signed_in_as(cast.author)
    key = Session.objects.get(label="Firefox on Android").key
    assert "That browser is signed out" in text_of(here.post("/me/sessions/", {"end": key}, follow=True))
    assert phone.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_nobody_ends_the_session_of_another_member(cast: Cast) -> None:
    hers = signed_in_as(cast.author)
    key = Session.objects.get(member=cast.author).key
    signed_in_as(cast.other_member).post("/me/sessions/", {"end": key})
    assert hers.get("/me/").status_code == 200


def test_all_others_can_be_ended_at_once(cast: Cast) -> None:
    phone, tablet, here = (signed_in_as(cast.author) for _ in range(3))
    here.post("/me/sessions/", {"end": "others"})
    assert [client.get("/me/").status_code for client in (phone, tablet, here)] == [302, 302, 200]


def test_all_can_be_ended_here_too(cast: Cast) -> None:
    phone, here, other = signed_in_as(cast.author), signed_in_as(cast.author), signed_in_as(cast.other_member)
    assert here.post("/me/sessions/", {"end": "everywhere"})["Location"] == "/"
    assert [client.get("/me/").status_code for client in (phone, here, other)] == [302, 302, 200]


def test_a_session_lasts_as_long_as_the_table_says_however_often_it_is_used(cast: Cast) -> None:
    assert rule("sessions").lasts == LASTS
    client = signed_in_as(cast.author)
    end = Session.objects.get().expires_at
    assert abs(end - timezone.now() - LASTS) <= datetime.timedelta(days=1)
    client.get("/me/")
    client.post("/me/name/", {"name": "Maud L"})
    assert Session.objects.get().expires_at == end


def test_a_shared_computer_is_signed_out_after_thirty_idle_minutes(cast: Cast, client: Client) -> None:
    sign_in(client, "Maud", shared="on")
    Session.objects.update(expires_at=timezone.now() + datetime.timedelta(minutes=5))
    assert client.get("/me/").status_code == 200
    assert Session.objects.get().expires_at > timezone.now() + SHARED_IDLE - datetime.timedelta(minutes=1)
    Session.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get("/me/").status_code == 302


def test_the_day_of_use_is_noted_and_no_more(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    Session.objects.update(used_on=datetime.date(2020, 1, 1))
    client.get("/me/")
    assert Session.objects.get().used_on == timezone.now().date()


def test_using_a_session_writes_nothing_more_on_the_same_day(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    client.get("/me/")
    before = Session.objects.values().get()
    client.get("/me/")
    assert Session.objects.values().get() == before


def test_ended_sessions_are_deleted_at_night(cast: Cast) -> None:
    signed_in_as(cast.author)
    signed_in_as(cast.other_member)
    Session.objects.filter(member=cast.author).update(expires_at=timezone.now())
    assert tend()["sessions"] == 1
    assert Session.objects.get().member == cast.other_member


def test_a_strangers_session_lasts_an_hour_and_ends_with_the_browser(client: Client) -> None:
    client.post("/sign-in/passkey/")
    assert Session.objects.get().expires_at <= timezone.now() + datetime.timedelta(hours=1)
    assert client.cookies["s"]["max-age"] == ""


def test_a_stranger_who_reads_leaves_no_session(client: Client) -> None:
    for address in ("/join/", "/sign-in/", "/recover/"):
        client.get(address)
    assert not Session.objects.exists()


def test_the_store_keeps_to_djangos_contract(cast: Cast) -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    key = store.session_key
    assert key is not None
    assert store.exists(key)
    assert SessionStore(key)["word"] == "kept"
    assert not store.exists("another")
    assert SessionStore("another").get("word") is None
    Session.objects.update(expires_at=timezone.now())
    assert SessionStore(key).get("word") is None
    SessionStore.clear_expired()
    assert not Session.objects.exists()
