"""Everybody may read, as often as the rate allows; nobody is known, nothing is written but that somebody asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leeward.members.models import Attempt, Member, Session
from tests.conftest import Cast, signed_in
from tests.library.directory.api.asking import ask
from tests.library.directory.invented import brought, plain, service


@pytest.mark.parametrize(
    "path", ["services/unknown", "nothing", "services/", "organizations/a/b", "services/%00", "docs"]
)
def test_what_is_not_there_is_said_in_json(db: None, path: str) -> None:
    assert ask(path, 404)["error"]
    assert ask("services/" + "x" * 500, 404)["error"]


@pytest.mark.parametrize("path", ["/hsds/", "/hsds/services", "/hsds/services/s1", "/hsds/export.json", "/hsds/none"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_it_can_only_be_read(db: None, path: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert not Attempt.objects.exists()


def test_the_head_alone_can_be_asked_for(db: None) -> None:
    brought(service())
    whole, head = Client().get("/hsds/services"), Client().head("/hsds/services")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


def test_a_script_of_another_site_may_read_it(db: None) -> None:
    asked = Client().options("/hsds/services", HTTP_ORIGIN="https://other.example")
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for path in ("/hsds/", "/hsds/services", "/hsds/services/none", "/hsds/services?page=x"):
        response = Client().get(path, HTTP_ORIGIN="https://other.example")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in Client().get("/sign-in/").headers


def test_an_answer_may_be_kept_by_caches_and_is_sent_again_only_if_it_changed(db: None) -> None:
    brought(service())
    first = Client().get("/hsds/services/s1")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers.get("Vary", "") in {"", "Accept-Encoding"}
    again = Client().get("/hsds/services/s1", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    brought(service(name="Morning group"))
    changed = Client().get("/hsds/services/s1", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_change_of_what_a_record_shows_changes_its_answer(db: None) -> None:
    brought(service())
    tag = Client().get("/hsds/services/s1").headers["ETag"]
    told = service()
    told["service_at_locations"][0]["location"]["name"] = "Lantern House"
    brought(told)
    assert Client().get("/hsds/services/s1", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_refusals_are_not_kept(db: None) -> None:
    for path in ("/hsds/services/none", "/hsds/services?page=x", "/hsds/nothing"):
        assert "no-store" in Client().get(path).headers["Cache-Control"]


def test_no_session_is_read_and_no_cookie_is_set_also_for_a_member(cast: Cast) -> None:
    brought(service())
    client = signed_in(cast.author)
    tables = {Session._meta.db_table, Member._meta.db_table}
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/hsds/services")
    assert not [query for query in queries if any(f'"{table}"' in query["sql"] for table in tables)]
    assert not response.cookies
    assert response.content == Client().get("/hsds/services").content
    with CaptureQueriesContext(connection) as queries:
        client.get("/me/")
    assert [query for query in queries if any(f'"{table}"' in query["sql"] for table in tables)]


def test_who_asks_too_often_is_told_when_to_ask_again(db: None, settings: Any) -> None:
    settings.SERVICES_API_RATE = 3
    for _time in range(3):
        ask("services")
    response = Client().get("/hsds/services")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert response.json()["error"]
    assert Client(REMOTE_ADDR="203.0.113.7").get("/hsds/services").status_code == 200
    assert Attempt.objects.filter(door="hsds").count() == 4
    assert "203.0.113.7" not in str(list(Attempt.objects.values()))


def test_a_host_may_give_nothing_out(db: None, settings: Any) -> None:
    brought(plain("s1"))
    settings.SERVICES_API_RATE = 0
    for path in ("", "services", "services/s1", "export.json", "datapackage.zip", "openapi.json"):
        ask(path, 404)


def test_nothing_is_given_before_the_place_is_open(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False
    brought(service())
    response = Client().get("/hsds/services")
    assert response.status_code == 503
    assert b"Evening group" not in response.content
