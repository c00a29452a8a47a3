"""What a host says in environment variables, each read as what it should be."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from leeward.kit.week_times import Span, TimesUnreadableError, spans_from


def text(name: str, default: str = "") -> str:
    """What is said under a name, without blanks around it; the default if nothing is."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Whether a name is switched on. ImproperlyConfigured: it is neither on nor off."""
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "false", "true", "no", "yes"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    """The whole number under a name. ImproperlyConfigured: it is none."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def times(name: str) -> tuple[Span, ...]:
    """The times of the week under a name. ImproperlyConfigured: they cannot be read."""
    try:
        return spans_from(text(name))
    except TimesUnreadableError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def words(name: str, default: str = "") -> list[str]:
    """The words under a name, parted by blanks or commas."""
    return [word for word in text(name, default).replace(",", " ").split() if word]
