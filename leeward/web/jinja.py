"""The templates' environment: Jinja2, escaped, translatable, with the few names that every page may use."""

from __future__ import annotations

import datetime
from typing import Any

from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from leeward.kit.moments import to_datetime
from leeward.web.markdown import markdown


class Templates(Jinja2):
    """Jinja2, looking for templates in each room's `templates` folder."""

    app_dirname = "templates"


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named door."""
    return reverse(name, args=args, kwargs=kwargs)


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
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    env.globals.update(url=url, static=static)
    env.filters.update(day=day, clock=clock, markdown=markdown)
    return env
