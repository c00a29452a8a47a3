"""The work of the darkroom: it takes the photo that has waited longest, has it made in a child process, and keeps it.

A photo is taken by one update that only one process can win, and finished by one that only who took it can do. Killed
at any moment, it leaves a photo that still waits: the original goes last, and the row says READY when all sizes stand.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from leeward.kit.moments import MICROSECONDS, now_us
from leeward.photos import inbox
from leeward.photos.actions.discarding import delete_files
from leeward.photos.darkroom.developing import WALL_SECONDS, WRITTEN
from leeward.photos.folders import need_room, photos_folder
from leeward.photos.holders import say_ready
from leeward.photos.models import Photo, Stage
from leeward.photos.reasons import is_reason
from leeward.photos.sizes import Size
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import key_for, keys_for

STALE = (WALL_SECONDS * 3) * MICROSECONDS
"""After so long a photo that somebody took is free again: whoever took it is no more."""
TRIES = 2
"""What ended its child process so often is refused."""
BEGUN = 5
"""What was begun so often and never ended, in whatever way, is refused."""
LOOK_EVERY = 0.02
"""Seconds between two looks whether a child has ended."""

Stop = Callable[[float], bool]
"""Waits for so many seconds; whether the work is to end."""

log = logging.getLogger("leeward.photos")


class NoOriginal(Exception):
    """The file that is to be prepared is not there."""


class Died(Exception):
    """The child process ended without an answer."""


class Stopped(Exception):
    """The darkroom is to end."""


@dataclass(frozen=True)
class Developed:
    """What came back from a child process.

    Args:
        said: what it says of the photo.
        sizes: the sizes, smallest first; none if it was refused.
    """

    said: dict[str, Any]
    sizes: list[bytes]


def prepare_next(stop: Stop) -> bool | None:
    """Prepare the photo that has waited longest.

    Args:
        stop: waits; whether the work is to end.

    Returns:
        Whether there was one; None if there was, and the store did not take it: try again after a while.
    """
    photo = take_one()
    if photo is None:
        return False
    try:
        developed = develop_apart(inbox.original_of(photo.ref), stop)
        _keep(photo, developed)
    except NoOriginal:
        _refuse(photo, "lost")
    except Died:
        if photo.tries >= TRIES:
            _refuse(photo, "too_hard")
        else:
            _put_back(photo)
    except OSError as error:  # the store does not answer, or the disk is full
        log.error("A photo waits: %s", error)
        _put_back(photo, tries=photo.tries - 1, held_up=True)
        return None
    except Stopped:
        _put_back(photo, tries=photo.tries - 1)
    return True


def take_one() -> Photo | None:
    """Take the photo that has waited longest, so that no other process takes it; None if none waits."""
    while True:
        waiting = Photo.objects.filter(_is_free(), stage=Stage.RECEIVED).order_by("received_at", "pk")
        photo = waiting.first()
        if photo is None:
            return None
        now = now_us()
        if not Photo.objects.filter(_is_free(), pk=photo.pk, stage=Stage.RECEIVED, tries=photo.tries).update(
            claimed_at=now, tries=F("tries") + 1
        ):
            continue  # another was quicker
        photo.claimed_at, photo.tries = now, photo.tries + 1
        if photo.tries <= BEGUN:
            return photo
        _refuse(photo, "too_hard")


def free_all() -> int:
    """Let go what a darkroom that was killed had taken; how many. Only for the one that holds the socket."""
    return Photo.objects.filter(stage=Stage.RECEIVED, claimed_at__isnull=False).update(claimed_at=None)


def develop_apart(original: Path, stop: Stop) -> Developed:
    """Make the sizes of an original in a child process, which gets nothing but the file.

    Raises:
        NoOriginal: there is no such file.
        Died: the child ended without an answer, or took too long.
        Stopped: the work is to end; the child was ended.
        OSError: the disk has no room for what the child would write; if that came out later, it would look like Died.
    """
    if not original.exists():
        raise NoOriginal
    need_room(photos_folder())
    command = [sys.executable, "-m", "leeward.photos.darkroom.developing"]
    with original.open("rb") as source, tempfile.TemporaryFile(dir=photos_folder()) as out:
        child = subprocess.Popen(  # noqa: S603  # our own command
            command,
            stdin=source,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        try:
            _wait(child, stop)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        if child.returncode != 0:
            raise Died(child.returncode)
        return _read(out)


def _wait(child: subprocess.Popen[bytes], stop: Stop) -> None:
    ends = time.monotonic() + WALL_SECONDS
    while child.poll() is None:
        if stop(LOOK_EVERY):
            raise Stopped
        if time.monotonic() > ends:
            raise Died


def _read(out: IO[bytes]) -> Developed:
    """What a child wrote. It has read somebody's file, so nothing that it says is simply believed."""
    out.seek(0)
    line, rest = out.readline(1000), out.read(WRITTEN)
    try:
        said = json.loads(line)
        if is_reason(str(said.get("refused", ""))):
            return Developed(said, [])
        lengths = [int(length) for length in said["sizes"]]
        good = len(lengths) == len(Size) and min(lengths) > 0 and sum(lengths) == len(rest)
        good = good and 0 < int(said["width"]) <= Size.LARGE.longest and 0 < int(said["height"]) <= Size.LARGE.longest
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Died from error
    if not good:
        raise Died
    cuts = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
    return Developed(said, [rest[begin:end] for begin, end in pairwise(cuts)])


def _keep(photo: Photo, developed: Developed) -> None:
    """Put the sizes into the store, then say so, then let the original go."""
    if not developed.sizes:
        _refuse(photo, developed.said["refused"])
        return
    for size, content in zip(Size, developed.sizes, strict=True):
        the_store().put(key_for(photo.ref, size), content)
    with transaction.atomic():
        ready = _mine(photo).update(
            stage=Stage.READY,
            width=int(developed.said["width"]),
            height=int(developed.said["height"]),
            only_first=bool(developed.said.get("only_first")),
            bytes=sum(len(content) for content in developed.sizes),
            claimed_at=None,
            held_up=False,
        )
        if ready:
            say_ready(photo)
    if ready:
        inbox.drop(photo.ref)
    else:
        _leave_nothing(photo)


def _leave_nothing(photo: Photo) -> None:
    """It went, or was locked, while it was prepared: what was just written goes too, where nobody else needs it."""
    now = Photo.objects.filter(pk=photo.pk).first()
    if now is None:
        delete_files(photo.ref)
    elif now.stage == Stage.LOCKED:
        the_store().delete(keys_for(photo.ref))  # its original is in the vault


def _refuse(photo: Photo, reason: str) -> None:
    if _mine(photo).update(stage=Stage.REFUSED, refused_because=reason, claimed_at=None, held_up=False):
        delete_files(photo.ref)


def _put_back(photo: Photo, **changes: Any) -> None:
    _mine(photo).update(claimed_at=None, **changes)


def _mine(photo: Photo) -> Any:
    """The photo, if it is still ours."""
    return Photo.objects.filter(pk=photo.pk, stage=Stage.RECEIVED, claimed_at=photo.claimed_at)


def _is_free() -> Q:
    return Q(claimed_at=None) | Q(claimed_at__lt=now_us() - STALE)
