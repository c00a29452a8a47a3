"""A member's photos: in the copy that she takes along, and gone when she leaves."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.conf import settings as place

from leeward.audience.models import EVERYONE
from leeward.members.belongings import Farewell
from leeward.members.export import copy_of
from leeward.members.leaving import leave
from leeward.photos.actions import receive
from leeward.photos.models import Photo
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for
from leeward.photos.vault import lock
from tests.conftest import Cast
from tests.photos.making import a_photo, drawing, sent, written
from tests.photos.test_door import in_a_story

pytestmark = pytest.mark.django_db(transaction=True)


def test_her_copy_holds_every_size_of_her_photos_and_nobody_elses(cast: Cast) -> None:
    hers, another = a_photo(cast.author), a_photo(cast.other_member)
    locked = a_photo(cast.author)
    lock(locked, keep_until=1 << 62)
    waiting = receive(cast.author, sent(written(drawing(), "JPEG")))
    with copy_of(cast.author) as file, zipfile.ZipFile(io.BytesIO(file.read())) as copy:
        photos = {name for name in copy.namelist() if name.startswith("photos/")}
        assert photos == {f"photos/{hers.ref}-{size}.jpg" for size in Size}
        with the_store().open(keys_for(hers.ref)[2]) as large:
            assert copy.read(f"photos/{hers.ref}-large.jpg") == large.read()
        rows = json.loads(copy.read("data/photos.json"))
    assert [row["state"] for row in rows] == ["prepared", "locked", "waiting to be prepared"]
    assert set(rows[0]["files"]) == photos
    assert rows[1]["files"] == rows[2]["files"] == []
    assert another.ref not in json.dumps(rows)
    assert waiting.ref not in json.dumps(rows)


def test_a_photo_whose_file_is_gone_spoils_no_copy(cast: Cast) -> None:
    photo = a_photo(cast.author)
    the_store().delete(keys_for(photo.ref)[:1])
    with copy_of(cast.author) as file, zipfile.ZipFile(io.BytesIO(file.read())) as copy:
        assert f"photos/{photo.ref}-large.jpg" in copy.namelist()
        assert f"photos/{photo.ref}-small.jpg" not in copy.namelist()


@pytest.mark.parametrize("farewell", Farewell)
def test_they_go_with_her_also_where_her_words_stay(farewell: Farewell, cast: Cast) -> None:
    stays = a_photo(cast.other_member)
    hers = [a_photo(cast.author), receive(cast.author, sent(written(drawing(), "JPEG")))]
    in_a_story(hers[0], EVERYONE)
    leave(cast.author, farewell)
    assert list(Photo.objects.all()) == [stays]
    names = {path.name for path in (place.DATA / "photos").rglob("*")}
    assert not [name for name in names for photo in hers if name.startswith(photo.ref)]
