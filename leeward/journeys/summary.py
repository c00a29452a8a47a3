"""Where a member is, in a few words: for the top of her home page."""

from __future__ import annotations

from django.utils.translation import ngettext

from leeward.journeys.facts import pairs_of
from leeward.journeys.words import speech_of
from leeward.members.models import Member

_SHOWN = ("kind", "weeks", "path", "now")


def where_she_is(member: Member) -> list[str]:
    """What happened, at how many weeks, which ways she went, where she is now: in her words, nothing else."""
    speech = speech_of(member)
    told = sorted((pair for pair in pairs_of(member) if pair[0] in _SHOWN), key=lambda pair: _SHOWN.index(pair[0]))
    return [_weeks(key) if facet == "weeks" else speech.say(facet, key) for facet, key in told]


def _weeks(key: str) -> str:
    return ngettext("%(weeks)s week", "%(weeks)s weeks", int(key)) % {"weeks": key}
