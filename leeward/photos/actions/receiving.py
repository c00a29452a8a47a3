"""A photo is taken in: looked at from outside, put into the inbox, and known to wait. Others prepare it."""

from __future__ import annotations

import logging

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from leeward.kit.refs import random_ref
from leeward.members.models import Member
from leeward.members.pace import DAY, HOUR, Pace, keep_pace
from leeward.photos import inbox
from leeward.photos.darkroom.waking import wake
from leeward.photos.folders import NO_ROOM
from leeward.photos.kinds import kind_of
from leeward.photos.models import Photo, Stage
from leeward.photos.reasons import PhotoRefused

LARGEST = 20_000_000
"""The largest file that is taken, in bytes."""
MOST_WAITING = 30
"""So many photos of one member may wait at a time."""
SENDING = Pace("photos", ((60, HOUR), (200, DAY)))

log = logging.getLogger("leeward.photos")


def receive(owner: Member, sent: UploadedFile[bytes]) -> Photo:
    """Take in a photo that a member sent: it waits, RECEIVED, to be prepared within seconds by a process apart.

    Nobody sees it, its owner included, before it is READY and something that she shares holds it. May be called inside
    a transaction: undone, its file is swept up within hours. Neither the file's name nor its said type is believed.

    Args:
        owner: whose it is.
        sent: the file, of `request.FILES` (fields whose names begin with "photo"; see photos.uploading).

    Raises:
        PhotoRefused: it is too large, empty, of no known kind; or there is no room; or too many of hers wait.
        TooOften: she has sent as many as may be for now (members.waiting has the words).
    """
    _look(sent)
    ref = random_ref()
    _put_into_inbox(ref, sent)
    try:
        with transaction.atomic():
            keep_pace(SENDING, owner)  # from here on she acts once at a time
            if Photo.objects.filter(owner=owner, stage=Stage.RECEIVED).count() >= MOST_WAITING:
                raise PhotoRefused("too_many_waiting")
            photo = Photo.objects.create(owner=owner, ref=ref)
            transaction.on_commit(wake)
    except BaseException:
        inbox.drop(ref)
        raise
    return photo


def _look(sent: UploadedFile[bytes]) -> None:
    """Refuse what is seen from outside. What is inside is looked at by a process that may die of it."""
    if refused := getattr(sent, "refused", ""):  # by photos.uploading, which kept nothing of it
        raise PhotoRefused(refused)
    if not sent.size:
        raise PhotoRefused("empty")
    if sent.size > LARGEST:
        raise PhotoRefused("too_large")
    sent.seek(0)
    if kind_of(sent.read(32)) is None:
        raise PhotoRefused("other_kind")


def _put_into_inbox(ref: str, sent: UploadedFile[bytes]) -> None:
    try:
        inbox.keep(ref, sent.chunks())
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        log.error("A photo could not be taken in: %s", error.strerror)
        raise PhotoRefused("no_room") from error
