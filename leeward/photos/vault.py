"""Photos that are kept from everyone, for those who must see them: encrypted, behind no door, until a date.

The key is a file of the data folder of its own, `photos_key`, which no backup holds: a backup alone opens nothing.
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from leeward.kit.moments import now_us
from leeward.kit.secret_file import secret_from
from leeward.members.models import Member
from leeward.photos import inbox
from leeward.photos.folders import photos_folder
from leeward.photos.holders import say_ready
from leeward.photos.models import HandingOut, Lock, Photo, Stage
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.local import UNFINISHED, write_whole
from leeward.photos.stores.store import key_for, keys_for

KEY_FILE = "photos_key"
"""The name of the key in the data folder."""
ORIGINAL = "original"
"""Stands where a size stands, if a photo was locked before it was prepared."""
_NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM

log = logging.getLogger("leeward.photos")


class VaultClosed(Exception):
    """What is in the vault cannot be read; the words say why, for the person at the keyboard."""


def lock(photo: Photo, *, keep_until: int) -> Lock:
    """Take a photo out of everyone's sight at once, and keep it encrypted until a date. May be called again.

    Its files are moved once that is certain; if that fails, the next tending moves them. Nobody sees them meanwhile.

    Args:
        photo: in whatever stage.
        keep_until: until when (microseconds) it is kept; erasing, withdrawing and leaving do not end it sooner.
    """
    with transaction.atomic():
        row = Photo.objects.select_for_update().get(pk=photo.pk)
        row.stage, row.claimed_at = Stage.LOCKED, None
        row.save(update_fields=["stage", "claimed_at"])
        locked, _made = Lock.objects.update_or_create(photo=row, defaults={"keep_until": keep_until})
        transaction.on_commit(lambda: put_away(row))
    photo.stage = Stage.LOCKED
    return locked


def unlock(photo: Photo) -> None:
    """A false alarm: everything is as it was. What holds the photo shows it to whom it showed it before.

    Raises:
        StoreUnreachable: the store does not take it back; it stays locked.
        VaultClosed: the key of the vault is not there.
    """
    with transaction.atomic():
        row = Photo.objects.select_for_update().get(pk=photo.pk, stage=Stage.LOCKED)
        for name in _names_in_vault(row.ref):
            if name == ORIGINAL:
                if not inbox.original_of(row.ref).exists():
                    inbox.keep(row.ref, [contents(row, name)])
            else:
                the_store().put(key_for(row.ref, Size(name)), contents(row, name))
        row.stage = Stage.READY if row.width else Stage.RECEIVED
        row.tries = 0
        row.save(update_fields=["stage", "tries"])
        Lock.objects.filter(photo=row).delete()
        if row.stage == Stage.READY:
            say_ready(row)
        transaction.on_commit(partial(_empty, row.ref))
    photo.stage = row.stage


def put_away(photo: Photo) -> bool:
    """Move the files of a locked photo into the vault; whether all are there. What is there already stays."""
    try:
        for size in Size:
            _put_one_away(photo, size)
        if (original := inbox.original_of(photo.ref)).exists():
            _encrypt(photo.ref, ORIGINAL, original.read_bytes())
        the_store().delete(keys_for(photo.ref))
        inbox.drop(photo.ref)
    except OSError as error:
        log.warning("A locked photo could not be put away yet: %s", error.strerror or type(error).__name__)
        return False
    return True


def contents(photo: Photo, name: str) -> bytes:
    """A file of a locked photo, decrypted.

    Args:
        photo: the photo.
        name: a size, or `ORIGINAL`.

    Raises:
        VaultClosed: it is not there, or was not written with the key that is.
    """
    path = _path(photo.ref, name)
    if not path.exists():
        raise VaultClosed(f"There is no {name} of {photo.ref} in the vault.")
    if not _key_path().exists():
        raise VaultClosed(f"{_key_path()} is gone. Without it nothing in the vault can be read.")
    sealed = path.read_bytes()
    try:
        return AESGCM(_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], path.name.encode())
    except InvalidTag:
        raise VaultClosed(f"{path} was not written with this {KEY_FILE}, or was altered.") from None


def hand_out(photo: Photo, to: Path, *, reason: str) -> list[Path]:
    """Write the files of a locked photo into a folder, for the host alone. The log is written before.

    Raises:
        VaultClosed: nothing of it is in the vault, or it cannot be read.
        ValueError: no reason was given.
    """
    if not reason.strip():
        raise ValueError("A reason is needed: it stands in the log.")
    names = _names_in_vault(photo.ref)
    if not names:
        raise VaultClosed(f"Nothing of {photo.ref} is in the vault.")
    opened = {name: contents(photo, name) for name in names}
    HandingOut.objects.create(photo_ref=photo.ref, reason=reason.strip())
    paths = [to / f"{photo.ref}-{name}" for name in names]
    for path, content in zip(paths, opened.values(), strict=True):
        write_whole(path, [content])
    return paths


def say_whose(owner: Member) -> int:
    """Write down who sent the locked photos of a member who leaves, and untie them from her; how many."""
    said = f"{owner.name} ({owner.ref}), joined {owner.joined_on.isoformat()}, {owner.email or 'no e-mail address'}"
    theirs = Photo.objects.filter(owner=owner, stage=Stage.LOCKED)
    Lock.objects.filter(photo__in=theirs).update(owner_then=said)
    return theirs.update(owner=None)


def erase_what_is_over() -> int:
    """Erase locked photos whose date has come, their rows and files; how many."""
    over = list(Lock.objects.filter(keep_until__lte=now_us()).select_related("photo"))
    for locked in over:
        with transaction.atomic():
            photo = locked.photo
            locked.delete()
            photo.delete()
            transaction.on_commit(partial(_empty, photo.ref))
    return len(over)


def finish_putting_away() -> int:
    """Move what is locked and not yet all in the vault; how many photos."""
    return sum(put_away(photo) for photo in Photo.objects.filter(stage=Stage.LOCKED) if not _is_in_vault(photo.ref))


def refs_in_vault() -> set[str]:
    """The names of photos of which the vault has files."""
    return {path.name.partition("-")[0] for path in photos_folder("locked").iterdir()}


def _put_one_away(photo: Photo, size: Size) -> None:
    try:
        with the_store().open(key_for(photo.ref, size)) as file:
            _encrypt(photo.ref, size, file.read())
    except FileNotFoundError:
        return  # never made, or moved before


def _encrypt(ref: str, name: str, content: bytes) -> None:
    path, nonce = _path(ref, name), os.urandom(_NONCE)
    unfinished = path.with_suffix(UNFINISHED)
    unfinished.unlink(missing_ok=True)
    write_whole(unfinished, [nonce, AESGCM(_key()).encrypt(nonce, content, path.name.encode())])
    unfinished.replace(path)


def _names_in_vault(ref: str) -> list[str]:
    return [name for name in (*Size, ORIGINAL) if _path(ref, name).exists()]


def _is_in_vault(ref: str) -> bool:
    """Whether all of it is there: all sizes, or the original of what was not prepared yet."""
    names = _names_in_vault(ref)
    return ORIGINAL in names or set(names) == set(Size)


def _empty(ref: str) -> None:
    for name in (*Size, ORIGINAL):
        _path(ref, name).unlink(missing_ok=True)


def _path(ref: str, name: str) -> Path:
    return photos_folder("locked") / f"{ref}-{name}"


def _key_path() -> Path:
    path: Path = settings.DATA / KEY_FILE
    return path


def _key() -> bytes:
    return hashlib.sha256(secret_from(_key_path()).encode()).digest()
