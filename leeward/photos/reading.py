"""The bytes of prepared photos, for what is made on the server: the door, the book, the copy to take along.

Nothing here asks who looks: whoever calls it has asked the guard for what holds the photo.
"""

from __future__ import annotations

from typing import IO

from leeward.photos.models import Photo, Stage
from leeward.photos.sizes import Size, fit
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import key_for

TYPE = "image/jpeg"
"""Every size of every photo is this: all browsers read it, and so does what sets the book."""


def open_size(photo: Photo, size: Size) -> IO[bytes]:
    """A size of a photo, as a file to be read and closed.

    Raises:
        FileNotFoundError: the photo is not prepared, is locked, or its file is gone.
        StoreUnreachable: the store does not answer; later it may.
    """
    if photo.stage != Stage.READY:
        raise FileNotFoundError(photo.ref)
    return the_store().open(key_for(photo.ref, size))


def measures(photo: Photo, size: Size) -> tuple[int, int]:
    """Width and height of a size of a prepared photo, in pixels."""
    return fit(photo.width, photo.height, size.longest)
