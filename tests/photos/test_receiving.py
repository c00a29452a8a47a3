"""Taking a photo in, and letting it go: what is refused, what is kept where, and that nothing is left behind."""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory

from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.photos import folders, inbox
from leeward.photos.actions import discard, receive
from leeward.photos.actions.receiving import LARGEST, MOST_WAITING
from leeward.photos.models import Photo, Stage
from leeward.photos.reasons import PhotoRefused
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for
from leeward.photos.uploading import SentPhoto
from tests.conftest import Cast
from tests.photos.making import a_photo, drawing, sent, written

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = written(drawing(), "JPEG")


def files() -> set[str]:
    """Every file of photos, whatever it is."""
    return {path.relative_to(settings.DATA).as_posix() for path in folders.photos_folder().rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _nothing_left() -> None:
    for name in files():
        (settings.DATA / name).unlink()


def test_a_photo_waits_in_the_inbox_as_it_was_sent_for_this_user_alone(cast: Cast) -> None:
    photo = receive(cast.author, sent(PHOTO, name="grave of E.jpg"))
    path = inbox.original_of(photo.ref)
    assert (photo.stage, photo.owner, path.read_bytes()) == (Stage.RECEIVED, cast.author, PHOTO)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    assert files() == {f"photos/inbox/{photo.ref}"}, "its name is kept nowhere"


def test_prepared_its_sizes_stand_and_the_original_is_gone(cast: Cast) -> None:
    photo = a_photo(cast.author, PHOTO)
    assert (photo.stage, photo.width, photo.height) == (Stage.READY, 640, 480)
    assert files() == {f"photos/kept/{key}" for key in keys_for(photo.ref)}
    sizes = [settings.DATA / name for name in files()]
    assert photo.bytes == sum(path.stat().st_size for path in sizes)
    assert {stat.S_IMODE(path.stat().st_mode) for path in sizes} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in sizes} == {0o700}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and so on", "other_kind"),
        (b"\xff\xd8\xff" + bytes(LARGEST), "too_large"),
    ],
)
def test_what_is_seen_from_outside_is_refused_at_once(content: bytes, reason: str, cast: Cast) -> None:
    with pytest.raises(PhotoRefused) as refused:
        receive(cast.author, sent(content))
    assert refused.value.reason == reason
    assert str(refused.value)
    assert (files(), Photo.objects.count()) == (set(), 0)


def test_what_turns_out_to_be_no_photo_is_refused_and_leaves_no_file(cast: Cast) -> None:
    photo = a_photo(cast.author, PHOTO[: len(PHOTO) // 2])
    assert (photo.stage, photo.refused_because) == (Stage.REFUSED, "broken")
    assert files() == set()


def test_undone_with_the_transaction_around_it_no_row_is_left(cast: Cast) -> None:
    def undone() -> None:
        with transaction.atomic():
            receive(cast.author, sent(PHOTO))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert not Photo.objects.exists()


def test_only_so_many_wait_at_a_time_and_the_file_of_one_more_is_not_kept(cast: Cast) -> None:
    Photo.objects.bulk_create(Photo(owner=cast.author) for _ in range(MOST_WAITING))
    with pytest.raises(PhotoRefused) as refused:
        receive(cast.author, sent(PHOTO))
    assert refused.value.reason == "too_many_waiting"
    assert files() == set()
    receive(cast.other_member, sent(PHOTO))


def test_there_is_a_pace(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leeward.photos.actions.receiving.MOST_WAITING", 1000)
    for _ in range(60):
        receive(cast.author, sent(PHOTO))
    kept = files()
    with pytest.raises(TooOften):
        receive(cast.author, sent(PHOTO))
    assert files() == kept


def test_a_nearly_full_disk_takes_no_photos(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "ROOM_LEFT", 1 << 60)
    with pytest.raises(PhotoRefused) as refused:
        receive(cast.author, sent(PHOTO))
    assert refused.value.reason == "no_room"
    assert (files(), Photo.objects.count()) == (set(), 0)


def test_nor_is_it_filled_by_what_is_on_its_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "ROOM_LEFT", 1 << 60)
    with closing(sent_by(cast.author)) as request:
        (arrived,) = request.FILES.getlist("photos")
        assert isinstance(arrived, SentPhoto)
        assert (arrived.refused, arrived.read()) == ("no_room", b"")


FULL = """
import os, resource
import django
django.setup()
from leeward.photos import inbox
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    inbox.keep("abcdefghjkmnpq", [b"x" * 700, b"y" * 700])
except OSError as error:
    print(type(error).__name__, error.errno, sorted(os.listdir(inbox.original_of("a").parent)))
"""


def test_a_file_that_cannot_be_written_to_its_end_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL],
        env={
            "PYTHONDONTWRITEBYTECODE": "1",
            "LEEWARD_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "leeward.settings",
            "LEEWARD_SECRET_KEY": "x",
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "OSError 27 []\n", done.stderr


def test_discarded_nothing_of_it_is_left(cast: Cast) -> None:
    ready, waiting = a_photo(cast.author), receive(cast.author, sent(PHOTO))
    assert len(files()) == 4
    discard(ready)
    discard(waiting)
    discard(waiting)
    assert (files(), Photo.objects.count()) == (set(), 0)


def test_a_discarding_that_is_undone_leaves_the_files(cast: Cast) -> None:
    photo = a_photo(cast.author)

    def undone() -> None:
        with transaction.atomic():
            discard(photo)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    with the_store().open(keys_for(photo.ref)[0]) as file:
        assert file.read(3) == b"\xff\xd8\xff"


def sent_by(member: Member | None, many: int = 1, name: str = "photos", content: bytes = PHOTO) -> HttpRequest:
    """A request as a view gets it. Close it, as the server does."""
    request = RequestFactory().post("/", {name: [sent(content) for _ in range(many)]})
    if member is not None:
        request.user = member
    return request


def test_a_member_sends_photos_in_a_form(cast: Cast) -> None:
    with closing(sent_by(cast.author)) as request:
        photo = receive(cast.author, request.FILES.getlist("photos")[0])
    assert inbox.original_of(photo.ref).read_bytes() == PHOTO
    assert files() == {f"photos/inbox/{photo.ref}"}


def test_what_a_stranger_sends_is_passed_over(db: None) -> None:
    with closing(sent_by(None)) as request:
        assert not request.FILES


def test_files_of_other_fields_are_passed_over(cast: Cast) -> None:
    with closing(sent_by(cast.author, name="attachment")) as request:
        assert not request.FILES


def test_ten_fit_at_once_and_each_more_is_refused_with_a_word(cast: Cast) -> None:
    with closing(sent_by(cast.author, many=12)) as request:
        those = request.FILES.getlist("photos")
        assert [getattr(each, "refused", None) for each in those] == [""] * 10 + ["too_many_at_once"] * 2
        with pytest.raises(PhotoRefused):
            receive(cast.author, those[-1])


def test_of_what_is_too_large_nothing_is_kept_on_its_way(cast: Cast) -> None:
    with closing(sent_by(cast.author, content=b"\xff\xd8\xff" + bytes(LARGEST))) as request:
        file = request.FILES.getlist("photos")[0]
        with pytest.raises(PhotoRefused) as refused:
            receive(cast.author, file)
        assert (refused.value.reason, file.size) == ("too_large", LARGEST + 3)
        assert file.read() == b""


def test_a_full_disk_on_the_way_refuses_the_photo_and_not_the_form(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # it would be cut off too
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with closing(sent_by(cast.author, content=b"\xff\xd8\xff" + bytes(500_000))) as request:
            file = request.FILES.getlist("photos")[0]
            assert getattr(file, "refused", "") == "no_room"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
