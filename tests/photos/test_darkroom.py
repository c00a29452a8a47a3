"""The darkroom as a process: woken at once, killed and taken up again, and two of them never at the same photo."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as place
from django.test import Client

from leeward.audience.models import EVERYONE
from leeward.kit.line_server import AlreadyListening
from leeward.kit.moments import now_us
from leeward.photos import folders, holders, inbox
from leeward.photos.actions import discard, receive
from leeward.photos.addresses import address_of
from leeward.photos.darkroom import working
from leeward.photos.darkroom.room import Darkroom
from leeward.photos.darkroom.waking import socket_path, wake
from leeward.photos.darkroom.working import Died, Stopped, develop_apart, free_all, prepare_next, take_one
from leeward.photos.models import Photo, Stage
from leeward.photos.reasons import state_words
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for
from leeward.photos.vault import lock
from tests.conftest import Cast
from tests.photos.making import a_photo, drawing, go_on, prepare_all, sent, written
from tests.photos.test_door import in_a_story, viewer

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = written(drawing(), "JPEG")
LARGE = written(drawing(6000, 4000), "PNG", compress_level=1)


def soon(is_so: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it did not come to pass in time"
        time.sleep(0.02)


def stage_of(photo: Photo) -> Stage:
    return Stage(Photo.objects.values_list("stage", flat=True).get(pk=photo.pk))


def kept() -> set[str]:
    return {kept.key for kept in the_store().listing()}


@pytest.fixture
def darkroom() -> Iterator[subprocess.Popen[bytes]]:
    """The real process, on the tests' own place."""
    process = started()
    yield process
    process.kill()
    process.wait()


def started() -> subprocess.Popen[bytes]:
    url = os.environ.get("DATABASE_URL", "")
    name = place.DATABASES["default"]["NAME"]
    url = f"{url.rpartition('/')[0]}/{name}" if url.startswith("postgres") else f"sqlite:///{name}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "prepare_photos", "--with-parent"],
        cwd=place.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": url, "LEEWARD_DATA": str(place.DATA), "DJANGO_SETTINGS_MODULE": "leeward.settings"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"The darkroom listens.\n"
    return process


def child_of(process: subprocess.Popen[bytes]) -> int | None:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    said = " ".join(path.read_text() for path in tasks).split()
    return int(said[0]) if said else None


def test_it_is_woken_at_once(cast: Cast, darkroom: subprocess.Popen[bytes]) -> None:
    time.sleep(0.5)
    photo = receive(cast.author, sent(PHOTO))
    soon(lambda: stage_of(photo) == Stage.READY, seconds=4)  # by itself it looks every five seconds
    assert kept() >= set(keys_for(photo.ref))


def test_it_ends_when_it_is_told_to_also_while_it_works(cast: Cast, darkroom: subprocess.Popen[bytes]) -> None:
    photo = receive(cast.author, sent(LARGE))
    soon(lambda: child_of(darkroom) is not None)
    darkroom.send_signal(signal.SIGTERM)
    assert darkroom.wait(10) == 0
    photo.refresh_from_db()
    assert (photo.stage, photo.claimed_at, photo.tries) == (Stage.RECEIVED, None, 0)
    assert inbox.original_of(photo.ref).exists()


def test_killed_half_way_the_photo_is_taken_up_again(cast: Cast, darkroom: subprocess.Popen[bytes]) -> None:
    photo = receive(cast.author, sent(LARGE))
    in_a_story(photo, EVERYONE)
    soon(lambda: child_of(darkroom) is not None)
    darkroom.kill()
    darkroom.wait()
    assert stage_of(photo) == Stage.RECEIVED
    assert Client().get(address_of(photo, Size.SMALL, viewer(None))).status_code == 404
    again = started()
    try:
        soon(lambda: stage_of(photo) == Stage.READY)
    finally:
        again.terminate()
        assert again.wait(10) == 0
    assert Client().get(address_of(photo, Size.SMALL, viewer(None))).status_code == 200
    assert not inbox.original_of(photo.ref).exists()


def test_a_child_that_is_killed_once_is_begun_again(cast: Cast, darkroom: subprocess.Popen[bytes]) -> None:
    photo = receive(cast.author, sent(LARGE))
    soon(lambda: child_of(darkroom) is not None)
    os.kill(child_of(darkroom) or 0, signal.SIGKILL)
    soon(lambda: stage_of(photo) == Stage.READY)


def test_what_kills_its_process_twice_is_refused_and_the_next_is_prepared(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile, good = receive(cast.author, sent(LARGE)), receive(cast.author, sent(PHOTO))
    monkeypatch.setattr(working, "WALL_SECONDS", 0.05)
    assert prepare_next(go_on) is True
    assert (stage_of(hostile), stage_of(good)) == (Stage.RECEIVED, Stage.RECEIVED)
    assert prepare_next(go_on) is True
    assert stage_of(hostile) == Stage.REFUSED
    hostile.refresh_from_db()
    assert (hostile.refused_because, inbox.original_of(hostile.ref).exists()) == ("too_hard", False)
    monkeypatch.undo()
    prepare_all()
    assert stage_of(good) == Stage.READY


def test_a_photo_at_which_the_darkroom_itself_ends_again_and_again_is_refused(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    for _ in range(working.BEGUN):
        assert take_one() == photo
        free_all()
    assert take_one() is None
    photo.refresh_from_db()
    assert photo.refused_because == "too_hard"


def test_too_much_memory_ends_the_child_and_nothing_else(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(LARGE)
    command = [sys.executable, "-c", "import resource, runpy; resource.setrlimit(resource.RLIMIT_AS, (1 << 30,) * 2)\n"]
    command[2] += "from leeward.photos.darkroom import developing; developing.MEMORY = 60 << 20; developing.main()"
    with path.open("rb") as source:
        done = subprocess.run(command, stdin=source, cwd=place.BASE_DIR, capture_output=True, check=False)
    assert done.returncode != 0
    assert done.stdout == b""


def test_two_do_not_take_the_same_photo_and_the_oldest_goes_first(cast: Cast) -> None:
    first, second = receive(cast.author, sent(PHOTO)), receive(cast.other_member, sent(PHOTO))
    assert [take_one(), take_one(), take_one()] == [first, second, None]
    Photo.objects.filter(pk=second.pk).update(claimed_at=now_us() - working.STALE - 1)
    assert take_one() == second, "whoever took it is no more"


def test_who_lost_a_photo_to_another_does_not_finish_it(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))

    def another_takes_it(seconds: float) -> bool:
        Photo.objects.filter(pk=photo.pk).update(claimed_at=1)
        return go_on(seconds)

    prepare_next(another_takes_it)
    photo.refresh_from_db()
    assert (photo.stage, photo.claimed_at) == (Stage.RECEIVED, 1)
    assert inbox.original_of(photo.ref).exists()


@pytest.mark.parametrize("act", [discard, lambda photo: lock(photo, keep_until=1 << 62)])
def test_what_goes_while_it_is_prepared_leaves_nothing_behind(act: Callable[[Photo], object], cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    done: list[object] = []

    def meanwhile(seconds: float) -> bool:
        if not done:
            done.append(act(photo))
        return go_on(seconds)

    prepare_next(meanwhile)
    assert not kept() & set(keys_for(photo.ref))
    assert not inbox.original_of(photo.ref).exists()
    assert not Photo.objects.filter(pk=photo.pk, stage=Stage.READY).exists()


def test_told_to_end_it_lets_the_photo_go_as_it_was(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    prepare_next(lambda _seconds: True)
    photo.refresh_from_db()
    assert (photo.stage, photo.claimed_at, photo.tries) == (Stage.RECEIVED, None, 0)
    with pytest.raises(Stopped):
        develop_apart(inbox.original_of(photo.ref), lambda _seconds: True)


def test_a_full_disk_keeps_the_photo_waiting(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO))
    folder = place.DATA / "photos" / "kept" / photo.ref[:2]
    folder.parent.mkdir(exist_ok=True)
    before = {path.name for path in folder.iterdir()} if folder.exists() else None
    if before is not None:
        folder.rename(place.DATA / "moved")
    folder.write_text("in the way")
    assert prepare_next(go_on) is None
    photo.refresh_from_db()
    assert (photo.stage, photo.held_up) == (Stage.RECEIVED, True)
    assert "safe" in state_words(photo)
    folder.unlink()
    prepare_all()
    assert stage_of(photo) == Stage.READY


def test_a_disk_without_room_for_what_it_makes_refuses_no_photo(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = receive(cast.author, sent(PHOTO))
    with monkeypatch.context() as full:
        full.setattr(folders, "ROOM_LEFT", 1 << 60)
        assert [prepare_next(go_on) for _ in range(working.TRIES + 1)] == [None] * (working.TRIES + 1)
    photo.refresh_from_db()
    assert (photo.stage, photo.held_up, photo.tries) == (Stage.RECEIVED, True, 0)
    assert inbox.original_of(photo.ref).exists()
    prepare_all()
    assert stage_of(photo) == Stage.READY


def test_rooms_above_are_told_in_the_moment_in_which_it_is_ready(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, Stage]] = []
    monkeypatch.setattr(holders, "_when_ready", [lambda photo: told.append((photo.pk, stage_of(photo)))])
    photo = a_photo(cast.author)
    assert told == [(photo.pk, Stage.READY)]


def test_only_one_listens_and_who_wakes_nobody_is_not_kept_waiting(
    cast: Cast, darkroom: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(AlreadyListening):
        Darkroom(socket_path())
    assert socket_path().stat().st_mode & 0o777 == 0o600
    darkroom.kill()
    darkroom.wait()
    begun = time.monotonic()
    wake()
    assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"not json\n",
        b"[]\n",
        b'{"sizes": [1, 1]}\nxx',
        b'{"sizes": [1, 1, 1], "width": 1, "height": 1}\nxx',
        b'{"sizes": [1, 1, 1], "width": 90000, "height": 1}\nxxx',
        b'{"sizes": [4, 0, -1], "width": 9, "height": 1}\nxxx',
        b'{"refused": "because"}\n',
    ],
)
def test_a_child_that_says_nothing_sound_is_not_believed(said: bytes, tmp_path: Path) -> None:
    path = tmp_path / "said"
    path.write_bytes(said)
    with path.open("rb") as out, pytest.raises(Died):
        working._read(out)
