"""Trying the links of services: gently, patiently, and never on behalf of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django import Settings

from leeward.kit.moments import DAY, now_us
from leeward.library.directory.desk import links
from leeward.library.directory.desk.due import PILE, narrowed, page_of
from leeward.library.directory.desk.models import Link, LinkUse
from leeward.library.directory.models import Organization, Source
from tests.conftest import signed_in
from tests.library.answering import answering, here_too, well
from tests.library.directory.desk_cast import a_service, an_editor, said_by_directory

pytestmark = pytest.mark.django_db
check_some = partial(links.check_some, may_reach=here_too)


def _by_path(target: str, _headers: dict[str, str]) -> Iterable[bytes]:
    status = {"/gone": "404 Not Found", "/shy": "403 Forbidden", "/ill": "503 Service Unavailable"}
    yield well(b"a page", "text/html", status.get(target, "200 OK"))


def some_days_later() -> None:
    Link.objects.update(ask_again_at=now_us() - 1)


def failing() -> list[str]:
    return [entry.service_id for entry in page_of(PILE["links"], narrowed(None, ""), 1).entries]


def test_a_link_fails_after_three_times_over_days_and_is_well_again_at_once() -> None:
    with answering(_by_path) as server:
        service = a_service(url=f"{server.address}/gone")
        for time in (1, 2, 3):
            assert failing() == []
            assert [link.failures for link in check_some(5)] == [time]
            assert list(check_some(5)) == []  # its day has not come
            assert Link.objects.get().ask_again_at > now_us() + 2 * DAY - 1_000_000
            some_days_later()
        assert failing() == ["s1"]
        page = signed_in(an_editor()).get(reverse("directory:desk_service", args=["s1"])).content.decode()
        assert f"{server.address}/gone" in page
        said_by_directory(service, url=f"{server.address}/")
        assert failing() == []  # the address is no longer shown
        list(check_some(5))
        some_days_later()
        list(check_some(5))
        assert [link.address for link in Link.objects.all()] == [f"{server.address}/"]


def test_a_site_that_keeps_machines_out_is_there_and_one_that_is_ill_is_not() -> None:
    for path, failures in (("shy", 0), ("ill", 1), ("", 0)):
        with answering(_by_path) as server:
            a_service(f"s-{path}", url=f"{server.address}/{path}")
            assert [link.failures for link in check_some(5)] == [failures], path


def test_no_host_is_asked_twice_in_a_round_and_the_others_wait_for_nobody() -> None:
    with answering(_by_path) as crowded, answering(_by_path) as other:
        for number in range(9):
            a_service(f"s{number}", url=f"{crowded.address}/{number}")
        a_service("t", url=f"{other.address}/")
        assert len(list(check_some(5))) == 2
        assert list(check_some(5)) == []  # what is left of that host comes in an hour
        assert (len(crowded.asked), len(other.asked)) == (1, 1)


def test_an_address_of_many_services_is_asked_once_and_tells_nothing() -> None:
    with answering(_by_path) as server:
        source = Source.objects.create(key="x", name="X")
        Organization.objects.create(
            id="o", source=source, digest="", data={"id": "o", "website": f"{server.address}/gone"}
        )
        for number in range(3):
            service = a_service(f"s{number}")
            service.organization_id = "o"
            service.save()
        assert len(list(check_some(5))) == 1
        assert LinkUse.objects.count() == 3
        _path, headers = server.asked[0]
        assert not {"cookie", "referer", "from"} & {name.lower() for name in headers}
        Link.objects.update(failures=3)
        assert failing() == ["s0", "s1", "s2"]


def test_no_private_address_is_reached_and_it_counts_as_failing() -> None:
    with answering(_by_path) as server:
        a_service(url=f"{server.address}/")
        (link,) = links.check_some(5)
        assert (server.connections, link.failures) == (0, 1)
        assert link.reason


def test_the_host_may_turn_it_off(settings: Settings) -> None:
    a_service(url="https://clinic.invalid/")
    settings.CHECK_LINKS = False
    assert links.check_in_background() == 0
    assert not Link.objects.exists()


def test_a_round_ends_in_time_whatever_is_left() -> None:
    with answering(_by_path) as server:
        a_service(url=f"{server.address}/")
        assert list(check_some(5, longest=-1.0)) == []
        assert server.asked == []


def test_the_command_says_what_did_not_answer(capsys: pytest.CaptureFixture[str]) -> None:
    a_service(url="http://127.0.0.1:9/")
    call_command("check_links", at_most=1)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:9/: " in said
    assert "asked: 1, did not answer: 1" in said
    with pytest.raises(CommandError):
        call_command("check_links", at_most=0)
