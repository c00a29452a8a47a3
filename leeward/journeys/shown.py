"""Facts that a member may show with what others see: which are offered, and how each is said. Only she shows them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.journeys.facts import Pair, pairs_of, place_of
from leeward.journeys.words import say
from leeward.members.models import Member

_TOLD_FIRST = ("kind", "weeks", "path", "now", "relation")


def pairs_in_words(pairs: Iterable[Pair]) -> list[str]:
    """Each fact as it is said on a page, what happened and where she is now first; no year beside a month of it."""
    shown = list(pairs)
    years = {("year", key[:4]) for facet, key in shown if facet == "month"}
    return [say_pair(pair) for pair in sorted(shown, key=_first_told) if pair not in years]


def offered_pairs(author: Member, shown: Iterable[Pair] = ()) -> list[Pair]:
    """What an author can show: all that she told but answers of yes and no, which say nothing alone.

    Args:
        author: whose text it is.
        shown: what it shows already: offered too, so that she can untick what she no longer holds.
    """
    told = [pair for pair in pairs_of(author) if pair[0] != "alive"]
    return [*told, *(pair for pair in shown if pair not in told)]


def say_pair(pair: Pair) -> str:
    """One fact in words: the term's label, the weeks, or when it was."""
    facet, key = pair
    if facet == "weeks":
        return ngettext("%(weeks)s week", "%(weeks)s weeks", int(key)) % {"weeks": key}
    if facet == "year":
        return _("in %(when)s") % {"when": key}
    if facet == "month":
        return _("in %(when)s") % {"when": formats.date_format(datetime.date.fromisoformat(f"{key}-01"), "F Y")}
    return say(facet, key)


def _first_told(pair: Pair) -> tuple[int, int]:
    first = _TOLD_FIRST.index(pair[0]) if pair[0] in _TOLD_FIRST else len(_TOLD_FIRST)
    return first, place_of(pair)
