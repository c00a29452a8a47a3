"""Passages of a text, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leeward.stories.models import PASSAGE_LENGTH

_PARAGRAPHS = re.compile(r"(?:\r?\n[ \t]*){2,}")
_ENDS = re.compile(r"(?<=[.!?…])\s+")


def passages_of(text: str) -> list[str]:
    """A text in passages that can be quoted: its paragraphs, a long one cut where sentences end.

    Args:
        text: Markdown.
    """
    return [piece for paragraph in _PARAGRAPHS.split(text) for piece in _cut(paragraph.strip()) if piece]


def as_it_stands(passage: str, text: str) -> str | None:
    """A passage exactly as it stands in a text; None if it does not. Only spaces and line breaks may differ.

    Args:
        passage: what somebody gives as word for word.
        text: where it should stand.
    """
    words = passage.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return found.group() if found else None


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
