"""Where photos lie in the data folder. All of it is for this place's own user alone.

- `photos/arriving/`: what a browser is sending at this moment, in files without names
- `photos/inbox/`: originals that wait to be prepared; they never leave this machine
- `photos/kept/`: the sizes of prepared photos, unless they are kept elsewhere (LEEWARD_PHOTOS)
- `photos/locked/`: what is kept from everyone, encrypted
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from django.conf import settings

ROOM_LEFT = 256 << 20
"""So many bytes of the disk are never filled with photos: words need them."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system calls a disk on which nothing more fits."""


def photos_folder(name: str = "") -> Path:
    """A folder for photos, made if it is not there.

    Args:
        name: which; empty: the one around them all.

    Raises:
        OSError: it cannot be made.
    """
    folder: Path = settings.DATA / "photos"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if name:
        folder /= name
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def need_room(folder: Path) -> None:
    """See that what is written into a folder leaves room for words.

    Raises:
        OSError: the disk is nearly full (ENOSPC).
    """
    if shutil.disk_usage(folder).free < ROOM_LEFT:
        raise OSError(errno.ENOSPC, "the disk is nearly full")
