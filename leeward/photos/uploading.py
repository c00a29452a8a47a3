"""Files that browsers send: photos of who is signed in go to a file in the data folder, everything else nowhere.

This is the only upload handler of the place (settings.FILE_UPLOAD_HANDLERS).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from leeward.photos.actions.receiving import LARGEST
from leeward.photos.folders import NO_ROOM, need_room, photos_folder

FIELDS = "photo"
"""How the names of file fields begin that are taken."""
MOST_AT_ONCE = 10
"""So many photos of one form are taken."""


class SentPhoto(UploadedFile):  # type: ignore[type-arg]  # generic in its stubs alone
    """A file that a browser sent, in an unnamed file of the data folder that goes when it is closed.

    `refused`: why nothing of it was kept (a key of photos.reasons); empty if it was.
    """

    refused: str = ""


class PhotoUploads(FileUploadHandler):
    """Takes files of fields for photos from members, up to the largest that is kept, on the disk alone."""

    chunk_size = 256 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._many = 0
        self._taken = False
        self._file: IO[bytes] | None = None
        self._refused = ""

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(field_name, *args, **kwargs)
        user = getattr(self.request, "user", None)
        self._taken = field_name.startswith(FIELDS) and user is not None and user.is_authenticated
        self._file, self._refused = None, ""
        if not self._taken:
            return
        self._many += 1
        if self._many > MOST_AT_ONCE:
            self._refused = "too_many_at_once"
        else:
            self._guarded(self._begin)
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A part of it: written, if it is one of ours. What is too large is not kept, and not answered half-way."""
        if not self._taken:
            return raw_data
        if start + len(raw_data) > LARGEST:
            self._refuse("too_large")
        elif self._file is not None:
            self._guarded(partial(self._write, self._file, raw_data))
        return None

    def file_complete(self, file_size: int) -> SentPhoto | None:
        """It has come to its end."""
        if not self._taken:
            return None
        file = self._file or tempfile.SpooledTemporaryFile(max_size=1)  # noqa: SIM115  # the request closes it
        file.seek(0)
        sent = SentPhoto(
            file=file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        sent.refused = self._refused
        return sent

    def upload_interrupted(self) -> None:
        """The browser went away."""
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        self._file = tempfile.TemporaryFile(dir=photos_folder("arriving"))  # noqa: SIM115  # the request closes it

    def _write(self, file: IO[bytes], raw_data: bytes) -> None:
        need_room(photos_folder("arriving"))  # asked for each piece: many may send at once, and none need finish
        file.write(raw_data)

    def _guarded(self, write: Callable[[], object]) -> None:
        """Write; if the disk is full the photo is refused, and the words of the same form are not lost with it."""
        try:
            write()
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            self._refuse("no_room")

    def _refuse(self, reason: str) -> None:
        self._refused = self._refused or reason
        if self._file is not None:
            self._file.close()
            self._file = None
