"""How a line stands, and what keeps the place closed."""

from __future__ import annotations

import pytest

from leeward.library.models import Confirmation
from leeward.library.opening import Missing, what_is_missing
from leeward.library.standing import standings
from tests.library.confirming import confirm_enough, confirmed, line

pytestmark = pytest.mark.django_db


def test_nothing_is_confirmed_when_the_place_is_new() -> None:
    samaritans = line("gb-samaritans")
    assert not standings([samaritans])[samaritans.key].is_confirmed


def test_a_confirmation_says_who_and_when() -> None:
    samaritans = line("gb-samaritans")
    row = confirmed("gb-samaritans", days_ago=3)
    standing = standings([samaritans])[samaritans.key]
    assert (standing.by, standing.at) == ("Ada Lind", row.at)
    assert standing.is_confirmed
    assert not standing.is_due


@pytest.mark.parametrize(("days", "due"), [(179, False), (181, True)])
def test_after_180_days_a_line_asks_to_be_confirmed_again(days: int, due: bool) -> None:
    confirmed("gb-samaritans", days_ago=days)
    standing = standings([line("gb-samaritans")])["gb-samaritans"]
    assert standing.is_confirmed
    assert standing.is_due is due


def test_the_newest_confirmation_counts() -> None:
    confirmed("gb-samaritans", days_ago=300, by="Ada Lind")
    confirmed("gb-samaritans", days_ago=2, by="Bo Reed")
    assert standings([line("gb-samaritans")])["gb-samaritans"].by == "Bo Reed"


def test_changed_content_is_unconfirmed_again() -> None:
    Confirmation.objects.create(line_key="gb-samaritans", fingerprint="another", by="Ada Lind")
    standing = standings([line("gb-samaritans")])["gb-samaritans"]
    assert not standing.is_confirmed
    assert standing.changed


def test_standings_ask_the_database_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        standings([line("gb-samaritans"), line("gb-emergency"), line("us-988")])


def test_something_is_missing_until_every_country_is_confirmed(settings) -> None:
    settings.COUNTRIES = ["GB", "NZ"]
    confirm_enough("GB")
    assert [missing.country for missing in what_is_missing()] == ["NZ"]
    confirm_enough("NZ")
    assert not what_is_missing()


def test_an_emergency_number_alone_does_not_open_the_place(settings) -> None:
    settings.COUNTRIES = ["GB"]
    confirmed("gb-emergency")
    assert what_is_missing() == [Missing("GB", emergency=False, line=True)]


def test_a_line_alone_does_not_open_the_place(settings) -> None:
    settings.COUNTRIES = ["GB"]
    confirmed("gb-samaritans")
    assert what_is_missing() == [Missing("GB", emergency=True, line=False)]


def test_a_country_without_any_line_keeps_the_place_closed(settings) -> None:
    settings.COUNTRIES = ["KE"]
    assert what_is_missing() == [Missing("KE", emergency=True, line=True)]


def test_an_old_confirmation_shuts_nobody_out(settings) -> None:
    settings.COUNTRIES = ["GB"]
    confirmed("gb-emergency", days_ago=400)
    confirmed("gb-samaritans", days_ago=400)
    assert not what_is_missing()
