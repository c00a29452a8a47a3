"""Zip files of a directory: unpacked into a folder of the system's, if nothing about them is odd."""

from __future__ import annotations

import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from leeward.library.directory.reading.found import ReadRefused

READ = (".json", ".jsonl", ".ndjson", ".csv")
"""Suffixes of what is read; all else in a zip is passed over."""
MOST_FILES = 1000
MOST_BYTES = 4 * 1024**3
"""Unpacked, all together. 100,000 services with all that belongs to them have under 1 GiB."""
MOST_PACKED = 200
"""Times that a file over a megabyte may be packed; lists of records reach forty."""
_ODD = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
_AT_ONCE = 256 * 1024
_LARGEST_LIST = 1024 * 1024  # of the files in a zip, in bytes; a thousand names have a tenth
_END = struct.Struct("<4s4H2LH")  # "End of central directory record" in PKWARE's note on the format, 4.3.16


def is_zip(path: Path) -> bool:
    """Whether a file says at its beginning that it is a zip."""
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder in which the files of a zip lie, while it is used.

    Raises:
        ReadRefused: it is broken or odd: packed too tightly, too large, with names that lead elsewhere.
    """
    with tempfile.TemporaryDirectory(prefix="leeward-zip-") as name:
        folder = Path(name)
        try:
            with path.open("rb") as file:
                _look_at_its_end(file)
                with zipfile.ZipFile(file) as packed:
                    _unpack(packed, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise ReadRefused(_("%(file)s is no zip that can be unpacked.") % {"file": path.name}) from error
        yield folder


def _look_at_its_end(file: BinaryIO) -> None:
    """How long its list of files is: the whole list is held in memory as soon as a zip is opened."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _END.size - 0xFFFF))
    tail = file.read()
    begin = tail.rfind(b"PK\x05\x06")
    if begin < 0 or len(tail) - begin < _END.size:
        raise zipfile.BadZipFile
    list_length = _END.unpack_from(tail, begin)[5]
    if list_length > _LARGEST_LIST or b"PK\x06\x07" in tail[max(0, begin - 20) : begin]:
        raise _odd(_("there are too many files in it"))
    file.seek(0)


def _unpack(packed: zipfile.ZipFile, folder: Path) -> None:
    members = [member for member in packed.infolist() if not member.is_dir()]
    for member in members:
        _look_at(member)
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        raise _odd(_("there are too many files in it, or they are too large"))
    if len({_place(member).lower() for member in members}) < len(members):
        raise _odd(_("two of its files have the same name"))
    for member in members:
        if member.filename.lower().endswith(READ) and not _is_of_a_system(member):
            to = folder / _place(member)
            to.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(member) as source, to.open("xb") as target:
                while piece := source.read(_AT_ONCE):  # No more comes than the member says, and its checksum is right.
                    target.write(piece)


def _look_at(member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or any(sign in name for sign in "\\:\0") or len(name) > 255:
        raise _odd(_("the name of a file in it leads elsewhere"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _odd(_("there is a link in it instead of a file"))
    if member.flag_bits & 1:
        raise _odd(_("it is locked with a password"))
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _odd(_("a file in it is packed in a way that is rarely used"))  # Some of them take memory as they like.
    if name.lower().endswith(_ODD):
        raise _odd(_("there is another packed file in it"))
    if member.file_size > 1024 * 1024 and member.file_size > MOST_PACKED * max(1, member.compress_size):
        raise _odd(_("a file in it is packed so tightly that it cannot be a directory"))


def _place(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).as_posix()


def _is_of_a_system(member: zipfile.ZipInfo) -> bool:
    """What some systems put beside the files that were chosen."""
    parts = PurePosixPath(member.filename).parts
    return "__MACOSX" in parts or parts[-1].startswith(".")


def _odd(what: str) -> ReadRefused:
    return ReadRefused(_("The zip was not opened: %(what)s.") % {"what": what})
