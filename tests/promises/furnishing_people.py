"""The part of the furnished place where people are found, write to each other and leave lights on."""

from __future__ import annotations

import datetime
from typing import Any

from leeward.circles.actions.asking import ask
from leeward.circles.actions.being_found import be_found
from leeward.circles.actions.letting_in import let_in
from leeward.circles.actions.lighting import light
from leeward.circles.actions.talking import write_line
from leeward.circles.models import FoundBy, LightCall, Presence
from leeward.circles.shown import Wish
from leeward.members.models import Member, today
from leeward.moderation.actions import settle
from tests.conftest import Cast

FACTS = frozenset({("kind", "miscarriage_late"), ("path", "ivf")})


def people(cast: Cast) -> dict[str, dict[str, Any]]:
    """The author can be found by members, and so can one who has met her; she has a light on, and one asks for her."""
    author, other = cast.author, cast.other_member
    hers = _found(author)
    _found(other)
    let_in(author, other)
    meeting = ask(hers, by=other, text="I read your page twice.")
    settle(meeting)
    line = write_line(meeting, by=author, text="So did I, yours.")
    settle(line)
    lit = light(author, FACTS)
    LightCall.objects.create(light=light(other, FACTS), newcomer=author)
    of_meeting = ("meeting", "say", "leave", "end", "take_back", "put_away")
    return {
        **{f"circles:{door}": {"ref": hers.ref} for door in ("person", "aside", "let_in")},
        "circles:write": {"ref": hers.ref},
        "circles:let_out": {"ref": other.ref},
        **{f"circles:{door}": {"ref": meeting.ref} for door in of_meeting},
        "circles:take_line_back": {"ref": line.ref},
        "circles:light_out": {"pk": lit.pk},
    }


def _found(member: Member) -> Presence:
    member.joined_on = today() - datetime.timedelta(days=60)
    member.save()
    presence = be_found(member, Wish("I am here.", FoundBy.MEMBERS, FACTS))
    settle(presence)
    return presence
