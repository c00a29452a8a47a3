"""Passages of a text, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leeward.stories.models import PASSAGE_LENGTH

_PARAGRAPHS = re.compile(r"(?:\r?\n[ \t]*){2,}")
_LETTER = re.compile("[A-Za-z\u00c0-\u052f]")
"""A letter of a script that parts words by spaces: Latin, Greek, Cyrillic."""
_TRIES = 1000
"""So many places are looked at: what stands within a thousand words before it stands by itself nobody quotes."""
_ENDS = re.compile(r"(?<=[.!?…])\s+")


def passages_of(text: str) -> list[str]:
    """A text in passages that can be quoted: its paragraphs, a long one cut where sentences end.

    Args:
        text: Markdown.
    """
    return [piece for paragraph in _PARAGRAPHS.split(text) for piece in _cut(paragraph.strip()) if piece]


def as_it_stands(passage: str, text: str) -> str | None:
    """A passage exactly as it stands in a text; None if it does not. Only spaces and line breaks may differ.

    It begins and ends with whole words, where a script parts them: else "cannot" is quoted as "not".

    Args:
        passage: what somebody gives as word for word.
        text: where it should stand.
    """
    sought, plain = " ".join(passage.split()), " ".join(text.split())
    at = _place_of(sought, plain)
    if at is None:
        return None
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    first, many = len(plain[:at].replace(" ", "")), len(sought.replace(" ", ""))
    return text[places[first] : places[first + many - 1] + 1]


def _place_of(sought: str, plain: str) -> int | None:
    """Where it stands and cuts no word. By `find`, which no text makes slow: a pattern can take seconds."""
    at = -1
    for _again in range(_TRIES if sought else 0):
        at = plain.find(sought, at + 1)
        if at < 0:
            return None
        if not (_is_within_a_word(plain, at) or _is_within_a_word(plain, at + len(sought))):
            return at
    return None


def _is_within_a_word(plain: str, place: int) -> bool:
    return 0 < place < len(plain) and all(_LETTER.match(sign) for sign in plain[place - 1 : place + 1])


def _cut(paragraph: str) -> Iterator[str]:
    """Whole sentences together, as many as one passage holds; a sentence that is too long is cut between words."""
    while len(paragraph) > PASSAGE_LENGTH:
        beginning = paragraph[: PASSAGE_LENGTH + 1]
        ends = [end.start() for end in _ENDS.finditer(beginning)]
        at = ends[-1] if ends else beginning.rstrip().rfind(" ")
        at = at if 0 < at <= PASSAGE_LENGTH else PASSAGE_LENGTH
        yield paragraph[:at].strip()
        paragraph = paragraph[at:].strip()
    yield paragraph
