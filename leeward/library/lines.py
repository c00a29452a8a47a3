"""Lines that help now, and the urgent signs of the body: read from lines.toml and signs.toml.

A host adds or corrects lines in `lines.toml` of its data folder; a line with a known key replaces the shipped one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.kit.week_times import TimesUnreadableError
from leeward.library.fingerprints import fingerprint_of
from leeward.library.line_hours import ALWAYS, Hours, hours_from

SHIPPED = Path(__file__).parent / "lines.toml"
SIGNS = Path(__file__).parent / "signs.toml"
_NEEDED = ("key", "kind", "name", "purpose", "hours", "languages", "source")
_CAME_LATER = ("chat", "open", "zone")
"""What a line may say since the first confirmations; where it does not, these hold on."""
_ALWAYS_IN_WORDS = "Day and night, every day"
_EXTENSION = re.compile(r"(?:\bext\.?|\bx)\s*(\d+)\s*$", re.IGNORECASE)


class LinesUnreadableError(ValueError):
    """A file of lines cannot be understood; the words say which line, and what it lacks."""


class LineKind(StrEnum):
    """What a line is for, in the order in which pages show them."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    LOSS = "loss"
    VIOLENCE = "violence"
    HEALTH = "health"
    LAW = "law"

    @property
    def label(self) -> Promise:
        """What a page calls lines of this kind."""
        return _KIND_LABELS[self]


_KIND_LABELS: dict[LineKind, Promise] = {
    LineKind.EMERGENCY: _("In an emergency"),
    LineKind.CRISIS: _("If it is too much to bear tonight"),
    LineKind.LOSS: _("About losing a pregnancy or a baby"),
    LineKind.VIOLENCE: _("If somebody hurts or frightens you"),
    LineKind.HEALTH: _("Medical questions that are no emergency"),
    LineKind.LAW: _("About your rights"),
}


@dataclass(frozen=True)
class Line:
    """One line, as the head of lines.toml describes its fields. `country` is empty for an international one."""

    key: str
    kind: LineKind
    name: str
    purpose: str
    hours: str
    languages: str
    source: str
    country: str = ""
    phones: tuple[str, ...] = ()
    sms_to: str = ""
    sms_word: str = ""
    web: str = ""
    note: str = ""
    chat: str = ""
    open: str = ""
    zone: str = ""

    @property
    def fingerprint(self) -> str:
        """What a confirmation confirms: exactly this content.

        "Always" beside words that begin with "Day and night, every day" adds nothing to them, and does not count.
        """
        content = asdict(self)
        if self.open == ALWAYS and self.hours.startswith(_ALWAYS_IN_WORDS):
            content["open"] = ""
        return fingerprint_of({key: value for key, value in content.items() if value or key not in _CAME_LATER})

    @cached_property
    def opens(self) -> Hours | None:
        """When it is open, for clocks; None if only its words tell.

        Raises:
            TimesUnreadableError: its times cannot be understood. No line comes out of a file so.
        """
        return hours_from(self.open, self.zone)

    @property
    def is_in_writing(self) -> bool:
        """Whether somebody can be reached there without a voice, by text message or chat."""
        return bool(self.sms_to or self.chat)


@dataclass(frozen=True)
class Signs:
    """Urgent signs of the body: what to call about now, and what to call about today."""

    key: str
    source: str
    now_title: str
    now: tuple[str, ...]
    today_title: str
    today: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What a confirmation confirms: exactly these words."""
        return fingerprint_of(asdict(self))


def dialled(number: str) -> str:
    """A number as a telephone dials it: digits, a plus before them; after a comma, where it waits, the extension.

    RFC 3966 has ";ext=" for an extension, at which the telephones that people carry stop and ask, or which they drop.
    """
    extension = _EXTENSION.search(number)
    plain = number[: extension.start()] if extension else number
    digits = "".join(sign for sign in plain if sign.isdigit() or sign == "+")
    return f"{digits},{extension[1]}" if extension else digits


def read_lines(path: Path) -> list[Line]:
    """The lines of one file.

    Raises:
        LinesUnreadableError: the file is no TOML, or a line lacks something.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("line", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LinesUnreadableError(f"{path}: {error}") from error
    return [_line_from(row, path) for row in rows]


def all_lines() -> tuple[Line, ...]:
    """Every line, the host's own included, in the order of the files.

    Raises:
        LinesUnreadableError: a file cannot be understood.
    """
    return _lines_of(settings.DATA / "lines.toml")


def lines_of(country: str) -> list[Line]:
    """The lines of a country (alpha-2; "" for international ones), in the order of their kinds."""
    order = list(LineKind)
    return sorted((line for line in all_lines() if line.country == country), key=lambda line: order.index(line.kind))


def countries_with_lines() -> list[str]:
    """The countries that have lines: those that the place serves first, in the host's order, then the others."""
    known = {line.country for line in all_lines() if line.country}
    served = [code for code in settings.COUNTRIES if code in known]
    return served + sorted(known - set(served))


@cache
def signs() -> Signs:
    """The urgent signs of the body."""
    data = tomllib.loads(SIGNS.read_text(encoding="utf-8"))
    now, today = data["now"], data["today"]
    return Signs(data["key"], data["source"], now["title"], tuple(now["signs"]), today["title"], tuple(today["signs"]))


@cache
def _lines_of(own: Path) -> tuple[Line, ...]:
    lines: dict[str, Line] = {line.key: line for line in read_lines(SHIPPED)}
    if own.exists():
        lines |= {line.key: line for line in read_lines(own)}
    return tuple(lines.values())


def _line_from(row: Mapping[str, Any], path: Path) -> Line:
    name = row.get("key") or row.get("name") or "a line without a key"
    lacking = [key for key in _NEEDED if not row.get(key)]
    if lacking:
        raise LinesUnreadableError(f"{path}: {name} lacks {_listed(lacking)}.")
    if row["kind"] not in list(LineKind):
        raise LinesUnreadableError(f"{path}: {name} has kind {row['kind']!r}; there are {_listed(LineKind)}.")
    unknown = row.keys() - {*Line.__dataclass_fields__, "sms"} | row.keys() & {"sms_to", "sms_word"}
    if unknown:
        raise LinesUnreadableError(f"{path}: {name} says {_listed(sorted(unknown))}, which no line has.")
    sms = row.get("sms", {})
    if not (row.get("phones") or sms or row.get("chat") or row.get("web")):
        raise LinesUnreadableError(f"{path}: {name} gives no way to be reached (phones, sms, chat or web).")
    plain = {key: value for key, value in row.items() if key not in {"kind", "phones", "sms"}}
    line = Line(
        **plain,
        kind=LineKind(row["kind"]),
        phones=tuple(row.get("phones", ())),
        sms_to=sms.get("to", ""),
        sms_word=sms.get("word", ""),
    )
    try:
        line.opens  # noqa: B018  # read here, so that a fault in it is found before the place starts
    except (TimesUnreadableError, TypeError, AttributeError) as error:
        raise LinesUnreadableError(f"{path}: {name} says when it is open, but {error}") from error
    return line


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
