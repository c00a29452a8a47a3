"""What a browser keeps: by her choice, under a key that only she is given, gone with her session."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client

from leeward.members.belongings import all_belongings
from leeward.members.models import BrowserKey, Session, today
from leeward.members.retention import rule
from leeward.members.sessions import sessions_of
from leeward.members.tending import tend
from leeward.stories.models import Story
from tests.conftest import Cast
from tests.members.people import sign_in, signed_in_as, text_of

HERE = "/me/unsent/here/"
OFFER = "Keep what I am writing in this browser too"


def begin(client: Client) -> dict[str, str]:
    key: dict[str, str] = client.post(HERE, {"choice": "begin"}).json()
    return key


def test_it_is_offered_where_she_writes_and_off_until_she_chooses(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    assert OFFER in text_of(client.get("/stories/tell/"))
    assert not BrowserKey.objects.exists()
    key = begin(client)
    assert len(base64.b64decode(key["key"])) == 32
    assert BrowserKey.objects.get().member == cast.author


def test_on_a_shared_computer_it_is_neither_offered_nor_done(cast: Cast, client: Client) -> None:
    sign_in(client, "Maud", shared="on")
    assert OFFER not in text_of(client.get("/stories/tell/"))
    assert client.post(HERE, {"choice": "begin"}).status_code == 403
    assert not BrowserKey.objects.exists()


def test_nobody_else_is_given_the_key_and_she_is_when_she_comes_back(cast: Cast) -> None:
    key = begin(signed_in_as(cast.author))
    assert Client().post(HERE, {"ref": key["ref"]}).status_code == 403
    assert signed_in_as(cast.other_member).post(HERE, {"ref": key["ref"]}).json() == {}
    shared = Client()
    sign_in(shared, "Maud", shared="on")
    assert shared.post(HERE, {"ref": key["ref"]}).status_code == 403
    Session.objects.all().delete()  # it has expired
    again = signed_in_as(cast.author)
    assert again.post(HERE, {"ref": ["unknown", key["ref"]]}).json() == key
    again.post("/sign-out/")
    assert not BrowserKey.objects.exists()


def sign_out(client: Client) -> Any:
    return client.post("/sign-out/")


def leave_quickly(client: Client) -> Any:
    return client.get("/leave/")


def leave_quickly_and_stay_signed_in(client: Client) -> Any:
    client.post("/leave/about/", {"keeps": "yes"})
    return client.get("/leave/")


def sign_out_everywhere(client: Client) -> Any:
    return client.post("/me/sessions/", {"end": "everywhere"})


@pytest.mark.parametrize("go", [sign_out, leave_quickly, leave_quickly_and_stay_signed_in, sign_out_everywhere])
def test_the_key_goes_when_she_goes_and_the_browser_is_asked_to_forget(cast: Cast, go: Any) -> None:
    client = signed_in_as(cast.author)
    begin(client)
    assert go(client)["Clear-Site-Data"] == '"storage"'
    assert not BrowserKey.objects.exists()


def test_who_chose_nothing_has_nothing_cleared(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    assert "Clear-Site-Data" not in client.post("/sign-out/")


def test_ending_a_session_from_afar_makes_what_it_keeps_unreadable(cast: Cast) -> None:
    stolen, hers = signed_in_as(cast.author), signed_in_as(cast.author)
    begin(stolen)
    other = sessions_of(cast.author).first()
    assert other is not None
    hers.post("/me/sessions/", {"end": other.key})
    assert not BrowserKey.objects.exists()


def test_she_can_end_it_and_choosing_anew_makes_a_new_key(cast: Cast) -> None:
    client = signed_in_as(cast.author)
    first, second = begin(client), begin(client)
    assert first["key"] != second["key"]
    assert BrowserKey.objects.count() == 1
    assert client.post(HERE, {"choice": "end"}).json() == {}
    assert not BrowserKey.objects.exists()


def test_a_key_goes_when_the_table_says(cast: Cast) -> None:
    begin(signed_in_as(cast.author))
    BrowserKey.objects.update(made_on=today() - rule("browser_keys").lasts)
    assert tend()["browser_keys"] == 0
    BrowserKey.objects.update(made_on=today() - rule("browser_keys").lasts * 2)
    assert tend()["browser_keys"] == 1


def test_an_old_page_gives_the_words_back_to_be_sent_on_only_if_it_is_ours(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in_as(cast.author).cookies
    words = {"text": "It was a Tuesday, and the kettle was on.", "csrfmiddlewaretoken": "o" * 64}
    ours = client.post("/stories/tell/", words, headers={"origin": "http://testserver"})
    assert ours.status_code == 403
    assert "You are signed in as Maud: if that is you, send it on." in text_of(ours)
    assert 'action="/stories/tell/"' in text_of(ours)
    for origin in ("https://elsewhere.example", "null", ""):
        theirs = client.post("/stories/tell/", words, headers={"origin": origin} if origin else {})
        assert theirs.status_code == 403
        assert words["text"] in text_of(theirs)
        assert 'action="/stories/tell/"' not in text_of(theirs)
    assert not Story.objects.written_by(cast.author).exists()


def test_an_old_page_of_somebody_signed_out_leads_through_signing_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/stories/tell/", {"text": "one two three"}, headers={"origin": "http://testserver"})
    assert page.status_code == 401
    assert "You were signed out. Your words are here." in text_of(page)


def test_keys_are_in_nobodys_copy_of_everything(cast: Cast) -> None:
    key = begin(signed_in_as(cast.author))["key"]
    rows = {one.key: list(one.export(cast.author)) for one in all_belongings()}
    assert rows["browser_keys"]
    assert key not in json.dumps(rows)
