"""APIs that fall ill, repeat, never end or change under way; and going on where one was interrupted."""

from __future__ import annotations

import json
import zipfile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from leeward.library.directory.reading.found import Fault, Read, ReadRefused
from leeward.library.directory.reading.reader import read
from tests.library.answering import answering, elsewhere, well
from tests.library.directory.reading.records import ORGANIZATION, SERVICE, TAXONOMY, reads, told
from tests.library.directory.reading.serving import NOT_THERE, SOON, Served, api, many


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ([well(b"", status="503 Service Unavailable")], "busy or unwell just now"),
        ([well(b"", status="429 Too Many Requests", Retry_After="86400")], "busy or unwell just now"),
        ([well(b"", status="403 Forbidden")], "does not show this to everybody"),
        ([b""], "did not hold"),
        ([well(b"{}")[:-1]], "broke off"),
        ([well(b"<html>", "text/html")], "gives text/html there"),
        ([elsewhere("http://192.168.0.1/services")], "private or reserved"),
        ([well(b'{"contents": [')], "It ends here"),
        ([well(b"[")], "It ends here"),
        ([well(b"oops")], "begins with neither"),
    ],
)
def test_an_api_that_falls_ill_midway_is_named_and_what_it_gave_is_kept(trouble, words):
    served = Served(services=many(5), taxonomies=[TAXONOMY])
    reached: dict[str, Any] = {}

    def respond(target, headers):
        return trouble if "page=2" in target else served(target, headers)

    with answering(respond) as server:
        found = list(api(server.address, reached=reached))
    faults = [one for one in found if isinstance(one, Fault)]
    assert told(found)[:2] == ["service s0", "service s1"]
    assert len(faults) == 1
    assert faults[0].fatal
    assert words in faults[0].reason
    assert "page=2" in faults[0].origin.file
    assert reached == {"list": "services", "page": 2}  # From there it can be gone on with.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (NOT_THERE, "nothing at this address"),
        (well(b"", status="500 Oops"), "busy or unwell"),
        (well(b"<html>", "text/html"), "gives text/html there"),
        (elsewhere("http://10.0.0.1/"), "private or reserved"),
    ],
)
def test_what_is_no_api_is_refused(answer, words):
    with answering(lambda _target, _headers: [answer]) as server, pytest.raises(ReadRefused, match=words):
        list(api(server.address))


def test_no_private_address_is_asked_for_a_directory():
    with answering(Served(services=many(1))) as server:
        for where in (server.address, server.address + "/services", server.address + "/services.json"):
            with pytest.raises(ReadRefused, match="private or reserved"):
                list(read(where, patience=SOON))
            with pytest.raises(ReadRefused, match="private or reserved"):
                list(read(where, patience=SOON, reached={"list": "services", "page": 1}))
        assert not server.connections


def interrupted(server: str, reached: dict[str, Any], after: int) -> list[Read | Fault]:
    """What is read until somebody stops it."""
    reading = iter(api(server, reached=reached))
    return [next(reading) for _one in range(after)]


def test_an_interrupted_reading_goes_on_where_it_was_and_loses_nothing():
    served = Served(services=many(7), organizations=[ORGANIZATION], taxonomies=[TAXONOMY])
    for after in range(1, 10):
        reached: dict[str, Any] = {}
        with answering(served) as server:
            first = interrupted(server.address, reached, after)
            kept = json.loads(json.dumps(reached))
            server.asked.clear()
            rest = list(api(server.address, reached=kept))
            assert not any(
                "page=1&" in target for target, _headers in server.asked if reached["page"] > 1 and "services" in target
            )
        assert isinstance(rest[0], Fault)
        assert rest[0].fatal  # Nobody may take what was before for gone.
        ids = {one.tree["id"] for one in [*first, *rest] if isinstance(one, Read)}
        assert ids == {*(f"s{number}" for number in range(7)), "o1", "t1"}
        assert kept == {}  # It came to the end: the next reading begins anew.


@pytest.mark.parametrize("reached", [{"list": "other", "page": 3}, {"list": "services", "page": "x"}, {"page": -1}])
def test_where_it_had_come_to_may_be_nonsense(reached):
    with answering(Served(services=many(3))) as server:
        assert [line for line in told(api(server.address, reached=reached)) if "service s" in line] == [
            "service s0",
            "service s1",
            "service s2",
        ]


def test_a_server_that_repeats_its_pages_is_left():
    served = Served(services=many(50))
    with answering(lambda target, headers: served(target.replace("page=2", "page=1"), headers)) as server:
        found = told(api(server.address))
    assert len(found) == 3
    assert "This page says what one before it said." in found[-1]
    assert found[-1].startswith("✗")


def test_a_record_that_cannot_be_kept_does_not_end_the_list():
    services = many(5)
    services[1] = {**services[1], "name": "half \ud83d"}
    with answering(Served(services=services)) as server:
        found = told(api(server.address))
    assert [line for line in found if not line.startswith("✗")] == [f"service s{number}" for number in (0, 2, 3, 4)]
    assert len(found) == 5


def test_a_server_that_never_ends_is_left(monkeypatch):
    monkeypatch.setattr("leeward.library.directory.reading.api._MOST_PAGES", 5)

    def respond(target, _headers):
        page = int(parse_qs(urlsplit(target).query).get("page", ["1"])[0])
        head = {"total_pages": 10**9, "page_number": page, "contents": [{**SERVICE, "id": f"s{page}"}]}
        return [Served.answer(head if "/services" in target else {"version": "3", "openapi_url": "a"})]

    with answering(respond) as server:
        found = told(api(server.address + "/services"))
    assert "✗" in found[5]
    assert "no end that could be found" in found[5]


def test_a_directory_that_changes_under_way_is_said_to():
    served = Served(services=many(5))

    def respond(target, headers):
        if "page=3" in target:
            served.lists["services"] = many(7)
        return served(target, headers)

    with answering(respond) as server:
        found = told(api(server.address))
    assert sum(line.startswith("service ") for line in found) == 7
    assert [line for line in found if line.startswith("✗") and "it counted anew" in line]


def test_a_page_that_was_announced_and_is_empty_is_said_to_be():
    def respond(target, headers):
        head = {"total_pages": 3, "total_items": 5, "contents": many(2) if "?page=1&" in target else []}
        return [Served.answer(head)] if target.startswith("/services?") else [NOT_THERE]

    with answering(respond) as server:
        found = told(api(server.address))
    assert found[:2] == ["service s0", "service s1"]
    assert "This page is empty, though it was announced." in found[2]


@pytest.mark.parametrize("knows_pages", [True, False])
def test_a_server_that_does_not_count_its_pages_is_read_to_the_end(knows_pages):
    served = Served(services=many(5), per_page=2 if knows_pages else 10)
    served.head = False

    def respond(target, headers):
        return served(target if knows_pages else target.replace("page=2", "page=1"), headers)

    with answering(respond) as server:
        assert reads(api(server.address)) == [("service", tree) for tree in many(5)]


def test_a_plain_list_without_pages_is_read():
    def respond(target, _headers):
        return [Served.answer(many(3))] if target.startswith("/services?") else [NOT_THERE]

    with answering(respond) as server:
        assert reads(api(server.address)) == [("service", tree) for tree in many(3)]


def test_a_part_of_a_directory_is_said_to_be_one():
    with answering(Served(services=many(2))) as server:
        found = told(api(server.address + "/services?taxonomy_term_id=tt1"))
    assert "a part of the directory only" in found[0]
    assert found[0].startswith("✗")


def test_files_that_are_published_somewhere_are_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("services.csv", "id,name,status\ns1,Talk,active\n")
    whole = (tmp_path / "a.zip").read_bytes()
    answers = {
        "/directory.json": (json.dumps([SERVICE]), "application/json"),
        "/directory.jsonl": (json.dumps(SERVICE) + "\n" + json.dumps(SERVICE), "text/plain"),
        "/page.json": (json.dumps({"contents": [SERVICE], "total_pages": 1}), "application/json; charset=utf-8"),
        "/": (json.dumps(SERVICE), "application/json"),
        "/a/services.csv": ("id,name,status\ns1,Talk,active\n", "text/csv"),
        "/..?download=%2Fetc%2Fpasswd": (json.dumps([SERVICE]), "application/octet-stream"),
    }
    with answering(
        lambda target, _headers: [
            well(whole, "application/zip")
            if target == "/a.zip"
            else well(answers[target][0].encode(), answers[target][1])
        ]
    ) as server:
        for target in [*answers, "/a.zip"]:
            assert set(told(api(server.address + target))) == {"service s1"}, target
