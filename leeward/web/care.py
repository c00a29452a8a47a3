"""Help on the next page of somebody who may need it: the lines that are open now, once, and nothing kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from leeward.journeys.countries import country_name
from leeward.journeys.models import Journey
from leeward.library.lines import LineKind, countries_with_lines
from leeward.library.shown import ShownLine, lines_by_kind, open_first
from leeward.members.models import Member
from leeward.moderation.becoming import SHOW_HELP

MOST = 2
"""Most lines to talk to: a long list is hard to choose from."""


@dataclass(frozen=True)
class Help:
    """What is open now.

    Args:
        code: the country that she told of, in small letters; "" if she told of none, or it has no lines.
        country: its name.
        emergency: its emergency numbers.
        lines: lines to talk to, open now.
        served: if no country is known: the codes and names of those to choose from.
    """

    code: str
    country: str
    emergency: list[ShownLine]
    lines: list[ShownLine]
    served: list[tuple[str, str]]


def help_for(request: HttpRequest) -> Help | None:
    """The help that the page before asked to be shown now; None if it did not. Asked once, it is gone."""
    if not any(SHOW_HELP in message.tags.split() for message in messages.get_messages(request)):
        return None
    user = getattr(request, "user", None)
    code = _country_of(user) if isinstance(user, Member) else ""
    known = dict(open_first(lines_by_kind(code), timezone.now()))
    open_now = [shown for shown in known.get(LineKind.CRISIS, []) if shown.state and shown.state.is_open]
    return Help(
        code=code.lower(),
        country=country_name(code) if code else "",
        emergency=known.get(LineKind.EMERGENCY, []),
        lines=(open_now if code else known.get(LineKind.CRISIS, []))[:MOST],
        served=[] if code else [(each.lower(), country_name(each)) for each in countries_with_lines()],
    )


def _country_of(member: Member) -> str:
    told = Journey.objects.filter(member=member).values_list("country", flat=True).first() or ""
    return told if told in countries_with_lines() else ""
