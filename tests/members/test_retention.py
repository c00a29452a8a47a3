"""The table of what is kept, and that code keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from leeward.members.belongings import all_belongings
from leeward.members.limits import NOT_FOR_BACKUPS
from leeward.members.models import Attempt, BrowserKey, DailyKey
from leeward.members.retention import all_rules, rule
from leeward.members.tending import register, tend, tended
from tests.members.people import text_of

WITH_DAYS = [each for each in all_rules() if each.days is not None]


@pytest.mark.parametrize("each", WITH_DAYS, ids=lambda each: each.key)
def test_what_is_kept_for_days_is_tended_or_says_why_not(each: object) -> None:
    assert isinstance(each, type(rule("sessions")))
    assert (each.key in tended()) != bool(each.not_tended), (
        f"{each.key}: register a task (members.tending.register), or write not_tended in retention.toml"
    )


def test_every_row_says_what_why_where_and_who_could_demand_it() -> None:
    for each in all_rules():
        assert all((each.what, each.why, each.where, each.demand)), each.key
        assert each.until or (each.days or 0) > 0, each.key


def test_whatever_is_kept_of_a_member_has_its_row() -> None:
    missing = {belonging.key for belonging in all_belongings()} - {each.key for each in all_rules()}
    assert not missing, f"docs/privacy/retention.toml has no row for {missing}"


def test_the_printed_table_is_the_same_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retention_table")
    printed = Path(settings.BASE_DIR / "docs" / "privacy" / "retention.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == printed, "run: manage.py retention_table > docs/privacy/retention.md"


@pytest.mark.django_db
def test_members_read_the_same_table(client: Client) -> None:
    page = text_of(client.get("/privacy/"))
    for each in all_rules():
        assert each.what in page


def test_every_word_of_it_can_be_translated() -> None:
    with (settings.BASE_DIR / "leeward" / "locale" / "django.pot").open("rb") as file:
        catalogue = {message.id for message in read_po(file)}
    for each in all_rules():
        assert {each.what, each.why, each.where, each.demand} <= catalogue, each.key
        assert not each.until or each.until in catalogue, each.key


def test_a_rule_without_days_has_no_length() -> None:
    with pytest.raises(ValueError, match="leave"):
        _ = rule("account").lasts


def test_only_a_row_of_the_table_can_be_tended() -> None:
    with pytest.raises(KeyError):
        register("nothing of the kind", lambda: 0)
    with pytest.raises(ValueError, match="sessions"):
        register("sessions", lambda: 0)


@pytest.mark.django_db
def test_tending_says_how_much_it_deleted() -> None:
    assert set(tend()) == set(tended())


def test_the_keys_of_addresses_stay_out_of_backups() -> None:
    assert set(NOT_FOR_BACKUPS) == {Attempt, BrowserKey, DailyKey}
