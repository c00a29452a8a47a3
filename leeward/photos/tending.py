"""What is done every few minutes, and once a day: no file without its row, no row without its file, nothing forgotten.

What is younger than an hour is never touched: it may be on its way.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.unguarded import everything
from leeward.kit.moments import DAY, HOUR, now_us
from leeward.members import tending
from leeward.photos.actions import discard
from leeward.photos.folders import photos_folder
from leeward.photos.holders import holders, say_ready
from leeward.photos.models import Photo, Stage
from leeward.photos.stores.choosing import the_store
from leeward.photos.stores.store import Store, StoreUnreachable, keys_for, ref_in
from leeward.photos.vault import erase_what_is_over, finish_putting_away, put_away, refs_in_vault

YOUNG = HOUR
"""What is younger may be on its way."""
UNHELD = DAY
"""A photo that nothing holds is kept for so long."""
NIGHTLY = 20 * 3600
"""Seconds between two comparisons of all files with all rows."""
STRANGE = 20
"""If more than so many, and more than half of all, do not fit together, something else is wrong: nothing is touched."""
BATCH = 500
"""So many are asked for with one query."""
_STAMP = "compared"

log = logging.getLogger("leeward.photos")


def register_tending() -> None:
    """Register what keeps the table of docs/privacy. Called at start-up."""
    tending.register("photo_originals", tend_photos)


def tend_photos() -> int:
    """Every few minutes: what was left behind goes; once a day all files are compared with all rows. How many went."""
    gone = erase_what_is_over() + _empty_inbox() + _let_go_what_nothing_holds()
    finish_putting_away()
    stamp = photos_folder() / _STAMP
    if not stamp.exists() or time.time() - stamp.stat().st_mtime > NIGHTLY:
        with contextlib.suppress(StoreUnreachable):
            gone += compare_all()
            stamp.touch()
    return gone


def compare_all() -> int:
    """Compare all files with all rows; how many files went.

    A file without a row goes. A photo without a file is said to be lost, and found again if its file comes back.

    Raises:
        StoreUnreachable: the store does not answer; nothing was changed.
    """
    before, store = now_us() - YOUNG, the_store()
    known = set(Photo.objects.values_list("ref", flat=True))
    strange: list[str] = []
    found: dict[str, int] = {}
    for kept in store.listing():
        ref = ref_in(kept.key)
        if ref in known and kept.key in keys_for(ref):
            found[ref] = found.get(ref, 0) + 1
        elif kept.at < before:
            strange.append(kept.key)
    _say_lost_or_found({ref for ref, many in found.items() if many == len(keys_for(ref))}, before)
    for photo in Photo.objects.filter(stage=Stage.LOCKED):
        if photo.ref in found:
            put_away(photo)
    gone = _delete_strange(store, strange, len(found))
    return gone + _empty_vault()


def _say_lost_or_found(whole: set[str], before: int) -> None:
    ready = set(Photo.objects.filter(stage=Stage.READY, received_at__lt=before).values_list("ref", flat=True))
    lost = ready - whole
    if len(lost) > STRANGE and len(lost) * 2 > len(ready):
        log.error("%s of %s photos have no files. Is this the right store? Nothing was changed.", len(lost), len(ready))
        return
    for ref in lost:
        log.error("A photo has lost its files; a backup may have them.")
        Photo.objects.filter(ref=ref, stage=Stage.READY).update(stage=Stage.REFUSED, refused_because="lost")
    for photo in Photo.objects.filter(stage=Stage.REFUSED, refused_because="lost", width__gt=0):
        if photo.ref in whole:
            _say_found(photo)


def _say_found(photo: Photo) -> None:
    """Ready again: what holds it may have been shown to others meanwhile, and has waited for it."""
    with transaction.atomic():
        lost = Photo.objects.filter(pk=photo.pk, stage=Stage.REFUSED)
        if lost.update(stage=Stage.READY, refused_because=""):
            say_ready(photo)


def _delete_strange(store: Store, strange: list[str], fitting: int) -> int:
    if len(strange) > STRANGE * 3 and len(strange) > fitting * 3:
        log.error("%s files belong to no photo. Is this the right database? They were left.", len(strange))
        return 0
    gone = 0
    left = iter(strange)
    while some := list(islice(left, BATCH)):
        # Asked again: a photo may have come since we looked.
        refs = set(Photo.objects.filter(ref__in={ref_in(key) for key in some}).values_list("ref", flat=True))
        some = [key for key in some if ref_in(key) not in refs or key not in keys_for(ref_in(key))]
        store.delete(some)
        gone += len(some)
    return gone


def _empty_inbox() -> int:
    """Delete originals whose photo neither waits nor is still to be put away, and what was half written; how many."""
    old = [path for path in photos_folder("inbox").iterdir() if _is_old(path)]
    needed = Photo.objects.filter(ref__in=[path.name for path in old], stage__in=[Stage.RECEIVED, Stage.LOCKED])
    refs = set(needed.values_list("ref", flat=True)) if old else set()
    return _unlink(path for path in old if path.name not in refs)


def _empty_vault() -> int:
    refs = refs_in_vault() - set(Photo.objects.filter(stage=Stage.LOCKED).values_list("ref", flat=True))
    paths = [path for path in photos_folder("locked").iterdir() if path.name.partition("-")[0] in refs]
    return _unlink(path for path in paths if _is_old(path))


def _let_go_what_nothing_holds() -> int:
    """Discard photos that no thing holds: its form was never finished, or it was deleted without them."""
    unheld = Photo.objects.exclude(stage=Stage.LOCKED).filter(received_at__lt=now_us() - UNHELD)
    for model in holders():
        held: QuerySet[Any] = everything(model, reason="photos that nothing holds are let go")
        unheld = unheld.exclude(pk__in=held.order_by().values("photo"))
    gone = list(unheld[:BATCH]) if holders() else []
    for photo in gone:
        discard(photo)
    return len(gone)


def _is_old(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mtime_ns // 1000 < now_us() - YOUNG
    return False


def _unlink(paths: Iterable[Path]) -> int:
    many = 0
    for path in paths:
        path.unlink(missing_ok=True)
        many += 1
    return many
