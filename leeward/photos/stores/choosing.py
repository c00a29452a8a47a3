"""Which store the host chose: the data folder, or S3 (`LEEWARD_PHOTOS`)."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from leeward.photos.folders import photos_folder
from leeward.photos.stores.address import S3Address, s3_address
from leeward.photos.stores.local import LocalStore
from leeward.photos.stores.store import Store


def the_store() -> Store:
    """The store of this place.

    Raises:
        ImproperlyConfigured: the setting cannot be read.
    """
    address = s3_address(settings.PHOTOS)
    return LocalStore(photos_folder("kept")) if address is None else _s3(address)


@cache
def _s3(address: S3Address) -> Store:
    """One client for each process: it keeps its connections. Its library is large, and loaded only where it is used."""
    from leeward.photos.stores.s3 import S3Store  # noqa: PLC0415  # tens of megabytes that most places never need

    return S3Store.at(address)
