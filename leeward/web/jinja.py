"""The templates' environment: Jinja2, escaped, translatable, with the few names that every page may use."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from types import NoneType
from typing import Any

from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Macro
from markupsafe import Markup

from leeward.kit.moments import to_datetime
from leeward.web.markdown import markdown


class _Drawn(Template):
    """A template whose macros, imported without context, are made once: nothing that a page is given reaches them."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return self._module or super()._get_default_module()


class Templates(Jinja2):
    """Jinja2, looking for templates in each room's `templates` folder."""

    app_dirname = "templates"


KEPT_PIECES = 2_048
"""Pieces of pages that a process keeps, about 4 KB each; those not drawn for the longest time go first."""
KEPT_LONG_PIECES = 64
"""Of whole stories and long answers, up to 150 KB each."""
KEPT_ADDRESSES = 4_096
KEPT_TEXTS = 4_096
_PLAIN = {str, int, bool, NoneType}
_TOKEN = f"token-{secrets.token_hex(16)}"
"""What stands for a token in a form that is kept: nobody can write it."""


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named door."""
    return reverse(name, args=args, kwargs=kwargs) if kwargs else _address(settings.ROOT_URLCONF, name, args)


@lru_cache(KEPT_ADDRESSES)
def _address(_urls: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args)


def piece(macro: Macro, *given: Any) -> Markup:
    """What a macro draws of plain values: drawn once, and kept in this process for whoever is shown the same.

    A macro that is imported without context knows nothing but what it is given. So what is kept holds nothing of who
    looks, and is never out of date: when a word of what it is drawn from changes, it is another piece
    (docs/decisions/0034-how-a-page-is-made-fast.md). Whether somebody may see it is asked each time, before.

    Args:
        macro: imported without context.
        given: texts, whole numbers, yes or no, nothing, and tuples of those.

    Raises:
        TypeError: it was given something else, which could carry more than it shows.
    """
    return _kept(get_language(), macro, *given)


def form_piece(macro: Macro, token: object, *given: Any) -> Markup:
    """The same of a form, into which the token of this request is put after it was drawn.

    Args:
        macro: as of `piece`; its first argument stands where the token is to be.
        token: the hidden input, as `csrf_input`.
        given: as of `piece`, and no text of a member.
    """
    return _form(get_language(), macro, token, *given)


def long_piece(macro: Macro, *given: Any) -> Markup:
    """The same of long texts, of which fewer are kept."""
    return _kept_long(get_language(), macro, *given)


def drawing(language: str | None) -> dict[str, Callable[..., Markup]]:
    """The three above for the pages of one language: a page has fifty pieces, and asks once in which it is."""
    return {
        "piece": partial(_kept, language),
        "long_piece": partial(_kept_long, language),
        "form_piece": partial(_form, language),
    }


def pieces(macro: Macro) -> Callable[..., Markup]:
    """`piece` of one macro, for drawing many."""
    return partial(_kept, get_language(), macro)


def long_pieces(macro: Macro) -> Callable[..., Markup]:
    """The same of long texts."""
    return partial(_kept_long, get_language(), macro)


def said(text: str, /, **names: Any) -> Markup:
    """A text of the place in the language of the page: what `_("…")` is in templates.

    It does what the callable of the i18n extension does, and keeps what it made: a page has fifty of them.

    Args:
        text: as it stands in the catalogue.
        names: what is put in, escaped, for "%(name)s".
    """
    return _catalogued(get_language(), text) % names if names else _without_names(get_language(), text)


@lru_cache(KEPT_TEXTS)
def _catalogued(_language: str, text: str) -> Markup:
    return Markup(gettext(text))  # noqa: S704  # our own words


@lru_cache(KEPT_TEXTS)
def _without_names(_language: str, text: str) -> Markup:
    return Markup(gettext(text)) % {}  # noqa: S704  # the same


def _draw(_language: str, macro: Macro, *given: Any) -> Markup:
    if not all(map(_is_plain, given)):
        raise TypeError(f"{macro.name} is drawn once, so it can be given plain values alone, not {given!r}.")
    return Markup(macro(*given))  # noqa: S704  # as it was drawn, with everything escaped


def _form(language: str | None, macro: Macro, token: object, *given: Any) -> Markup:
    return Markup(str(_kept(language, macro, _TOKEN, *given)).replace(_TOKEN, str(token)))  # noqa: S704  # both drawn


_kept = lru_cache(KEPT_PIECES, typed=True)(_draw)
_kept_long = lru_cache(KEPT_LONG_PIECES, typed=True)(_draw)


def forget_pieces() -> None:
    """Draw everything anew."""
    for kept in (_kept, _kept_long):
        kept.cache_clear()


def _is_plain(value: Any) -> bool:
    return all(map(_is_plain, value)) if type(value) is tuple else type(value) in _PLAIN


def day(moment: datetime.date | datetime.datetime | int | None) -> str:
    """A date in words, "3 May 2026", from a date, a datetime or microseconds; empty for none."""
    if moment is None:
        return ""
    if isinstance(moment, int):
        moment = to_datetime(moment)
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    return formats.date_format(moment, "j F Y")


def clock(moment: int) -> str:
    """A time of day as the language writes it, "3:20 p.m.", from microseconds, by the clock of the place."""
    return formats.time_format(timezone.localtime(to_datetime(moment)))


def environment(**options: Any) -> Environment:
    """The environment, as the settings name it."""
    options.setdefault("undefined", StrictUndefined)
    env = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # Django sets autoescape in options
    env.template_class = _Drawn
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    env.globals.update({"_": said, "url": url, "static": static})
    env.globals.update({draw.__name__: draw for draw in (piece, form_piece, long_piece, pieces, long_pieces)})
    env.filters.update(day=day, clock=clock, markdown=markdown)
    return env
