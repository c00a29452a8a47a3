"""One value of JSON: what it says, and what is wrong with it, in words."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

MOST_RECORD = 8 * 1024 * 1024
"""Characters of one record. A service with its whole area drawn as a map has under one million."""
DEEPEST = 64
"""Lists and objects within each other. HSDS needs twenty."""
LONGEST_NUMBER = 40

_WORDS: dict[str, Callable[[], str]] = {
    "Expecting property name": lambda: _("A name in double quotes is missing here."),
    "Expecting ':'": lambda: _("A colon is missing here."),
    "Expecting ','": lambda: _("A comma, or the end of a list or an object, is missing here."),
    "Unterminated string": lambda: _("A text begins here, and its closing quotation mark is missing."),
    "Invalid control": lambda: _("There is a line break or another control sign within a text."),
    "Invalid \\": lambda: _("There is a backslash here that means nothing."),
}


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


def not_utf8() -> str:
    """What is said of signs that are none in UTF-8."""
    return _("Here are signs that are not in UTF-8. Please save the file again, with UTF-8 as its encoding.")
