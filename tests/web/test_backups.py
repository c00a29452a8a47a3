"""A backup brings everything back, or nothing."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.base.base import NO_DB_ALIAS

from leeward.members.limits import NOT_FOR_BACKUPS
from leeward.members.models import Member, Passkey
from leeward.search.models import IndexedDocument
from leeward.village.loading import make_village
from leeward.web.backups.checking import checked_manifest
from leeward.web.backups.contents import (
    MANIFEST,
    BackupRefusedError,
    kept_files,
    kept_models,
    rows_of,
    written_row,
)
from leeward.web.backups.restoring import restore_backup
from leeward.web.backups.writing import one_moment, write_backup

Changed = Callable[[dict[str, bytes]], object]


def everything_written() -> dict[str, list[dict[str, Any]]]:
    """Every kept row, as a backup writes it."""
    return {
        model._meta.label_lower: [written_row(row) for row in rows_of(model).order_by("pk")] for model in kept_models()
    }


@pytest.fixture
def data(settings, tmp_path: Path) -> Path:
    """A data folder of the test's own, with a file in it."""
    folder = tmp_path / "data"
    for part in ("kept/ab", "locked", "inbox"):
        (folder / "photos" / part).mkdir(parents=True)
    (folder / "photos" / "kept" / "ab" / "one.jpg").write_bytes(bytes(range(256)))
    (folder / "photos" / "kept" / "ab" / "half.jpg.00.new").write_bytes(b"half")
    (folder / "photos" / "locked" / "two-large").write_bytes(b"sealed")
    (folder / "photos" / "inbox" / "three").write_bytes(b"where it was taken")
    (folder / "photos_key").write_text("of the vault")
    (folder / "secret_key").write_text("a secret of old")
    (folder / "lines.toml").write_text("# the host's own lines\n")
    settings.DATA = folder
    return folder


@pytest.fixture
def backup(data: Path, tmp_path: Path) -> Path:
    """The backup of a small place."""
    member = Member.objects.create(name="Maud")
    Passkey.objects.create(member=member, credential="abc", label="Key", public_key=b"\x00\xff\x10", sign_count=3)
    write_backup(tmp_path / "place.zip")
    return tmp_path / "place.zip"


@pytest.fixture(scope="module")
def village_backup(tmp_path_factory: pytest.TempPathFactory, place_on_sqlite) -> Path:
    """The backup of a whole village, made on SQLite by the commands that a host uses."""
    target = tmp_path_factory.mktemp("backups") / "village.zip"
    place_on_sqlite("migrate", "--verbosity", "0")
    place_on_sqlite("village", "--quiet")
    assert "bytes" in place_on_sqlite("backup", "--quiet", str(target))
    return target


def empty_the_place(data: Path) -> None:
    call_command("flush", interactive=False, verbosity=0)
    for path in sorted(data.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


def altered(backup: Path, change: Changed) -> Path:
    """The same backup with changed entries."""
    with zipfile.ZipFile(backup) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    other = backup.with_name("altered.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for name, words in entries.items():
            archive.writestr(name, words)
    return other


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back_as_it_was(data: Path, tmp_path: Path) -> None:
    make_village(lambda: None)
    member = Member.objects.order_by("pk").last()
    assert member is not None
    Passkey.objects.create(member=member, credential="abc", label="Key", public_key=b"\x00\xff\x10", sign_count=3)
    before = everything_written()
    assert len([label for label, rows in before.items() if rows]) > 12
    write_backup(tmp_path / "village.zip")
    empty_the_place(data)
    assert not Member.objects.exists()

    restore_backup(tmp_path / "village.zip")

    assert everything_written() == before
    assert (data / "photos" / "kept" / "ab" / "one.jpg").read_bytes() == bytes(range(256))
    assert (data / "photos" / "locked" / "two-large").read_bytes() == b"sealed"
    photos = {path.name for path in (data / "photos").rglob("*") if path.is_file()}
    assert photos >= {"one.jpg", "two-large"}
    assert not photos & {"three", "half.jpg.00.new"}, "neither what waits to be stripped nor what was half written"
    assert not (data / "photos_key").exists(), "what is locked stays locked to who has a backup alone"
    assert (data / "secret_key").read_text() == "a secret of old"
    assert (data / "lines.toml").read_text() == "# the host's own lines\n"
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_goes_while_the_backup_is_made_is_not_in_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = kept_files()
    monkeypatch.setattr("leeward.web.backups.writing.kept_files", lambda: listed)
    (data / "photos" / "kept" / "ab" / "one.jpg").unlink()
    write_backup(tmp_path / "place.zip")
    names = zipfile.ZipFile(tmp_path / "place.zip").namelist()
    assert "photos/kept/ab/one.jpg" not in names
    assert "photos/locked/two-large" in names
    checked_manifest(tmp_path / "place.zip")  # raises unless every entry is whole


@pytest.mark.django_db(transaction=True)
def test_a_place_with_photos_is_not_empty(backup: Path, data: Path) -> None:
    empty_the_place(data)
    (data / "photos" / "kept").mkdir(parents=True)
    (data / "photos" / "kept" / "one.jpg").write_bytes(b"x")
    with pytest.raises(BackupRefusedError, match="photos"):
        restore_backup(backup)


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_new_rows_get_keys_of_their_own(backup: Path, data: Path) -> None:
    empty_the_place(data)
    restore_backup(backup)
    old = Member.objects.get()
    assert Member.objects.create(name="Ines").pk > old.pk


@pytest.mark.django_db(transaction=True)
def test_a_backup_made_on_sqlite_comes_back_on_the_running_database(village_backup: Path, data: Path) -> None:
    empty_the_place(data)
    manifest = restore_backup(village_backup)
    assert Member.objects.count() == manifest.rows["members.member"] > 200
    assert not {label for label in manifest.rows if label.startswith("search.")}
    assert IndexedDocument.objects.filter(kind="stories.story").exists(), "what can be found is made anew"


def test_the_commands_bring_a_place_to_another_folder(village_backup: Path, tmp_path: Path, place_on_sqlite) -> None:
    assert "The place is as it was" in place_on_sqlite("restore", "--quiet", str(village_backup), folder="other")
    place_on_sqlite("backup", "--quiet", str(tmp_path / "again.zip"), folder="other")
    sums = [
        json.loads(zipfile.ZipFile(path).read(MANIFEST))["sums"] for path in (village_backup, tmp_path / "again.zip")
    ]
    assert sums[0] == sums[1]


@pytest.mark.django_db(transaction=True)
def test_a_backup_sees_one_moment_while_others_go_on_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    # The only other alias that tests of Django may connect to.
    monkeypatch.setattr("leeward.web.backups.writing.SNAPSHOT", NO_DB_ALIAS)
    Member.objects.create(name="Maud")
    with one_moment() as snapshot:
        assert rows_of(Member, snapshot).count() == 1
        Member.objects.create(name="Ines")
        assert rows_of(Member, snapshot).count() == 1
    assert Member.objects.count() == 2


@pytest.mark.django_db
def test_a_backup_can_be_read_by_its_maker_alone_and_leaves_nothing_else(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir() if path.is_file()] == ["place.zip"]


@pytest.mark.django_db
def test_a_backup_never_writes_over_a_file(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupRefusedError, match="is there already"):
        write_backup(backup)
    assert backup.read_bytes() == before


@pytest.mark.django_db
def test_a_backup_that_fails_leaves_no_half_of_itself(data: Path, tmp_path: Path) -> None:
    def fail(rows: int) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_backup(tmp_path / "place.zip", progress=fail)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.django_db
def test_tries_to_sign_in_are_not_in_a_backup(backup: Path) -> None:
    names = zipfile.ZipFile(backup).namelist()
    assert "rows/members.member.jsonl" in names
    for model in NOT_FOR_BACKUPS:
        assert f"rows/{model._meta.label_lower}.jsonl" not in names


@pytest.mark.django_db
def test_a_place_in_which_somebody_lives_takes_no_backup(backup: Path) -> None:
    with pytest.raises(BackupRefusedError, match="This place is not empty: it has members"):
        restore_backup(backup)
    assert Member.objects.get().name == "Maud"


def change_a_name(entries: dict[str, bytes]) -> None:
    entries["rows/members.member.jsonl"] = entries["rows/members.member.jsonl"].replace(b"Maud", b"Mara")


def drop_the_members(entries: dict[str, bytes]) -> None:
    del entries["rows/members.member.jsonl"]


def add_a_file(entries: dict[str, bytes]) -> None:
    entries["photos/kept/more.jpg"] = b"more"


def climb_out(entries: dict[str, bytes]) -> None:
    name = "photos/kept/../../../climbed.txt"
    entries[name] = b""
    manifest = json.loads(entries[MANIFEST])
    manifest["sums"][name] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of nothing
    entries[MANIFEST] = json.dumps(manifest).encode()


def come_from_tomorrow(entries: dict[str, bytes]) -> None:
    entries[MANIFEST] = entries[MANIFEST].replace(b'"format": 1', b'"format": 2')


def have_another_table(entries: dict[str, bytes]) -> None:
    entries[MANIFEST] = entries[MANIFEST].replace(b'"0001_initial"', b'"0001_other"', 1)


def lose_the_manifest(entries: dict[str, bytes]) -> None:
    del entries[MANIFEST]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_a_name, "rows/members.member.jsonl is not as it was written"),
        (drop_the_members, "entries are not those"),
        (add_a_file, "entries are not those"),
        (climb_out, "an entry that no backup has"),
        (come_from_tomorrow, "not of format 1"),
        (have_another_table, "whose tables differ"),
        (lose_the_manifest, "no manifest"),
    ],
)
def test_an_altered_backup_is_refused_and_changes_nothing(
    backup: Path, data: Path, change: Changed, words: str
) -> None:
    empty_the_place(data)
    with pytest.raises(BackupRefusedError, match=words):
        restore_backup(altered(backup, change))
    assert not Member.objects.exists()
    assert list(data.iterdir()) == []
    assert not (data.parent / "climbed.txt").exists()


@pytest.mark.django_db(transaction=True)
def test_a_truncated_backup_is_refused(backup: Path, data: Path) -> None:
    empty_the_place(data)
    backup.write_bytes(backup.read_bytes()[:-300])
    with pytest.raises(BackupRefusedError, match="is damaged or no backup"):
        restore_backup(backup)
    assert not Member.objects.exists()


@pytest.mark.django_db
def test_the_command_says_kindly_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "none.zip"), "--quiet")


def test_no_kept_model_fills_a_column_by_itself_when_it_is_written() -> None:
    changing = [
        f"{model._meta.label}.{field.name}"
        for model in kept_models()
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    assert changing == []  # such a column would come back with the moment of the restore
