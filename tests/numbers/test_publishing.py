"""Once a month, whole, and never a second time."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from leeward.members.models import Member
from leeward.numbers.actions import publishing
from leeward.numbers.actions.publishing import publish, publish_if_due
from leeward.numbers.board import Board, published_total
from leeward.numbers.key import NumbersRefusedError, key_path, source_of
from leeward.numbers.marker import keep_through, marker_path, not_this_month, published_through
from leeward.numbers.mechanism.noise import noise_in
from leeward.numbers.models import Counted, Generation, Published
from leeward.numbers.months import this_month
from leeward.web.backups.restoring import restore_backup
from leeward.web.backups.writing import write_backup
from tests.numbers.counting import START, counted, publish_through

pytestmark = pytest.mark.django_db


def everything() -> dict[str, bytes]:
    return {row.table: bytes(row.cells) for row in Published.objects.all()}


@pytest.mark.usefixtures("later")
def test_all_tables_of_the_list_are_published_with_noise_in_every_cell() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    generation = Generation.objects.get()
    assert set(everything()) == {"kind", "now", "year"}
    cells = np.frombuffer(everything()["kind"], dtype="<i4")
    assert cells.size == len(generation.layout["kind"]) + 1
    noise = noise_in(source_of(generation), "kind", 0, cells.size)
    true = np.rint(cells - noise).astype(int)  # only who has the key could work this out
    assert true.tolist() == [int(key == "tfmr") for key in [*generation.layout["kind"], ""]]
    assert member.pk == Counted.objects.get().pk


@pytest.mark.usefixtures("later")
def test_a_month_is_published_once() -> None:
    counted("Maud")
    assert publish(START) == 3
    before = everything()
    counted("Ines")
    assert publish(START) == 0
    assert publish(START - 1) == 0
    assert everything() == before


@pytest.mark.usefixtures("later")
def test_months_in_which_the_place_was_down_are_passed_over() -> None:
    counted("Maud")
    publish_through(START, START + 7)
    assert Generation.objects.get().published == START + 7
    assert publish(START + 3) == 0


@pytest.mark.usefixtures("later")
def test_a_database_that_was_wound_back_publishes_nothing_twice() -> None:
    counted("Maud")
    publish_through(START)
    Published.objects.all().delete()
    Generation.objects.update(published=START - 1)
    assert publish(START) == 0
    assert publish(START + 1) == 3


@pytest.mark.usefixtures("later")
def test_where_the_marker_is_gone_this_month_is_left_out() -> None:
    counted("Maud")
    publish_through(START)
    marker_path().unlink()
    assert publish(START + 1) == 0
    assert published_through() == START + 150


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("harm", ["gone", "another"])
def test_without_the_right_key_nothing_is_published_and_the_words_say_why(harm: str) -> None:
    counted("Maud")
    publish_through(START)
    key_path().unlink()
    if harm == "another":
        key_path().write_text("a key of somebody else")
    before = everything()
    with pytest.raises(NumbersRefusedError, match="backup"):
        publish(START + 1)
    assert everything() == before
    assert published_through() == START
    assert key_path().exists() is (harm == "another")


@pytest.mark.usefixtures("cast")
def test_tending_goes_on_where_numbers_are_refused(caplog: pytest.LogCaptureFixture) -> None:
    assert publish_if_due() == 3
    key_path().unlink()
    marker_path().unlink()
    keep_through(this_month() - 1)
    Generation.objects.update(published=this_month() - 1)
    assert publish_if_due() == 0
    assert "is gone" in caplog.text


@pytest.mark.usefixtures("cast")
def test_a_file_that_cannot_be_read_stops_the_numbers_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    assert publish_if_due() == 3
    Generation.objects.update(published=this_month() - 1)
    marker_path().write_text("")  # cut off: which month it was is not known, so this one is left out
    assert publish_if_due() == 0
    assert published_through() == this_month()
    keep_through(this_month())
    marker_path().unlink()
    marker_path().mkdir()
    assert publish_if_due() == 0
    assert "No numbers are published" in caplog.text


def test_nothing_is_begun_where_nobody_lives() -> None:
    assert publish_if_due() == 0
    assert not Generation.objects.exists()
    assert not key_path().exists()


def test_a_month_to_come_is_refused() -> None:
    with pytest.raises(NumbersRefusedError, match="not begun"):
        publish(this_month() + 1)


@pytest.mark.usefixtures("later")
def test_nothing_of_a_month_stands_if_one_table_could_not_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    counted("Maud")
    publish_through(START)
    before, real = everything(), publishing.tally

    def breaks(generation: Generation, people: object, table: tuple[str, ...]) -> object:
        if table == ("year",):
            raise OSError("the disk is full")
        return real(generation, people, table)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(publishing, "tally", breaks)
    with pytest.raises(OSError, match="full"):
        publish(START + 1)
    assert everything() == before
    monkeypatch.undo()
    assert published_through() == START


@pytest.mark.usefixtures("later")
def test_a_larger_list_is_opened_by_the_published_total_for_those_who_come_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, _loss = counted("Maud")
    publish_through(START)
    monkeypatch.setattr(publishing, "published_total", lambda: 5_200)
    publish_through(START + 1)
    small, large = Generation.objects.all()
    assert (small.name, large.name, large.opened) == ("S", "M", START + 2)
    second, _loss = counted("Ines")
    publish_through(START + 2)
    assert Counted.objects.get(member=first).generation == small
    assert Counted.objects.get(member=second).generation == large
    assert Published.objects.filter(generation=large).count() == 17
    assert Generation.objects.count() == 2  # 5,200 asks for no third


@pytest.mark.usefixtures("later")
def test_numbers_of_several_lists_are_added_and_so_are_their_spreads(monkeypatch: pytest.MonkeyPatch) -> None:
    counted("Maud")
    publish_through(START)
    monkeypatch.setattr(publishing, "published_total", lambda: 5_200)
    publish_through(START + 1, START + 2)
    small, large = Generation.objects.all()
    Published.objects.filter(table="kind").update(cells=np.full(18, 100, dtype="<i4").tobytes())
    assert published_total() == 2 * 18 * 100
    said = Board.of([("kind",)]).said(("kind",), ("tfmr",))
    spread = (small.deviation() ** 2 + large.deviation() ** 2) ** 0.5
    assert 4 * spread < 200 < 13 * spread
    assert said.number == int((200 - 2 * spread) // 10 * 10)


@pytest.mark.usefixtures("later")
def test_a_backup_brings_the_key_along_and_the_month_is_not_published_again(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, settings: object
) -> None:
    counted("Maud")
    publish_through(START)
    key = key_path().read_text()
    backup = tmp_path_factory.mktemp("elsewhere") / "backup.zip"
    write_backup(backup, database="default")
    for model in (Published, Counted, Generation):
        model._default_manager.all().delete()
    Member.objects.all().delete()
    settings.DATA = tmp_path_factory.mktemp("new")  # type: ignore[attr-defined]  # pytest-django's wrapper
    shutil.rmtree(folder)
    restore_backup(backup)
    assert key_path().read_text() == key
    assert key_path().stat().st_mode & 0o777 == 0o600
    assert published_through() == START + 150  # the month of that day
    assert publish(START + 150) == 0


def test_the_marker_never_goes_back() -> None:
    keep_through(this_month() + 5)
    not_this_month()
    assert published_through() == this_month() + 5


@pytest.mark.usefixtures("cast")
def test_the_command_publishes_once_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_numbers", quiet=True)
    call_command("publish_numbers", quiet=True)
    out = capsys.readouterr().out
    assert "3 tables" in out
    assert "this month is done" in out
    with pytest.raises(CommandError, match="no month"):
        call_command("publish_numbers", month="soon", quiet=True)
    with pytest.raises(CommandError, match="not begun"):
        call_command("publish_numbers", month="2199-01", quiet=True)
