"""A photo goes for good, and all its files."""

from __future__ import annotations

import logging

from django.db import transaction

from leeward.photos import inbox
from leeward.photos.models import Photo, Stage
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import keys_for

log = logging.getLogger("leeward.photos")


def discard(photo: Photo) -> None:
    """Delete a photo and, once that is certain, its files. Delete first what holds it: it would go along unseen.

    A locked photo stays where it is until its date (photos.vault). If the store does not answer, the nightly sweep
    deletes the files.
    """
    with transaction.atomic():
        row = Photo.objects.select_for_update().exclude(stage=Stage.LOCKED).filter(pk=photo.pk).first()
        if row is None:
            return
        row.delete()
        transaction.on_commit(lambda: delete_files(row.ref))


def delete_files(ref: str) -> None:
    """Delete all files of a photo. What cannot be deleted now is left to the sweep."""
    try:
        inbox.drop(ref)
        the_store().delete(keys_for(ref))
    except OSError as error:  # the store does not answer, or the folder cannot be written
        log.warning("Files of a photo are left to the sweep: %s", error.strerror or error)
