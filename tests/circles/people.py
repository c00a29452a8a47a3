"""People who can be found, and who have met, for tests."""

from __future__ import annotations

import datetime

from leeward.circles.actions.asking import ask
from leeward.circles.actions.being_found import be_found
from leeward.circles.actions.talking import write_line
from leeward.circles.models import FoundBy, Line, Meeting, Presence
from leeward.circles.shown import Wish
from leeward.journeys.facts import Pair
from leeward.members.models import Member, today
from leeward.moderation.actions import settle
from leeward.moderation.models import FirstTexts

LATE = ("kind", "miscarriage_late")
IVF = ("path", "ivf")


def known(member: Member) -> Member:
    """A member whose account is no longer new, and whose first texts are read."""
    member.joined_on = today() - datetime.timedelta(days=60)
    member.save()
    FirstTexts.objects.update_or_create(member=member, defaults={"released": 100})
    return member


def findable(
    member: Member, *facts: Pair, by: FoundBy = FoundBy.MEMBERS, text: str = "I am here.", notes: int = 0
) -> Presence:
    """A member who can be found, as these facts and words."""
    presence = be_found(known(member), Wish(text, by, frozenset(facts), notes))
    settle(presence)
    return presence


def noted(asker: Member, asked: Member, text: str = "I read your page twice.", notes: int = 0) -> Meeting:
    """A first note from one to another; both can be found."""
    for member in (asker, asked):
        if not Presence.objects.written_by(member).exists():
            findable(member)
    made = ask(Presence.objects.written_by(asked).get(), by=asker, text=text, notes=notes)
    settle(made)
    return made


def said(meeting: Meeting, by: Member, text: str = "So did I.", notes: int = 0) -> Line:
    """A line in a meeting, read and shown."""
    line = write_line(meeting, by=by, text=text, notes=notes)
    settle(line)
    return line


def met(asker: Member, asked: Member) -> Meeting:
    """Two who have met: a note, and its answer."""
    meeting = noted(asker, asked)
    said(meeting, asked)
    meeting.refresh_from_db()
    return meeting
