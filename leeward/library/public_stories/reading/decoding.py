"""The text of a file's bytes, or that it is none."""

from __future__ import annotations

import codecs
import re

from leeward.library.public_stories.refusing import Refused, Why

MOST_BYTES = 5_000_000
"""Of a page as it comes. The text of an article is a hundredth of it; pages carry much else."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_TEXT = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"RIFF",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|header|div|p|h[1-6]|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_LEAST_LETTERS = 0.6
"""The least part of a text that is letters and spaces. Articles have more than nine tenths; tables, programs and packed
data less than this."""


def text_of(body: bytes, charset: str = "") -> str:
    """The text of some bytes.

    Args:
        body: as they were read.
        charset: the encoding that whoever sent them names; "" if nobody does.

    Raises:
        Refused: they are nothing, too many, or no text.
    """
    if not body.strip():
        raise Refused(Why.EMPTY)
    if len(body) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    if body.startswith(_NO_TEXT):
        raise Refused(Why.NOT_TEXT)
    text = _decoded(body, charset)
    if len(_CONTROL.findall(text[:100_000])) * 500 > min(len(text), 100_000):
        raise Refused(Why.NOT_TEXT)
    if not is_page(text):
        ask_for_letters(text)
    return text


def is_page(text: str) -> bool:
    """Whether a text is a page of HTML."""
    return _PAGE.match(text) is not None


def ask_for_letters(text: str) -> None:
    """Refuse what is written with signs and not with words.

    Raises:
        Refused: it is no text of words.
    """
    sample = text[:100_000]
    if sum(letter.isalpha() or letter.isspace() for letter in sample) < len(sample) * _LEAST_LETTERS:
        raise Refused(Why.NOT_TEXT)


def _decoded(body: bytes, charset: str) -> str:
    marked = [encoding for mark, encoding in _MARKS if body.startswith(mark)]
    named = [charset] if charset else []
    named += [match.group(1).decode("ascii") for match in [_META.search(body[:4096])] if match]
    for encoding in [*marked, *named, "utf-8", "cp1252"]:
        try:
            return body.decode(encoding)
        except (UnicodeError, LookupError):  # not what it is said to be, or an encoding that nobody knows
            continue
    raise Refused(Why.NOT_TEXT)
