"""The first words of a text."""

import re
from functools import lru_cache

_LOOKED_AT = 10
"""So many times the length asked for is looked at: what follows could only cost time, and is never shown."""
_KEPT = 512
"""So many first words a process keeps, with what they are of: two kilobytes each. Lists show the same ones."""
_MARKS = re.compile(r"[*_`#>]+|\[([^\]]*)\]\([^)]*\)")


def first_words(text: str, length: int) -> str:
    """The beginning of a Markdown text, plain, on one line, cut at a word.

    Args:
        text: Markdown.
        length: most characters, the ellipsis not counted.
    """
    looked_at = _LOOKED_AT * length
    return _begun(text[:looked_at], len(text) <= looked_at, length)


@lru_cache(_KEPT)
def _begun(beginning: str, is_all: bool, length: int) -> str:
    plain = without_marks(beginning)
    if len(plain) <= length:
        return plain if is_all else f"{plain}…".lstrip()
    return plain[:length].rsplit(" ", 1)[0].rstrip(".,;:…") + "…"


def without_marks(text: str) -> str:
    """A Markdown text, plain, on one line."""
    return " ".join(_MARKS.sub(lambda match: match.group(1) or "", text).split())
