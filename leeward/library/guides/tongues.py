"""Languages: how each is called, and how a page says in which of them something is written."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.conf import settings
from markupsafe import Markup


def language_name(language: str) -> str:
    """A language by its own name: "Deutsch"; its code if it has none."""
    known = _known(language)
    return (known.get_display_name() if known else None) or language


def tongue_of(language: str) -> Markup:
    """The attributes of what is written in a language (BCP 47); none where that is the place's own."""
    if language == settings.LANGUAGE_CODE:
        return Markup()
    known = _known(language)
    return Markup(' lang="{}" dir="{}"').format(language, known.text_direction if known else "ltr")


def _known(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
