"""Countries by name, in the reader's language. The country is asked, never guessed."""

from __future__ import annotations

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, to_locale

_ISO_LENGTH = 2
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def country_name(code: str) -> str:
    """The name of a country (ISO 3166 alpha-2) in the reader's language; its code if it has none."""
    return _names().get(code, code)


def countries() -> list[tuple[str, str]]:
    """All countries as (code, name): those that the place serves first, then the others by name."""
    names = {code: name for code, name in _names().items() if _is_country(code)}
    served = [code for code in settings.COUNTRIES if code in names]
    others = sorted(names.keys() - set(served), key=lambda code: names[code])
    return [(code, names[code]) for code in [*served, *others]]


def _names() -> dict[str, str]:
    # CLDR's names, as Babel ships them.
    return dict(Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE)).territories)


def _is_country(code: str) -> bool:
    return len(code) == _ISO_LENGTH and code.isalpha() and code not in _NOT_COUNTRIES
