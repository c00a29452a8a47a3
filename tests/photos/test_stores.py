"""Where prepared photos are kept: a folder, and a real server that speaks S3 and refuses forged signatures."""

from __future__ import annotations

import io
import stat
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from django.core.exceptions import ImproperlyConfigured

from leeward.audience.models import EVERYONE
from leeward.audience.viewers import Viewer
from leeward.members.export import copy_of
from leeward.photos.actions import discard, receive
from leeward.photos.addresses import address_of
from leeward.photos.darkroom.working import prepare_next
from leeward.photos.models import Photo, Stage
from leeward.photos.reasons import state_words
from leeward.photos.sizes import Size
from leeward.photos.stores.address import s3_address
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.local import LocalStore
from leeward.photos.stores.store import Store, StoreUnreachable, key_for, keys_for, ref_in
from leeward.photos.tending import compare_all
from leeward.photos.vault import contents, lock, unlock
from tests.conftest import Cast, signed_in
from tests.photos.conftest import BUCKET, KEY, SECRET, S3Server
from tests.photos.making import a_photo, drawing, go_on, prepare_all, sent, written
from tests.photos.test_door import in_a_story

REF = "abcdefghjkmnpq"


@pytest.fixture
def in_s3(s3_server: S3Server, settings) -> S3Server:
    settings.PHOTOS = s3_server.setting()
    return s3_server


@pytest.fixture(params=["folder", "S3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield LocalStore(tmp_path / "kept")
        return
    request.getfixturevalue("in_s3")
    yield the_store()


class TestAStore:
    def test_gives_back_what_was_put(self, store: Store) -> None:
        store.put(key_for(REF, Size.SMALL), b"first")
        store.put(key_for(REF, Size.SMALL), b"second")
        with store.open(key_for(REF, Size.SMALL)) as file:
            assert file.read() == b"second"

    def test_has_not_what_was_never_put(self, store: Store) -> None:
        with pytest.raises(FileNotFoundError):
            store.open(key_for(REF, Size.SMALL))

    def test_deletes_and_passes_over_what_is_not_there(self, store: Store) -> None:
        for key in keys_for(REF):
            store.put(key, b"x")
        store.put(key_for("zzcdefghjkmnpq", Size.SMALL), b"stays")
        store.delete(keys_for(REF))
        store.delete(keys_for(REF))
        store.delete([])
        assert [kept.key for kept in store.listing()] == [key_for("zzcdefghjkmnpq", Size.SMALL)]

    def test_lists_what_it_keeps_with_its_age(self, store: Store) -> None:
        for key in keys_for(REF):
            store.put(key, b"x")
        listed = list(store.listing())
        assert sorted(kept.key for kept in listed) == sorted(keys_for(REF))
        assert {ref_in(kept.key) for kept in listed} == {REF}
        assert all(kept.at > 1_700_000_000_000_000 for kept in listed)


def test_files_of_a_folder_are_for_this_user_alone_and_never_half_there(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "kept")
    key = key_for(REF, Size.LARGE)
    store.put(key, b"x")
    path = tmp_path / "kept" / key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_an_unreachable_store(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(StoreUnreachable):
        LocalStore(tmp_path / "kept").put(key_for(REF, Size.LARGE), b"x")


def asked(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> int:
    request = urllib.request.Request(url, headers=headers or {}, method=method)  # noqa: S310  # of this machine
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # the same
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_the_server_gives_nothing_to_who_does_not_sign_or_signs_falsely(in_s3: S3Server) -> None:
    key = key_for(REF, Size.SMALL)
    the_store().put(key, b"a photo")
    url = f"http://127.0.0.1:{in_s3.port}/{BUCKET}/{key}"
    assert asked(url) in {401, 403}
    assert asked(url, method="DELETE") in {401, 403}
    assert asked(f"http://127.0.0.1:{in_s3.port}/{BUCKET}") in {401, 403}

    def signed(secret: str) -> dict[str, str]:
        request = AWSRequest("GET", url, headers={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"})
        SigV4Auth(Credentials(KEY, secret), "s3", "eu-west-2").add_auth(request)
        return dict(request.headers)

    assert asked(url, signed(SECRET)) == 200, "signed rightly, it would be given"
    assert asked(url, signed("guessed")) == 403
    forged = signed(SECRET)
    forged["Authorization"] = forged["Authorization"][:-1] + ("0" if forged["Authorization"][-1] != "0" else "1")
    assert asked(url, forged) == 403
    assert asked(f"http://127.0.0.1:{in_s3.port}/{BUCKET}/{key_for(REF, Size.LARGE)}", signed(SECRET)) == 403


@pytest.mark.parametrize("wrong", [{"secret": "guessed"}, {"key": "somebody"}, {"bucket": "another"}])
def test_a_store_that_refuses_us_is_unreachable_and_says_nothing_of_the_key(
    wrong: dict[str, str], s3_server: S3Server, settings
) -> None:
    settings.PHOTOS = s3_server.setting(**wrong)
    with pytest.raises(StoreUnreachable) as refused:
        the_store().put(key_for(REF, Size.SMALL), b"x")
    assert "guessed" not in str(refused.value)
    with pytest.raises(StoreUnreachable):
        list(the_store().listing())


@pytest.mark.django_db(transaction=True)
class TestAPlaceWithAStoreElsewhere:
    def test_photos_go_there_and_come_through_our_door_alone(self, cast: Cast, in_s3: S3Server) -> None:
        photo = a_photo(cast.author)
        in_a_story(photo, EVERYONE)
        assert photo.stage == Stage.READY
        assert not isinstance(the_store(), LocalStore)
        assert sorted(kept.key for kept in the_store().listing()) == sorted(keys_for(photo.ref))
        address = address_of(photo, Size.LARGE, Viewer.member(cast.author))
        assert address.startswith("/photos/")
        answer = signed_in(cast.author).get(address)
        with the_store().open(key_for(photo.ref, Size.LARGE)) as file:
            assert answer.content == file.read()
        discard(photo)
        assert list(the_store().listing()) == []

    def test_while_it_is_gone_photos_wait_and_the_page_says_so(
        self, cast: Cast, in_s3: S3Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        seen = a_photo(cast.author)
        in_a_story(seen, EVERYONE)
        waiting = receive(cast.author, sent(written(drawing(), "JPEG")))
        in_s3.stop()
        assert prepare_next(go_on) is None
        assert prepare_next(go_on) is None
        waiting.refresh_from_db()
        assert (waiting.stage, waiting.held_up, waiting.tries) == (Stage.RECEIVED, True, 0)
        assert "cannot be reached" in state_words(waiting)
        assert "does not answer" in caplog.text
        assert SECRET not in caplog.text
        answer = signed_in(cast.author).get(address_of(seen, Size.SMALL, Viewer.member(cast.author)))
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        with copy_of(cast.author) as file, zipfile.ZipFile(io.BytesIO(file.read())) as copy:
            assert b"They are safe" in copy.read("photos/read-me.txt")
        in_s3.start_again()
        prepare_all()
        waiting.refresh_from_db()
        assert (waiting.stage, waiting.held_up) == (Stage.READY, False)

    def test_what_could_not_be_deleted_is_swept_up_later(
        self, cast: Cast, in_s3: S3Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone, stays = a_photo(cast.author), a_photo(cast.author)
        in_s3.stop()
        discard(gone)
        assert not Photo.objects.filter(pk=gone.pk).exists()
        with pytest.raises(StoreUnreachable):
            compare_all()
        in_s3.start_again()
        assert compare_all() == 0, "what is young may be on its way"
        monkeypatch.setattr("leeward.photos.tending.YOUNG", -60_000_000)
        assert compare_all() >= 3
        assert sorted(kept.key for kept in the_store().listing()) == sorted(keys_for(stays.ref))

    def test_what_is_locked_leaves_the_store(self, cast: Cast, in_s3: S3Server) -> None:
        photo = a_photo(cast.author)
        with the_store().open(key_for(photo.ref, Size.LARGE)) as file:
            large = file.read()
        lock(photo, keep_until=1 << 62)
        assert list(the_store().listing()) == []
        assert contents(photo, Size.LARGE) == large
        in_s3.stop()
        with pytest.raises(StoreUnreachable):
            unlock(photo)
        assert Photo.objects.get().stage == Stage.LOCKED
        in_s3.start_again()
        unlock(photo)
        with the_store().open(key_for(photo.ref, Size.LARGE)) as file:
            assert file.read() == large


@pytest.mark.parametrize(
    "wrong",
    [
        "/srv/photos",
        "s3://host/bucket",
        "s3://key@host/bucket",
        "s3://key:secret@host",
        "s3://key:secret@host/a/b",
        "s3://key:secret@host:port/bucket",
        "s3://key:secret@host/bucket?tls=maybe",
        "s3://key:secret@host/bucket?regoin=x",
        "s3://key:secret@host/bucket?region",
    ],
)
def test_a_setting_that_cannot_be_read_says_so_without_repeating_it(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        s3_address(wrong)
    assert "secret@host" not in str(refused.value).replace("key:secret@host:port/bucket?region=…", "")


def test_a_setting_is_read_and_its_secret_stays_out_of_what_is_printed() -> None:
    address = s3_address("s3://AK%2FX:se%2Bcret@s3.example.org/our-photos?region=eu-west-2")
    assert address is not None
    assert (address.endpoint, address.bucket, address.region) == (
        "https://s3.example.org",
        "our-photos",
        "eu-west-2",
    )
    assert (address.key, address.secret) == ("AK/X", "se+cret")
    assert "cret" not in repr(address)
    assert s3_address("") is None
