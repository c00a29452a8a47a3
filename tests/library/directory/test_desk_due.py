"""What is due on the editors' desk, and checking it in a person's name."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from leeward.library.directory import changes
from leeward.library.directory.desk.checking import check
from leeward.library.directory.desk.due import PILE, Count, counts, narrowed, page_of
from leeward.library.directory.desk.models import Entry, Link, LinkUse, Step, Word
from leeward.library.directory.freshness import checkables, standing_of
from leeward.library.directory.models import Location, Service
from leeward.library.forms import checked_value
from tests.conftest import Cast, signed_in
from tests.library.directory.desk_cast import a_service, an_editor, said_by_directory

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> str:
    return (timezone.localdate() - datetime.timedelta(days=days)).isoformat()


def on(pile: str) -> list[str]:
    return [entry.service_id for entry in page_of(PILE[pile], narrowed(None, ""), 1).entries]


def test_every_service_stands_where_it_belongs(settings: Settings) -> None:
    settings.SERVICES_CURRENT_DAYS = 100
    a_service("never")
    a_service("fresh", assured_date=days_ago(100))
    a_service("old", assured_date=days_ago(101))
    gone = a_service("gone")
    Service.objects.filter(pk=gone.pk).update(retired_at=timezone.now())
    changes.tell([gone.pk])
    assert (on("never"), on("old"), on("retired")) == (["never"], ["old"], ["gone"])
    assert set(on("all")) == {"never", "fresh", "old"}


def test_a_link_counts_as_failing_after_the_third_time_alone() -> None:
    service = a_service()
    link = Link.objects.create(address="https://a.example", digest="x", asked_at=1, ask_again_at=1, failures=2)
    LinkUse.objects.create(link=link, service=service)
    assert on("links") == []
    Link.objects.update(failures=3)
    assert on("links") == ["s1"]


def test_counts_are_honest_and_stop_at_a_thousand(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    source = a_service().source
    services = [
        Service(id=f"n{number}", source=source, digest="", data={"id": f"n{number}"}) for number in range(1_005)
    ]
    Service.objects.bulk_create(services)
    changes.tell([service.pk for service in services])
    with django_assert_num_queries(7):
        found = counts(narrowed(None, ""))
    assert found["never"] == Count(1_000, more=True)
    assert found["old"] == Count(0, more=False)


def test_a_service_is_found_by_words_of_its_name_without_accents() -> None:
    a_service("one", name="Café for Parents")
    a_service("two", name="Parents at work")
    found = narrowed(None, "parents cafe")
    assert [entry.service_id for entry in found] == ["one"]


def test_pages_are_turned_and_end(cast: Cast) -> None:
    source = a_service().source
    services = [
        Service(id=f"n{number}", source=source, digest="", data={"id": f"n{number}", "name": f"N {number:03}"})
        for number in range(60)
    ]
    Service.objects.bulk_create(services)
    changes.tell([service.pk for service in services])
    client = signed_in(an_editor())
    first = client.get(reverse("directory:desk"), {"list": "all"}).content.decode()
    last = client.get(reverse("directory:desk"), {"list": "all", "page": "2"}).content.decode()
    assert ("N 010" in first, "N 059" in first, 'rel="next"' in first) == (True, False, True)
    assert ("N 059" in last, 'rel="next"' in last) == (True, False)
    for strange in ("-1", "0", "x", "99999999999", "²"):
        assert client.get(reverse("directory:desk"), {"list": "nothing", "page": strange}).status_code == 200


def test_members_and_moderators_do_not_find_the_desk(cast: Cast) -> None:
    service = a_service()
    for door, given in (("desk", []), ("check", []), ("desk_service", [service.pk]), ("edit", [service.pk, "words"])):
        address = reverse(f"directory:{door}", args=given)
        for member in (cast.author, cast.moderator):
            assert signed_in(member).get(address).status_code == 404, door
        for member in (cast.host, an_editor(f"E {door}")):
            assert signed_in(member).get(address).status_code == 200, door


def test_an_editor_checks_in_her_own_name_what_she_read() -> None:
    editor, services = an_editor(), [a_service("one"), a_service("two")]
    things = checkables(services)
    client = signed_in(editor)
    page = client.get(reverse("directory:check"), {"service": ["one", "two"]}).content.decode()
    assert "01632 960001" in page
    assert "1 Lamp Hill" in page
    sent = {"service": ["one", "two"], "checked": [checked_value(things["one"])], "name": "Ann Field"}
    assert client.post(reverse("directory:check"), sent).status_code == 302
    fresh = standing_of(services)
    assert (fresh["one"].by, fresh["one"].here, fresh["two"].on) == ("Ann Field", True, None)
    assert Entry.objects.get(pk="one").here
    assert on("never") == ["two"]
    step = Step.objects.get()
    assert (step.service_id, step.did, step.by, step.words) == ("one", "checked", editor, "Ann Field")


def test_what_changed_since_the_page_was_opened_is_not_taken_as_checked() -> None:
    service = a_service()
    sent = {"service": "s1", "checked": checked_value(checkables([service])["s1"]), "name": "Ann Field"}
    said_by_directory(service, description="Now upstairs.")
    page = signed_in(an_editor()).post(reverse("directory:check"), sent).content.decode()
    assert "Something changed since you opened this page" in page
    assert Entry.objects.get().checked_on is None


def test_a_check_ends_when_the_place_changes() -> None:
    service = a_service()
    check(list(checkables([service]).values()), by=an_editor(), name="Ann Field")
    assert Entry.objects.get().here
    Location.objects.update(data={"id": "s1-place", "location_type": "physical", "name": "Elsewhere"})
    changes.tell(["s1"])
    assert Entry.objects.get().checked_on is None


def test_nobody_checks_without_a_name_or_without_being_an_editor(cast: Cast) -> None:
    service = a_service()
    things = list(checkables([service]).values())
    with pytest.raises(PermissionDenied):
        check(things, by=cast.moderator, name="Ann Field")
    with pytest.raises(ValueError, match="name"):
        check(things, by=an_editor(), name=" ")
    assert not Step.objects.exists()


def test_the_page_of_what_is_due_costs_the_same_however_much_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(an_editor())
    for number in range(12):
        Word.objects.create(service=a_service(f"s{number}"), what="closed")
    client.get(reverse("directory:desk"))
    with django_assert_num_queries(11):
        client.get(reverse("directory:desk"))
