"""HSDS as JSON: one record, a list, a page of an API, records line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from leeward.library.directory.reading.decoding import MOST_RECORD, Decoding, in_words, not_utf8, too_deep, too_long
from leeward.library.directory.reading.found import Fault, Origin, Read
from leeward.library.directory.reading.kinds import LISTS, hinted_by, kind_of
from leeward.library.directory.reading.packages import holds_tables, rows_of_tables
from leeward.library.directory.reading.text import Broken, Text, opened

LINES = (".jsonl", ".ndjson")


class Document:
    """A file of JSON.

    Args:
        path: where it is.
        name: what faults call it.
        kind: of all its records, if that is known; else their fields tell.

    Attributes:
        name: as given.
        head: once it was read: what stood beside `contents` in a page of an API.
        is_cut: once it was read: whether it broke off, so that nobody knows what would follow.
    """

    def __init__(self, path: Path, name: str, kind: str = "") -> None:
        self.head: dict[str, Any] = {}
        self.is_cut = False
        self._path = path
        self.name = name
        self._kind = kind
        self._hint = hinted_by(name)

    def __iter__(self) -> Iterator[Read | Fault]:
        """What stands in it.

        Raises:
            ReadRefused: it cannot be opened, or not be read at all.
        """
        with opened(self._path) as file:
            if self._is_of_lines(file):
                yield from self._lines(file)
                return
            try:
                yield from self._whole(Text(file))
            except Broken as broken:
                self.is_cut = True
                yield Fault(Origin(self.name, broken.line, broken.column), str(broken), fatal=True)

    # -- Line by line -----------------------------------------------------------------------------------------------

    def _is_of_lines(self, file: BinaryIO) -> bool:
        """By its name, or because its first line is an object and another begins. Leaves the file where it was."""
        if self.name.lower().endswith(LINES):
            return True
        begin = file.tell()
        lines = (file.readline(MOST_RECORD).strip() for _line in range(50))
        filled = (line for line in lines if line)
        first, second = next(filled, b""), next(filled, b"")
        file.seek(begin)
        return first[:1] + first[-1:] + second[:1] == b"{}{"

    def _lines(self, file: BinaryIO) -> Iterator[Read | Fault]:
        decoding = Decoding()
        number = 0
        while line := file.readline(MOST_RECORD):
            number += 1
            if len(line) == MOST_RECORD and not line.endswith(b"\n"):
                yield self._lost(number, 0, too_long())
                while line and not line.endswith(b"\n"):
                    line = file.readline(MOST_RECORD)
            elif line.strip():
                yield from self._line(line, number, decoding)
        if not number:
            yield self._empty()

    def _line(self, line: bytes, number: int, decoding: Decoding) -> Iterator[Read | Fault]:
        try:
            text = line.decode().strip()
            value, end = decoding.value_at(text, 0)
        except UnicodeDecodeError as error:
            yield self._lost(number, len(line[: error.start].decode()), not_utf8())
        except json.JSONDecodeError as error:
            yield self._lost(number, error.pos, in_words(error))
        except RecursionError:
            yield self._lost(number, 0, too_deep())
        else:
            if end < len(text):
                yield self._lost(number, end, _("Something more follows in the same line."))
            else:
                yield from self._record(value, decoding.trouble_with(text, value), Origin(self.name, number, 1))

    def _lost(self, line: int, before: int, reason: str) -> Fault:
        """A line that holds nobody knows which record."""
        return Fault(Origin(self.name, line, before + 1), reason, fatal=True)

    # -- As a whole -------------------------------------------------------------------------------------------------

    def _whole(self, text: Text) -> Iterator[Read | Fault]:
        sign = text.next_sign()
        if not sign:
            yield self._empty()
        elif sign == "[":
            yield from self._list(text)
            if text.next_sign():
                raise text.broken(_("Something more follows after the end of the list."))
        elif sign == "{":
            while text.next_sign() == "{":
                yield from self._object(text)
            if text.next_sign():
                raise text.broken(_("Something more follows after the end of the record."))
        else:
            raise text.broken(_("This is no JSON with records: it begins with neither { nor [."))

    def _list(self, text: Text) -> Iterator[Read | Fault]:
        text.take("[")
        if text.take("]"):
            return
        while True:
            text.next_sign()
            origin = Origin(self.name, text.line, text.column)
            value, trouble, _length = text.value()
            yield from self._record(value, trouble, origin)
            if text.take("]"):
                return
            if not text.take(","):
                raise text.unexpected()

    def _object(self, text: Text) -> Iterator[Read | Fault]:
        """An object on its own: a record, or a page, whose records are read one by one, however many there are."""
        origin = Origin(self.name, text.line, text.column)
        tree: dict[str, Any] = {}
        troubles: list[str] = []
        length, is_page = 0, False
        text.take("{")
        is_over = text.take("}")
        while not is_over:
            name = self._name_of_field(text)
            if name in tree or (name == "contents" and is_page):
                troubles.append(_("“%(name)s” stands twice in one object.") % {"name": name[:60]})
            if name == "contents" and text.next_sign() == "[":
                is_page = True
                yield from self._list(text)
            else:
                tree[name], trouble, more = text.value()
                troubles += [trouble] if trouble else []
                length += more
            if length > MOST_RECORD:
                raise text.broken(too_long())
            is_over = text.take("}")
            if not is_over and not text.take(","):
                raise text.unexpected()
        if not is_page:
            yield from self._alone(tree, next(iter(troubles), ""), origin)
        elif troubles:
            yield Fault(origin, troubles[0], fatal=True)
        else:
            self.head = tree

    @staticmethod
    def _name_of_field(text: Text) -> str:
        if text.next_sign() not in {'"', ""}:
            raise text.broken(_("A name in double quotes is missing here."))
        name, trouble, _length = text.value()
        if trouble:
            raise text.broken(trouble)
        if not text.take(":"):
            raise text.broken(_("A colon is missing here.")) if text.next_sign() else text.unexpected()
        return str(name)

    def _alone(self, tree: dict[str, Any], trouble: str, origin: Origin) -> Iterator[Read | Fault]:
        """A record, or an object that only wraps lists of records: `{"services": […], "taxonomies": […]}`."""
        if not trouble and _wraps(tree):
            self.head = {name: value for name, value in tree.items() if name not in LISTS}
        yield from self._record(tree, trouble, origin)

    # -- Records ----------------------------------------------------------------------------------------------------

    def _record(self, value: Any, trouble: str, origin: Origin) -> Iterator[Read | Fault]:
        if not isinstance(value, dict):
            yield Fault(origin, _("There should be a record here: an object, in curly brackets."))
        elif trouble:
            yield Fault(origin, trouble, fatal=True)
        elif holds_tables(value):
            yield from rows_of_tables(value, origin)
        elif _wraps(value):
            for name in value.keys() & LISTS.keys():
                for row in value[name]:
                    yield self._one(row, origin, LISTS[name])
        else:
            yield self._one(value, origin, self._kind or kind_of(value, self._hint))

    @staticmethod
    def _one(value: Any, origin: Origin, kind: str) -> Read | Fault:
        if not isinstance(value, dict):
            return Fault(origin, _("There should be a record here: an object, in curly brackets."))
        if kind:
            return Read(kind, value, origin)
        return Fault(origin, _("Its fields do not tell which kind of record this is."))

    def _empty(self) -> Fault:
        self.is_cut = True
        return Fault(Origin(self.name), _("There is nothing in this file."), fatal=True)


def _wraps(tree: dict[str, Any]) -> bool:
    """Whether an object is no record, but holds some, whose kind its fields say: a list or a line may hold such."""
    lists = tree.keys() & LISTS.keys()
    return "id" not in tree and bool(lists) and all(isinstance(tree[name], list) for name in lists)
