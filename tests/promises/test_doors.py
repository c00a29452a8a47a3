"""Every door of the place is claimed by a row of a table written by hand, and the table is true."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver

from tests.conftest import Cast, signed_in
from tests.promises.doors_table import DEAF, DOORS, OPEN_TO_WRITING, PEOPLE, Behind
from tests.promises.furnishing import Furnished, furnish

SIGN_IN, CONFIRM = "/sign-in/?next=", "/me/confirm/?next="
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def furnished(cast: Cast) -> Furnished:
    return furnish(cast)


def all_doors(resolver: Any = None) -> set[str]:
    """The names of all addresses, as "stories:read"; for one without a name, its route."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= {f"{entry.namespace}:{name}" if entry.namespace else name for name in all_doors(entry)}
        else:
            found.add(entry.name or str(entry.pattern))
    return found


def client_of(who: str, cast: Cast) -> Client:
    return Client() if who == "stranger" else signed_in(getattr(cast, who))


def behind(response: Any) -> Behind | int:
    """What an answer is, in the words of the table; its status if the table has no word for it."""
    status = int(response.status_code)
    if status == 302:
        to = response["Location"]
        return "sign in" if to.startswith(SIGN_IN) else "confirm" if to.startswith(CONFIRM) else "elsewhere"
    said: dict[int, Behind] = {200: "page", 404: "nothing", 405: "no reading"}
    return said.get(status, status)


def test_every_door_is_claimed_by_a_row_and_every_row_claims_a_door() -> None:
    assert all_doors() == set(DOORS)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_table_says_what_each_finds_behind_every_door(furnished: Furnished, who: str) -> None:
    found, said = {}, {}
    for name, row in DOORS.items():
        response = client_of(who, furnished.cast).get(furnished.path(name))
        found[name], said[name] = behind(response), row[who]
    assert found == said


def test_a_stranger_who_sends_something_is_asked_to_sign_in(furnished: Furnished) -> None:
    for name in DOORS.keys() - OPEN_TO_WRITING - DEAF:
        response = Client().post(furnished.path(name), {"text": "what she wrote"})
        assert response.status_code in {401, 403, 405}, name


def test_what_a_stranger_sends_to_a_door_that_only_shows_changes_nothing(furnished: Furnished) -> None:
    for name in DEAF:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = Client().post(furnished.path(name), {"text": "what she wrote"})
        assert response.status_code in {200, 404, 405}, name
        assert not [query for query in queries if query["sql"].startswith(WRITES)], name


def test_what_is_hers_only_she_changes(furnished: Furnished) -> None:
    """To another who sends something to it, it is not there: the same as if it had never been."""
    hers = {name for name, row in DOORS.items() if row["other_member"] == "nothing" and row["author"] == "page"}
    hers |= {
        "audience:unblock",
        "audience:unmute",
        "audience:unchoose",
        "journeys:fact_remove",
        "journeys:undo",
        "moderation:again",
    }
    hers -= {"photos:show"}  # it takes nothing, from nobody
    other = signed_in(furnished.cast.other_member)
    found = {name: behind(other.post(furnished.path(name))) for name in hers}
    assert found == dict.fromkeys(hers, "nothing")


@pytest.mark.parametrize("who", ["author", "host"])
def test_what_moderators_write_is_not_there_for_others(furnished: Furnished, who: str) -> None:
    client = client_of(who, furnished.cast)
    for name in ("open", "decide", "take_back"):
        assert client.post(furnished.path(f"moderation:{name}")).status_code == 404, name
