"""What a guide's sheet says besides the guide: lines of help of a country, and the address of this place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _

from leeward.library.guides.models import State, Version
from leeward.library.guides.reading import Reader, newest_review, setting_of
from leeward.library.guides.sheet import sheet_of
from leeward.library.lines import Line, LineKind, lines_of
from leeward.library.standing import standings

_ORDER = (LineKind.EMERGENCY, LineKind.CRISIS, LineKind.LOSS, LineKind.HEALTH)
"""Kinds of lines that go on paper. Not those about violence: a page lies about, and is read by whom it is about."""


def paper_of(request: HttpRequest, version: Version, reader: Reader) -> dict[str, Any]:
    """What the sheet of a version shows to a reader."""
    content = version.content
    lines = _lines_for_paper(reader.place.code)
    known = standings(lines)
    said = [escape(_said(line)) for line in lines]
    setting = setting_of(content.sources, reader, {}, cites=False)
    return {
        "guide": version.guide,
        "sheet": sheet_of(content, setting, said),
        "confirmed": all(known[line.key].is_confirmed for line in lines),
        "place_of_rules": reader.place,
        "review": newest_review(version) if version.state == State.PUBLISHED else None,
        "address": request.get_host(),
    }


def _lines_for_paper(country: str) -> list[Line]:
    """The lines that can be called or texted, the most needed first, and one of each kind before a second of any."""
    found = [line for line in lines_of(country) if line.kind in _ORDER and (line.phones or line.sms_to)]
    turn: dict[LineKind, int] = {}
    ranked = []
    for line in found:
        turn[line.kind] = turn.get(line.kind, 0) + 1
        ranked.append((turn[line.kind], _ORDER.index(line.kind), line.key, line))
    return [line for *_rank, line in sorted(ranked, key=lambda row: row[:3])]


def _said(line: Line) -> str:
    ways = list(line.phones if line.kind is LineKind.EMERGENCY else line.phones[:1])
    if line.sms_to and not ways:
        text = _("text %(word)s to %(number)s") if line.sms_word else _("text %(number)s")
        ways.append(text % {"word": line.sms_word, "number": line.sms_to})
    name = _("In an emergency") if line.kind is LineKind.EMERGENCY else line.name
    return f"{name}: {', '.join(ways)}"
