"""The first words of a text."""

import re

_LOOKED_AT = 10
"""So many times the length asked for is looked at: what follows could only cost time, and is never shown."""
_MARKS = re.compile(r"[*_`#>]+|\[([^\]]*)\]\([^)]*\)")


def first_words(text: str, length: int) -> str:
    """The beginning of a Markdown text, plain, on one line, cut at a word.

    Args:
        text: Markdown.
        length: most characters, the ellipsis not counted.
    """
    beginning = text[: _LOOKED_AT * length]
    plain = without_marks(beginning)
    if len(plain) <= length:
        return plain if beginning == text else f"{plain}…".lstrip()
    return plain[:length].rsplit(" ", 1)[0].rstrip(".,;:…") + "…"


def without_marks(text: str) -> str:
    """A Markdown text, plain, on one line."""
    return " ".join(_MARKS.sub(lambda match: match.group(1) or "", text).split())
