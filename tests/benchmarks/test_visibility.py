"""What the measurement of visibility stands on: the crowd is the same each time, and its proof proves."""

from __future__ import annotations

import pytest
from django.db import connection

from benchmarks.building import NotOurs, build, fill
from benchmarks.measuring import measure
from benchmarks.peers import after_fetching, by_lists
from benchmarks.population import FULL, Population, Size, fingerprint
from benchmarks.reference import agrees, read_place, visible
from benchmarks.tables import table
from benchmarks.watchers import WHO, viewers
from leeward.audience.feed import newest
from leeward.members.models import Member
from leeward.stories.models import Story

TINY = Size(200, 80, 400, 600, 60, 10, 300, 20, 0.95, 12)


def test_the_same_size_gives_the_same_crowd() -> None:
    assert _rows(TINY) == _rows(TINY)


def test_a_crowd_of_another_size_is_known_as_another() -> None:
    assert fingerprint(TINY) == fingerprint(TINY) != fingerprint(FULL)


@pytest.mark.django_db
def test_every_page_is_what_brute_force_finds_for_all_seven_viewers() -> None:
    fill(TINY)
    place = read_place()
    for name, viewer in viewers(TINY).items():
        expected = visible(place, viewer)
        assert expected, name
        for before in [1 << 62, *(at for at, _ in expected[::7])]:
            assert agrees(newest(Story, viewer, before=before), expected, before=before), name
        assert agrees(by_lists(viewer), expected), name
        assert agrees(after_fetching(viewer), expected), name


@pytest.mark.django_db
def test_the_hermit_may_see_three_stories_and_every_viewer_is_described() -> None:
    fill(TINY)
    assert len(visible(read_place(), viewers(TINY)["hermit"])) == 3
    assert viewers(TINY).keys() == WHO.keys()


@pytest.mark.django_db
def test_the_proof_sees_a_page_that_is_wrong() -> None:
    fill(TINY)
    viewer = viewers(TINY)["few"]
    expected = visible(read_place(), viewer)
    page = newest(Story, viewer)
    page.things.pop(3)
    assert not agrees(page, expected)


@pytest.mark.django_db
def test_a_database_that_holds_anything_else_is_refused() -> None:
    with pytest.raises(NotOurs):
        build(TINY)


@pytest.mark.django_db
def test_the_clock_counts_the_statements_and_leaves_the_connection_as_it_was() -> None:
    usual = connection.make_cursor
    figures = measure(lambda _: (Member.objects.count(), Member.objects.first()), samples=3).as_dict()
    assert figures["statements"] == 2
    assert figures["samples"] == 3
    assert 0 < figures["database_median_ms"] <= figures["database_worst_ms"]
    assert connection.make_cursor == usual


def test_a_table_stands_in_columns() -> None:
    assert table(["who", "ms"], [["few", "1.5"]]) == "| who |  ms |\n| --- | --: |\n| few | 1.5 |"


def _rows(size: Size) -> dict[str, list[tuple[object, ...]]]:
    return {one.model.__name__: list(one.rows) for one in Population(size).tables()}
