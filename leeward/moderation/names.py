"""Chosen names are read by others beside every text: cruel ones, offers, and ways to be reached elsewhere are none."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leeward.language.reader.client import ReaderUnavailable, read

_REFUSED = frozenset({"hostile", "threat", "selling", "contact", "link"})
"""Signs with which a name is not taken, if a rule found them: the models read sentences, and a name is none."""
_WAY_ELSEWHERE = re.compile(
    r"https?:|www\.|[\w-]{3,}\.(?:com|net|org|info|biz|shop|store|online|site|club|link|xyz|io|co\.uk)\b"
    r"|(?:\d[\s().-]*){9,}",
    re.IGNORECASE,
)
"""A link, or a number that can be called (a date has eight digits): found without the reader."""


def check_name(name: str) -> None:
    """Whether a name is one that others can read beside every text.

    If the reader cannot be asked the name is taken: with the first texts a person reads it too.

    Raises:
        ValidationError: it is cruel, sells something, or leads elsewhere. The words do not say which.
    """
    if _WAY_ELSEWHERE.search(name) or _found(name) & _REFUSED:
        raise ValidationError(_("Others read this name everywhere. Please choose another."))


def _found(name: str) -> frozenset[str]:
    try:
        return read(name).ruled
    except ReaderUnavailable:
        return frozenset()
