"""The article within a page's text: its title, who wrote it and when, and its words without the page's own."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from leeward.library.public_stories.reading.rules import table_of

LONGEST_TITLE = 220
"""Characters of a first line that may be a title. Longer ones are paragraphs."""
_TOP = 8
"""Among so many first lines stand title, author and date."""
_WRAPPED = range(40, 101)
_SOME = 3
"""So many lines that go on with a small letter show that a text was broken at a width."""
_OF_A_PAGE = re.compile(r"\s+[–—-]\s+(?P<source>[^–—]+)$")
_NO_SIGNS = re.compile(r"[\u200b-\u200f\u2028\u202a-\u202e\u2060\ufeff\u00ad]")


@dataclass(frozen=True)
class Clean:
    """An article as it is kept until an editor has looked at it.

    Args:
        title: "" if it has none.
        text: its paragraphs, with an empty line between.
        author: as the page says it; "" if it does not.
        source: whose page it is; "" if it does not say.
        date: when it was made public; None if it does not say. A stamp like "1 year ago" says nothing.
        title_is_caption: whether it has no title, and the words under its first picture stand for one.
        told_to: whether the author wrote down what somebody else told.
    """

    title: str
    text: str
    author: str = ""
    source: str = ""
    date: datetime.date | None = None
    title_is_caption: bool = False
    told_to: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of an article before its text is read: from the page's own metadata, or from who brings it in."""

    title: str = ""
    author: str = ""
    source: str = ""
    date: datetime.date | None = None
    told_to: bool = False


@dataclass(frozen=True)
class _Page:
    lines: tuple[re.Pattern[str], ...]
    phrase: re.Pattern[str]
    phrase_words: int
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    stamp: re.Pattern[str]
    ago: re.Pattern[str]
    site: re.Pattern[str]
    author: re.Pattern[str]
    source: re.Pattern[str]
    dated: re.Pattern[str]
    months: tuple[str, ...]


def cleaned(raw: str, known: Known | None = None, language: str = "en") -> Clean:
    """An article from the plain text of a file or page.

    Args:
        raw: all of the text.
        known: what is known without reading it; wins over what the text says.
        language: whose furniture is taken away.
    """
    page, known = _page(language), known or Known()
    paragraphs = [line for line in _paragraphs(raw) if not _is_furniture(line, page)]
    found, paragraphs = _top(paragraphs, page)
    title = "" if _is_furniture(known.title, page) else _without_stamp(known.title, page, known.source)
    caption = _caption(title or "".join(paragraphs[:1]), page) or ""
    if caption:
        title = ""
    paragraphs = [line for line in paragraphs if _caption(line, page) is None]
    if not title and not caption:
        title = _first_title(paragraphs, page)
    paragraphs = _without_title(paragraphs, title, page)
    return Clean(
        title=title or caption.rstrip("."),
        text="\n\n".join(paragraphs),
        author=known.author or found.author,
        source=known.source or found.source,
        date=known.date or found.date,
        title_is_caption=not title and bool(caption),
        told_to=found.told_to,
    )


def same_words(one: str, other: str) -> bool:
    """Whether two lines have the same words, whatever the signs and the case of letters."""
    return _bare(one) == _bare(other)


def _paragraphs(raw: str) -> list[str]:
    """The paragraphs of a text; lines that were broken at a width are joined again."""
    text = unicodedata.normalize("NFC", _NO_SIGNS.sub("", raw)).replace("\u00a0", " ")
    lines = [" ".join(line.split()) for line in re.split(r"\r\n|\r|\n|\f|\v|\x85|\u2029", text)]
    width = _width(lines)
    found: list[str] = []
    for before, line in pairwise(["", *lines]):
        if line and len(before) in _WRAPPED and len(before) + len(line.split()[0]) >= width:
            found[-1] += f" {line}"  # its first word had no room in the line before
        elif line:
            found.append(line)
    return found


def _width(lines: list[str]) -> float:
    """The width at which a text was broken; infinite if it was not."""
    broken = [len(one) for one, other in pairwise(lines) if len(one) in _WRAPPED and other[:1].islower()]
    return max(broken) if len(broken) >= _SOME else math.inf


def _is_furniture(line: str, page: _Page) -> bool:
    if any(pattern.fullmatch(line) for pattern in page.lines):
        return True
    return len(line.split()) <= page.phrase_words and page.phrase.search(line) is not None


def _top(paragraphs: list[str], page: _Page) -> tuple[Known, list[str]]:
    """What the first lines say of author, source and date, and the paragraphs without those lines."""
    found, kept = Known(), []
    for nth, line in enumerate(paragraphs):
        if nth < _TOP or nth >= len(paragraphs) - 2:
            if (by := page.author.match(line)) is not None:
                found = replace(
                    found, author=found.author or by["author"], told_to=found.told_to or bool(by["told_to"])
                )
                continue
            if (dated := page.dated.match(line)) is not None and (day := _day(dated, page)) is not None:
                found = replace(found, date=found.date or day)
                continue
            if (of := page.source.match(line)) is not None and len(line.split()) <= 8:
                found = replace(found, source=found.source or of["source"].strip())
                continue
        kept.append(line)
    return found, kept


def _day(dated: re.Match[str], page: _Page) -> datetime.date | None:
    try:
        if dated["iso"]:
            return datetime.date.fromisoformat(dated["iso"])
        month = page.months.index((dated["month"] or dated["month2"])[:3].lower()) + 1
        return datetime.date(int(dated["year"] or dated["year2"]), month, int(dated["day"] or dated["day2"]))
    except ValueError:
        return None


def _caption(line: str, page: _Page) -> str | None:
    """The words of a caption without who took the picture; None if the line is none."""
    if page.caption.match(line):
        return ""
    credit = page.credit.search(line)
    if credit is None or len(line) > 400:
        return None
    return line[: credit.start()].strip()


def _first_title(paragraphs: list[str], page: _Page) -> str:
    """The title that a text begins with; "" if it begins with its first sentence."""
    if len(paragraphs) < 2:
        return ""
    first = _without_stamp(paragraphs[0], page)
    for said in _forms(paragraphs[0], page):
        if any(same_words(said, line) for line in paragraphs[1:4]):
            return said
    too_long = len(first) > LONGEST_TITLE
    is_sentence = first.endswith((".", ",", ":", ";")) or re.search(r"[.!?][\"”’]?\s+[A-Z]", first) is not None
    is_speech = first.startswith(('"', "“")) and first.endswith(('"', "”"))
    return "" if too_long or is_sentence or is_speech else first


def _without_title(paragraphs: list[str], title: str, page: _Page) -> list[str]:
    """The paragraphs without the title, as often as it stands at their beginning."""
    if not title:
        return paragraphs
    top = [line for line in paragraphs[:_TOP] if not any(same_words(said, title) for said in _forms(line, page))]
    return top + paragraphs[_TOP:]


def _forms(line: str, page: _Page) -> list[str]:
    """A line, and what is left of it where its end may be the page's: only a line that says the same again shows it."""
    said = _without_stamp(line, page)
    return [said, _OF_A_PAGE.sub("", said), page.ago.sub("", said)]


def _without_stamp(title: str, page: _Page, source: str = "") -> str:
    said = " ".join(title.split())
    name = _OF_A_PAGE.search(said)
    if name is not None and same_words(name["source"], source):
        said = said[: name.start()]
    for pattern in (page.stamp, page.site, page.stamp):
        shorter = pattern.sub("", said)
        said = shorter if len(shorter.split()) > 1 else said
    return said


def _bare(line: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", line).casefold()))


@cache
def _page(language: str) -> _Page:
    said: dict[str, Any] = table_of(language, "page.toml")
    lines = tuple(re.compile(pattern, re.IGNORECASE) for pattern in said.pop("line"))
    most, months = said.pop("phrase_words"), tuple(said.pop("months"))
    case = {"site", "author", "source"}  # where a capital letter begins a name
    ready = {key: re.compile(f"(?i:{pattern})" if key not in case else pattern) for key, pattern in said.items()}
    return _Page(lines=lines, phrase_words=most, months=months, **ready)
