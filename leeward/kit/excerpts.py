"""The first words of a text."""

import re

_MARKS = re.compile(r"[*_`#>]+|\[([^\]]*)\]\([^)]*\)")


def first_words(text: str, length: int) -> str:
    """The beginning of a Markdown text, plain, on one line, cut at a word.

    Args:
        text: Markdown.
        length: most characters, the ellipsis not counted.
    """
    plain = " ".join(_MARKS.sub(lambda match: match.group(1) or "", text).split())
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"
