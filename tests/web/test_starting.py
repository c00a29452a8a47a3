"""How the place starts, and when it refuses to."""

from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from leeward.members.models import Member
from leeward.web import starting
from leeward.web.checks import no_village_in_production

PRODUCTION = {
    "LEEWARD_PRODUCTION": "1",
    "LEEWARD_HOSTS": "place.example",
    "LEEWARD_BASE_URL": "https://place.example",
    "LEEWARD_HOST": "A charity",
    "LEEWARD_RESPONSIBLE": "Ada Lind",
    "LEEWARD_CONTACT": "ada@place.example",
}


def test_in_production_the_deployment_check_is_clean(place_on_sqlite) -> None:
    place_on_sqlite("migrate", "--verbosity", "0", folder="real", **PRODUCTION)
    said = place_on_sqlite(
        "check", "--deploy", "--database", "default", "--fail-level", "WARNING", folder="real", **PRODUCTION
    )
    assert "no issues" in said


@pytest.mark.parametrize("name", ["LEEWARD_HOSTS", "LEEWARD_HOST", "LEEWARD_RESPONSIBLE", "LEEWARD_CONTACT"])
def test_in_production_the_host_must_say_who_and_where(place_on_sqlite, name: str) -> None:
    assert name in place_on_sqlite("check", status=1, folder="real", **(PRODUCTION | {name: ""}))


def test_production_refuses_to_start_with_the_village_in_it(place_on_sqlite) -> None:
    place_on_sqlite("migrate", "--verbosity", "0", folder="village")
    invent = "from leeward.members.models import Member; Member.objects.create(name='Hazel', is_invented=True)"
    place_on_sqlite("shell", "--no-imports", "-c", invent, folder="village")
    said = place_on_sqlite("serve", status=1, folder="village", **PRODUCTION)
    assert "holds the demonstration village" in said
    assert "web.E001" in place_on_sqlite("check", "--database", "default", status=1, folder="village", **PRODUCTION)


@pytest.mark.django_db
def test_the_village_is_welcome_outside_production(settings) -> None:
    Member.objects.create(name="Hazel", is_invented=True)
    starting.refuse_village_in_production()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="Real members never share a place"):
        starting.refuse_village_in_production()
    assert [fault.id for fault in no_village_in_production(databases=["default"])] == ["web.E001"]


@pytest.mark.django_db
def test_the_village_is_not_shown_in_production(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"manage\.py serve"):
        call_command("demonstrate")


def test_a_place_that_is_not_up_to_date_says_what_to_run(place_on_sqlite) -> None:
    assert "manage.py migrate" in place_on_sqlite("serve", status=1, folder="new")


def test_a_taken_port_is_refused_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind((starting.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(starting.PortTakenError, match=f"PORT={port + 1}"):
            starting.refuse_taken_port(starting.LOOPBACK, port)
    starting.refuse_taken_port(starting.LOOPBACK, port)


@pytest.mark.django_db
def test_static_files_are_collected_only_when_they_changed(
    settings, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    caplog.set_level("INFO", "leeward.starting")
    starting.prepare()
    starting.prepare()
    assert caplog.messages.count("Collecting static files.") == 1
    assert any((tmp_path / "static").iterdir())


@pytest.mark.django_db
def test_tending_prints_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tend")
    said = capsys.readouterr().out
    assert "letters sent: 0" in said
    assert "sessions: 0" in said
