"""JSON as it stands in a file of any size: read through a window that moves, one value after the other.

In such a document nobody knows what stands after something broken. In a file of lines each line is for itself; those
are read in `documents`.
"""

from __future__ import annotations

import codecs
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from leeward.library.directory.reading.decoding import MOST_RECORD, Decoding, in_words, not_utf8, too_deep, too_long
from leeward.library.directory.reading.found import ReadRefused

_AT_ONCE = 256 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")


class Broken(Exception):
    """What stands here is no JSON, or none that is kept.

    Attributes:
        line: counted from 1.
        column: counted from 1.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file as UTF-8 without a mark at its beginning; one in UTF-16 is rewritten on the side.

    Raises:
        ReadRefused: it cannot be opened, or is in an encoding that says so and is not known.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise ReadRefused(_("%(file)s cannot be opened.") % {"file": path.name}) from error
    with file:
        head = file.read(4)
        if head in {codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE}:
            raise ReadRefused(_("%(file)s is in UTF-32. Please save it as UTF-8.") % {"file": path.name})
        encoding = _encoding(head)
        if encoding == "utf-8":
            file.seek(3 if head.startswith(codecs.BOM_UTF8) else 0)
            yield file
            return
        file.seek(0)
        with tempfile.TemporaryFile() as rewritten:
            _rewrite(file, encoding, cast(BinaryIO, rewritten), path.name)
            rewritten.seek(0)
            yield cast(BinaryIO, rewritten)


def _encoding(head: bytes) -> str:
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    if b"\0" in head[:2] and head[:2] != b"\0\0":
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return "utf-8"


def _rewrite(file: BinaryIO, encoding: str, to: BinaryIO, name: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_AT_ONCE):
            to.write(decoder.decode(piece).encode())
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise ReadRefused(_("%(file)s begins as UTF-16 and does not go on so.") % {"file": name}) from error


class Text:
    """A document of JSON, seen through a window of it.

    `line` and `column` say where it is read just now, from 1.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.line = 1
        self.column = 1
        self.decoding = Decoding()
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._window = ""
        self._at = 0
        self._step = _AT_ONCE
        self._is_over = False
        self._is_cut = False

    def next_sign(self) -> str:
        """The next sign that is no space, without moving past it; "" at the end.

        Raises:
            Broken: what follows is not in UTF-8.
        """
        while True:
            match = _SPACE.match(self._window, self._at)
            assert match is not None  # It matches nothing, too.
            self._move(match.end())
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._more():
                return ""

    def take(self, sign: str) -> bool:
        """Move past the next sign, if it is this one."""
        if self.next_sign() != sign:
            return False
        self._move(self._at + 1)
        return True

    def value(self) -> tuple[Any, str, int]:
        """The next value, why no record can be made of it (or ""), and how long it was.

        Raises:
            Broken: there is none, or it is too long.
        """
        self.next_sign()
        while True:
            try:
                value, end = self.decoding.value_at(self._window, self._at)
            except json.JSONDecodeError as error:
                may_go_on = error.msg.startswith("Unterminated") or error.pos >= len(self._window) - 8
                if may_go_on and self._more():
                    continue
                self._move(error.pos)
                raise self.broken(in_words(error) if error.pos < len(self._window) else self._ends()) from error
            except RecursionError as error:
                raise self.broken(too_deep()) from error
            if end == len(self._window) and self._more():
                continue  # A number may go on.
            trouble = self.decoding.trouble_with(self._window[self._at : end], value)
            length = end - self._at
            self._move(end)
            self._step = _AT_ONCE
            return value, trouble, length

    def broken(self, reason: str) -> Broken:
        """What is wrong here."""
        return Broken(reason, self.line, self.column)

    def unexpected(self) -> Broken:
        """Something stands here that does not belong, or nothing does."""
        if not self.next_sign():
            return self.broken(self._ends())
        return self.broken(_("A comma, or the end of a list or an object, is missing here."))

    @staticmethod
    def _ends() -> str:
        return _("It ends here, in the middle.")

    def _move(self, to: int) -> None:
        lines = self._window.count("\n", self._at, to)
        if lines:
            self.line += lines
            self.column = to - self._window.rindex("\n", self._at, to)
        else:
            self.column += to - self._at
        self._at = to

    def _more(self) -> bool:
        """Read on. What was read grows with each try of the same value, so that a long one is not tried too often."""
        if len(self._window) - self._at > MOST_RECORD:
            raise self.broken(too_long())
        if self._is_cut:
            self._move(len(self._window))
            raise self.broken(not_utf8())
        if self._is_over:
            return False
        piece = self._file.read(self._step)
        self._step *= 2
        self._window = self._window[self._at :] + self._decoded(piece)
        self._at = 0
        self._is_over = not piece
        return True

    def _decoded(self, piece: bytes) -> str:
        try:
            return self._decode.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            self._is_cut = True
            return bytes(error.object[: error.start]).decode()
