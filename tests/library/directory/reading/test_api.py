"""HSDS as an API gives it, well and badly, from real servers on loopback."""

from __future__ import annotations

import pytest

from tests.library.answering import answering, well
from tests.library.directory.reading.records import OF_EACH, ORGANIZATION, SERVICE, TAXONOMY, TERM, reads, told
from tests.library.directory.reading.serving import NOT_THERE, Served, api, many


@pytest.mark.parametrize("path", ["", "/", "/services", "/services/", "/organizations?page=2"])
def test_every_list_is_read_page_by_page_wherever_one_begins(path):
    served = Served(services=many(5), organizations=[ORGANIZATION], taxonomies=[TAXONOMY], taxonomy_terms=[TERM])
    with answering(served) as server:
        found = reads(api(server.address + path))
    assert found == [
        *(("service", tree) for tree in many(5)),
        ("organization", ORGANIZATION),
        ("taxonomy", TAXONOMY),
        ("taxonomy_term", TERM),
    ]


def test_an_api_of_all_lists_below_a_path_with_a_key_is_read():
    lists: dict[str, str] = {"services": "service", "organizations": "organization", "locations": "location"}
    lists |= {
        "service_at_locations": "service_at_location",
        "taxonomies": "taxonomy",
        "taxonomy_terms": "taxonomy_term",
    }
    served = Served(2, knows_full=True, **{name: [OF_EACH[kind]] for name, kind in lists.items()})
    with answering(lambda target, headers: served(target.removeprefix("/hsds/v3"), headers)) as server:
        assert reads(api(server.address + "/hsds/v3/?key=a%20b")) == [(kind, OF_EACH[kind]) for kind in lists.values()]
        assert all(
            "key=a+b" in target or "key=a%20b" in target for target, _headers in server.asked if "page" in target
        )


def test_where_a_list_leaves_out_what_belongs_to_a_record_each_is_asked_for():
    with answering(Served(services=many(5), knows_full=False)) as server:
        assert reads(api(server.address)) == [("service", tree) for tree in many(5)]
        assert sum("/services/" in target for target, _headers in server.asked) == 5
    with answering(Served(services=many(9))) as server:
        assert len(reads(api(server.address))) == 9
        assert sum("/services/" in target for target, _headers in server.asked) == 3  # To see that it is not needed.


def test_one_that_vanished_under_way_is_named():
    served = Served(services=many(5), knows_full=False)

    def respond(target, headers):
        return [NOT_THERE] if target.startswith("/services/s3") else served(target, headers)

    with answering(respond) as server:
        found = told(api(server.address))
        assert found[3] == f"{server.address}/services/s3 It is in the list, and cannot be had alone."
        assert len(found) == 5


def test_places_that_stood_within_services_are_not_asked_for_again():
    service = {**SERVICE, "service_at_locations": [{"id": "sl1", "location": {"id": "l1", "location_type": "virtual"}}]}
    with answering(Served(services=[service], service_at_locations=[{"id": "sl1"}])) as server:
        assert reads(api(server.address)) == [("service", service)]
        assert not [target for target, _headers in server.asked if "service_at_locations" in target]


def test_a_busy_server_is_asked_again_as_it_wishes():
    served, busy = Served(services=many(3)), {"/services?page=2": 2, "/services?page=1": 1}

    def respond(target, headers):
        for begin, left in busy.items():
            if target.startswith(begin) and left:
                busy[begin] -= 1
                status = "429 Too Many Requests" if left == 2 else "503 Service Unavailable"
                return [well(b"", status=status, Retry_After="0")]
        return served(target, headers)

    with answering(respond) as server:
        assert len(reads(api(server.address))) == 3
    assert not any(busy.values())
