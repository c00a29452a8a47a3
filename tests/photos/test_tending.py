"""What the sweep takes, and what it leaves: nothing young, nothing that only seems to be wrong."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest
from django.conf import settings as place

from leeward.audience.models import EVERYONE
from leeward.kit.moments import DAY
from leeward.photos import holders, inbox
from leeward.photos.actions import receive
from leeward.photos.models import Photo, Stage
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for
from leeward.photos.tending import compare_all, tend_photos
from leeward.photos.vault import ORIGINAL, contents
from tests.conftest import Cast
from tests.photos.making import a_photo, drawing, prepare_all, sent, written
from tests.photos.test_door import in_a_story, seen_by

pytestmark = pytest.mark.django_db(transaction=True)
KEPT, INBOX = place.DATA / "photos" / "kept", place.DATA / "photos" / "inbox"
PHOTO = written(drawing(), "JPEG")


@pytest.fixture(autouse=True)
def _nothing_left() -> None:
    for path in (place.DATA / "photos").rglob("*"):
        if path.is_file():
            path.unlink()


def grow_old(path: Path, hours: float = 2) -> Path:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def a_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def older(photo: Photo, days: float) -> None:
    Photo.objects.filter(pk=photo.pk).update(received_at=photo.received_at - int(days * DAY))
    for key in keys_for(photo.ref):
        if (KEPT / key).exists():
            grow_old(KEPT / key, days * 24)


def test_files_without_a_row_go_and_young_ones_stay(cast: Cast) -> None:
    photo = a_photo(cast.author)
    in_a_story(photo, EVERYONE)
    older(photo, 3)
    young = a_file(KEPT / "zz" / "zzzzzzzzzzzzzz-large.jpg")
    old = grow_old(a_file(KEPT / "yy" / "yyyyyyyyyyyyyy-large.jpg"))
    half = grow_old(a_file(KEPT / photo.ref[:2] / f"{photo.ref}-large.jpg.0a1b2c3d.new"))
    assert compare_all() == 2
    assert (young.exists(), old.exists(), half.exists()) == (True, False, False)
    assert seen_by(None, photo) == 200


def test_a_photo_that_lost_its_files_is_said_to_be_lost_and_found_again_when_they_are_back(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    photo = a_photo(cast.author)
    in_a_story(photo, EVERYONE)
    path = KEPT / keys_for(photo.ref)[1]
    away = path.rename(place.DATA / "away.jpg")
    compare_all()
    assert Photo.objects.get().stage == Stage.READY, "it is young"
    older(photo, 1)
    compare_all()
    assert (Photo.objects.get().stage, Photo.objects.get().refused_because) == (Stage.REFUSED, "lost")
    assert "lost its files" in caplog.text
    away.rename(path)
    compare_all()
    assert (Photo.objects.get().stage, Photo.objects.get().refused_because) == (Stage.READY, "")
    assert seen_by(None, photo) == 200


def test_rooms_above_are_told_of_a_photo_that_was_found_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = a_photo(cast.author)
    in_a_story(photo, EVERYONE)
    Photo.objects.update(stage=Stage.REFUSED, refused_because="lost")
    told: list[int] = []
    monkeypatch.setattr(holders, "_when_ready", [lambda found: told.append(found.pk)])
    compare_all()
    compare_all()
    assert told == [photo.pk]


def test_an_original_that_is_locked_and_not_yet_in_the_vault_stays(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    Photo.objects.update(stage=Stage.LOCKED)  # killed before its file was put away
    grow_old(inbox.original_of(photo.ref))
    tend_photos()
    assert not inbox.original_of(photo.ref).exists()
    assert contents(photo, ORIGINAL) == PHOTO


def test_where_almost_nothing_fits_nothing_is_touched(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    Photo.objects.bulk_create(
        Photo(owner=cast.author, stage=Stage.READY, width=1, height=1, received_at=1) for _ in range(30)
    )
    assert compare_all() == 0
    assert Photo.objects.filter(stage=Stage.READY).count() == 30
    assert "Is this the right store?" in caplog.text
    Photo.objects.all().delete()
    files = [grow_old(a_file(KEPT / "zz" / f"zzzzzzzzzzz{n:03}-large.jpg")) for n in range(70)]
    assert compare_all() == 0
    assert all(path.exists() for path in files)
    assert "Is this the right database?" in caplog.text


def test_the_inbox_is_emptied_of_what_does_not_wait(cast: Cast) -> None:
    waits = receive(cast.author, sent(PHOTO))
    grow_old(inbox.original_of(waits.ref), 30)
    stray = grow_old(a_file(INBOX / "zzzzzzzzzzzzzz"))
    young = a_file(INBOX / "yyyyyyyyyyyyyy")
    assert tend_photos() == 1
    assert (inbox.original_of(waits.ref).exists(), stray.exists(), young.exists()) == (True, False, True)
    prepare_all()
    assert list(INBOX.iterdir()) == [young]


def test_a_photo_that_nothing_holds_is_let_go_after_a_day(cast: Cast) -> None:
    held, unheld, young = a_photo(cast.author), a_photo(cast.author), a_photo(cast.author)
    in_a_story(held, EVERYONE)
    for photo in (held, unheld):
        older(photo, 2)
    tend_photos()
    assert set(Photo.objects.all()) == {held, young}
    assert not any((KEPT / key).exists() for key in keys_for(unheld.ref))


def test_a_row_whose_original_is_gone_is_refused_with_a_word(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    inbox.drop(photo.ref)
    prepare_all()
    photo.refresh_from_db()
    assert (photo.stage, photo.refused_because) == (Stage.REFUSED, "lost")
    compare_all()
    photo.refresh_from_db()
    assert photo.stage == Stage.REFUSED, "it never had sizes that could come back"


def test_everything_is_compared_once_a_day(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tend_photos()
    stray = grow_old(a_file(KEPT / "zz" / "zzzzzzzzzzzzzz-large.jpg"))
    tend_photos()
    assert stray.exists()
    grow_old(place.DATA / "photos" / "compared", 21)
    tend_photos()
    assert not stray.exists()


def test_files_that_a_crash_left_go_and_those_of_other_photos_stay(cast: Cast) -> None:
    photos = [a_photo(cast.author) for _ in range(3)]
    for photo in photos:
        in_a_story(photo, EVERYONE)
        older(photo, 3)
    Photo.objects.filter(pk=photos[0].pk).delete()  # killed before its files went
    assert compare_all() == 3
    kept = {kept.key for kept in the_store().listing()}
    assert kept == {key for photo in photos[1:] for key in keys_for(photo.ref)}
