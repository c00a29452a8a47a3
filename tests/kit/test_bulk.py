"""Many rows written at once stand as if each had been saved, on the database that the tests run on."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from leeward.kit import bulk
from leeward.library.directory.desk.models import Entry
from leeward.library.directory.models import Service, Source

pytestmark = pytest.mark.django_db


def a_source() -> Source:
    return Source.objects.get_or_create(key="county", defaults={"name": "County"})[0]


def a_service(one: str, **said: Any) -> dict[str, Any]:
    data = {"id": one, "name": "Låmp \N{CANDLE}", "open": True, "fee": 1.5, "nothing": None, "tags": ["a", {"b": 2}]}
    return {"id": one, "source_id": a_source().pk, "data": {**data, **said}, "digest": "d", "organization_id": "o1"}


def an_entry(service: Service, **said: Any) -> dict[str, Any]:
    return {"service_id": service.pk, "source_id": a_source().pk, "name": "Lamp", "plain": "lamp", **said}


def test_every_kind_of_value_comes_back_as_it_was_written() -> None:
    then = timezone.now()
    times = {"changed_at": then, "retired_at": None}
    row = a_service("s1") | times
    bulk.insert(Service, [row, a_service("s2") | times])
    found = Service.objects.get(pk="s1")
    assert (found.data, found.edits, found.source_id) == (row["data"], {}, a_source().pk)
    assert (found.changed_at, found.retired_at, found.organization_id) == (then, None, "o1")
    bulk.insert(Entry, [an_entry(found, checked_on=datetime.date(2026, 2, 3), here=True, differs=2, links_at=1 << 50)])
    entry = Entry.objects.get()
    assert (entry.pk, entry.checked_on, entry.here, entry.retired) == ("s1", datetime.date(2026, 2, 3), True, False)
    assert (entry.differs, entry.links_at) == (2, 1 << 50)


def test_a_row_that_is_there_is_written_over_in_what_is_named_alone() -> None:
    bulk.insert(Service, [a_service("s1")])
    Service.objects.update(edits={"name": {"is": "Ours", "was": "x"}})
    bulk.insert(Service, [a_service("s1", name="New"), a_service("s2")], updates=["data"], known_by="id")
    found = Service.objects.get(pk="s1")
    assert (found.data["name"], found.overlaid["name"]) == ("New", "Ours")
    assert Service.objects.count() == 2


def test_a_row_that_is_there_is_refused_where_none_may_be() -> None:
    bulk.insert(Service, [a_service("s1")])
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Service, [a_service("s1")])


def test_no_rows_are_no_question(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        bulk.insert(Service, [])


def test_what_is_too_much_for_one_statement_is_written_by_several(monkeypatch) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 300)
    bulk.insert(Service, [a_service(f"s{number}") for number in range(9)])
    assert set(Service.objects.values_list("pk", flat=True)) == {f"s{number}" for number in range(9)}


@pytest.mark.only_on("postgresql")
def test_ids_of_a_directory_have_no_second_index_for_prefixes() -> None:
    apps = ("directory_", "finding_", "services_desk_")
    tables = [name for name in connection.introspection.table_names() if name.startswith(apps)]
    with connection.cursor() as cursor:
        names = [name for table in tables for name in connection.introspection.get_constraints(cursor, table)]
    assert len(names) > 50
    assert not [name for name in names if name.endswith("_like")]
