"""JSON as it stands in a file of any size: read through a window that moves, one value after the other.

Two ways, by what a fault means. In a document (`Text`) nobody knows what stands after something broken. In a file of
lines (`decoded`) each line is for itself.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from leeward.library.directory.reading.found import ReadRefused

MOST_RECORD = 8 * 1024 * 1024
"""Characters of one record. A service with its whole area drawn as a map has under one million."""
DEEPEST = 64
"""Lists and objects within each other. HSDS needs twenty."""
LONGEST_NUMBER = 40
_AT_ONCE = 256 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")

_WORDS: dict[str, Callable[[], str]] = {
    "Expecting property name": lambda: _("A name in double quotes is missing here."),
    "Expecting ':'": lambda: _("A colon is missing here."),
    "Expecting ','": lambda: _("A comma, or the end of a list or an object, is missing here."),
    "Unterminated string": lambda: _("A text begins here, and its closing quotation mark is missing."),
    "Invalid control": lambda: _("There is a line break or another control sign within a text."),
    "Invalid \\": lambda: _("There is a backslash here that means nothing."),
}


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


class Decoding:
    """Turns JSON into values, and notes what is sound JSON and yet no record can be made of."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=self._no_number,
            parse_int=self._integer,
            parse_float=self._float,
        )

    def value_at(self, text: str, at: int) -> tuple[Any, int]:
        """The value that begins there, and where it ends.

        Raises:
            json.JSONDecodeError: there is none.
            RecursionError: it is nested too deeply to be read at all.
        """
        self.troubles = []
        return self._decoder.raw_decode(text, at)

    def trouble_with(self, raw: str, value: Any) -> str:
        """Why no record can be made of a value that was just read; "" if one can."""
        if self.troubles:
            return self.troubles[0]
        if raw.count("{") + raw.count("[") > DEEPEST and _is_deep(value):
            return too_deep()
        if "\\u" in raw and not _can_be_kept(value):
            return _("A text holds a sign that cannot be kept: a null, or half of a pair (U+D800 to U+DFFF).")
        return ""

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _value in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.troubles.append(_("“%(name)s” stands twice in one object.") % {"name": shortened(twice)})
        return made

    def _no_number(self, constant: str) -> None:
        self.troubles.append(_("%(value)s is no number that JSON knows.") % {"value": constant})

    def _integer(self, digits: str) -> int:
        return int(digits) if len(digits) <= LONGEST_NUMBER else self._too_large(digits)

    def _float(self, digits: str) -> float:
        number = float(digits) if len(digits) <= LONGEST_NUMBER else math.inf
        return number if math.isfinite(number) else self._too_large(digits)

    def _too_large(self, digits: str) -> int:
        self.troubles.append(_("%(value)s is too large or too long a number.") % {"value": shortened(digits)})
        return 0


def shortened(text: str) -> str:
    """A piece of somebody's file as it can stand in a sentence."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:61])
    return plain[:60] + "…" if len(plain) > 60 else plain


def too_deep() -> str:
    """What is said of lists within lists within lists."""
    return _("Lists and objects stand in each other more than %(count)s times.") % {"count": DEEPEST}


def too_long() -> str:
    """What is said of a record that is longer than any is."""
    return _("This is longer than %(size)s MB, and no record is.") % {"size": MOST_RECORD // 1024 // 1024}


def _is_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(DEEPEST + 1):
        level = [inner for outer in level for inner in _within(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _can_be_kept(value: Any) -> bool:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        waiting += _within(one)
        waiting += one if isinstance(one, dict) else ()
        if isinstance(one, str) and ("\0" in one or any("\ud800" <= sign <= "\udfff" for sign in one)):
            return False
    return True


def _within(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def in_words(error: json.JSONDecodeError) -> str:
    """What is wrong, in a sentence."""
    known = next((words for begin, words in _WORDS.items() if error.msg.startswith(begin)), None)
    return known() if known else _("There should be a value here, as JSON writes one.")


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


def not_utf8() -> str:
    """What is said of signs that are none in UTF-8."""
    return _("Here are signs that are not in UTF-8. Please save the file again, with UTF-8 as its encoding.")
