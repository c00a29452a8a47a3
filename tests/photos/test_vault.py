"""Photos that are kept from everyone: out of sight at once, encrypted, until their date, handed out by the host."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as place
from django.core.management import CommandError, call_command
from django.db import transaction

from leeward.audience.models import EVERYONE
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.photos import inbox
from leeward.photos.actions import discard, receive
from leeward.photos.models import HandingOut, Lock, Photo, Stage
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import key_for, keys_for
from leeward.photos.tending import tend_photos
from leeward.photos.vault import KEY_FILE, ORIGINAL, VaultClosed, contents, lock, put_away, unlock
from tests.conftest import Cast
from tests.photos.making import a_photo, drawing, prepare_all, sent, written
from tests.photos.test_door import in_a_story, seen_by

pytestmark = pytest.mark.django_db(transaction=True)
LATER = 1 << 62


def vault() -> list[Path]:
    return sorted((place.DATA / "photos" / "locked").iterdir())


@pytest.fixture(autouse=True)
def _empty_vault() -> None:
    folder = place.DATA / "photos" / "locked"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()


@pytest.fixture
def photo(cast: Cast) -> Photo:
    photo = a_photo(cast.author)
    in_a_story(photo, EVERYONE)
    return photo


def test_locked_it_is_out_of_the_store_and_no_door_shows_it(cast: Cast, photo: Photo) -> None:
    assert seen_by(cast.author, photo) == 200
    kept = {path.name for path in (place.DATA / "photos" / "kept" / photo.ref[:2]).iterdir()}
    assert {f"{photo.ref}-{size}.jpg" for size in Size} <= kept
    lock(photo, keep_until=LATER)
    for who in (cast.author, cast.other_member, cast.moderator, cast.host, None):
        assert seen_by(who, photo) == 404
    for key in keys_for(photo.ref):
        with pytest.raises(FileNotFoundError):
            the_store().open(key)


def test_what_is_in_the_vault_is_encrypted_and_for_this_user_alone(photo: Photo) -> None:
    with the_store().open(key_for(photo.ref, Size.LARGE)) as file:
        large = file.read()
    lock(photo, keep_until=LATER)
    assert [path.name for path in vault()] == sorted(f"{photo.ref}-{size}" for size in Size)
    for path in vault():
        assert b"JFIF" not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((place.DATA / KEY_FILE).stat().st_mode) == 0o600
    assert contents(photo, Size.LARGE) == large


def test_a_lock_that_is_undone_locks_nothing(cast: Cast, photo: Photo) -> None:
    def undone() -> None:
        with transaction.atomic():
            lock(photo, keep_until=LATER)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert seen_by(cast.author, photo) == 200
    assert vault() == []


def test_what_was_altered_or_changed_over_is_not_believed(photo: Photo) -> None:
    lock(photo, keep_until=LATER)
    large = next(path for path in vault() if path.name.endswith("large"))
    small = next(path for path in vault() if path.name.endswith("small"))
    large.write_bytes(small.read_bytes())
    with pytest.raises(VaultClosed, match="altered"):
        contents(photo, Size.LARGE)
    assert contents(photo, Size.SMALL)


def test_without_its_key_nothing_is_read_and_no_new_key_is_made(photo: Photo) -> None:
    lock(photo, keep_until=LATER)
    key = (place.DATA / KEY_FILE).rename(place.DATA / "elsewhere")
    try:
        with pytest.raises(VaultClosed, match="gone"):
            contents(photo, Size.LARGE)
        assert not (place.DATA / KEY_FILE).exists()
    finally:
        key.rename(place.DATA / KEY_FILE)


def test_a_photo_that_waits_is_locked_with_its_original_and_never_prepared(cast: Cast) -> None:
    content = written(drawing(), "JPEG")
    photo = receive(cast.author, sent(content))
    lock(photo, keep_until=LATER)
    prepare_all()
    assert Photo.objects.get(pk=photo.pk).stage == Stage.LOCKED
    assert not inbox.original_of(photo.ref).exists()
    assert contents(photo, ORIGINAL) == content
    unlock(photo)
    prepare_all()
    assert Photo.objects.get(pk=photo.pk).stage == Stage.READY
    assert vault() == []


def test_what_was_put_away_in_part_is_put_away_by_the_next_tending(cast: Cast, photo: Photo) -> None:
    tend_photos()  # so that it does not compare everything now
    lock(photo, keep_until=LATER)
    large = contents(photo, Size.LARGE)
    the_store().put(key_for(photo.ref, Size.LARGE), large)
    (place.DATA / "photos" / "locked" / f"{photo.ref}-{Size.LARGE}").unlink()  # killed in between
    tend_photos()
    assert contents(photo, Size.LARGE) == large
    with pytest.raises(FileNotFoundError):
        the_store().open(key_for(photo.ref, Size.LARGE))


def test_a_false_alarm_brings_everything_back(cast: Cast, photo: Photo) -> None:
    lock(photo, keep_until=LATER)
    unlock(photo)
    assert seen_by(None, photo) == 200
    assert vault() == []
    assert not Lock.objects.exists()


def test_what_a_crash_left_is_put_away_by_the_next_tending(
    cast: Cast, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leeward.photos.vault.put_away", lambda _photo: False)  # killed after the commit
    lock(photo, keep_until=LATER)
    monkeypatch.undo()
    assert vault() == []
    assert seen_by(cast.author, photo) == 404
    tend_photos()
    assert len(vault()) == 3
    put_away(photo)
    assert contents(photo, Size.LARGE)


def test_taking_it_away_does_not_take_it_out_of_the_vault(photo: Photo) -> None:
    lock(photo, keep_until=LATER)
    discard(photo)
    assert Photo.objects.filter(pk=photo.pk).exists()
    assert len(vault()) == 3


@pytest.mark.parametrize("farewell", Farewell)
def test_leaving_does_not_either_and_it_stays_known_who_sent_it(farewell: Farewell, cast: Cast, photo: Photo) -> None:
    ref, other = cast.author.ref, a_photo(cast.author)
    lock(photo, keep_until=LATER)
    leave(cast.author, farewell)
    locked = Lock.objects.select_related("photo").get()
    assert locked.photo.owner is None
    assert ref in locked.owner_then
    assert "Maud" in locked.owner_then
    assert contents(photo, Size.LARGE)
    assert not Photo.objects.filter(pk=other.pk).exists()


def test_on_its_date_it_is_erased(cast: Cast, photo: Photo) -> None:
    lock(photo, keep_until=now_us() + DAY)
    tend_photos()
    assert len(vault()) == 3
    lock(photo, keep_until=now_us() - 1)
    assert tend_photos() >= 1
    assert vault() == []
    assert not Photo.objects.filter(pk=photo.pk).exists()


def test_the_host_hands_it_out_with_a_reason_that_stays(photo: Photo, tmp_path: Path) -> None:
    lock(photo, keep_until=LATER)
    said = StringIO()
    call_command("locked_photo", photo.ref, "--reason", "police, 2026/113", "--to", str(tmp_path), stdout=said)
    assert "Maud" in said.getvalue()
    assert (tmp_path / f"{photo.ref}-large").read_bytes()[:3] == b"\xff\xd8\xff"
    assert stat.S_IMODE((tmp_path / f"{photo.ref}-large").stat().st_mode) == 0o600
    assert [(row.photo_ref, row.reason) for row in HandingOut.objects.all()] == [(photo.ref, "police, 2026/113")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_handed_out(reason: str, photo: Photo, tmp_path: Path) -> None:
    lock(photo, keep_until=LATER)
    with pytest.raises(CommandError, match="reason"):
        call_command("locked_photo", photo.ref, "--reason", reason, "--to", str(tmp_path))
    assert (list(tmp_path.iterdir()), HandingOut.objects.count()) == ([], 0)


def test_what_is_not_locked_is_not_handed_out(photo: Photo, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no locked photo"):
        call_command("locked_photo", photo.ref, "--reason", "curious", "--to", str(tmp_path))
    lock(photo, keep_until=LATER)
    with pytest.raises(CommandError, match="no folder"):
        call_command("locked_photo", photo.ref, "--reason", "police", "--to", str(tmp_path / "nowhere"))
