"""How a text came before a person, so far as its writer may know it.

Where few people can see a text, "someone pointed it out" would tell who. Then nothing is said of how it came to be
read, whether it was pointed out or not (docs/decisions/0015-what-a-statement-says.md).
"""

from __future__ import annotations

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.members.models import Member
from leeward.moderation.models import Case, Found

FEW = 20
"""A place with fewer members than this is itself a circle in which everybody would guess who it was."""


def how_found(case: Case, thing: Shared | None) -> Found:
    """What the writer is told of how it came about. Asked once, when it is decided, and kept with the decision.

    Asked later, she could learn more by showing a hidden text to more people.

    Args:
        case: the case that is decided.
        thing: its thing as it stands, or None if it is gone.
    """
    was_shown = thing is None or thing.at is not None
    if was_shown and (case.few or not seen_by_many(case.under_kind, case.under_id)):
        return Found.UNSAID
    if case.reports.exists():
        return Found.NOTICE
    return Found.SCREENING if case.signs else Found.READING


def seen_by_many(kind: str, thing_id: int) -> bool:
    """Whether everyone, or all members of a place that has more than a few, may see this.

    Args:
        kind: of the outermost thing, which has the audience: "stories.story".
        thing_id: its key.
    """
    try:
        rows = model_of(kind).audience_rows
    except LookupError:  # the room that made it is no more
        return False
    if rows is None:
        return False
    great = set(rows._default_manager.filter(thing_id=thing_id, ring_id__lte=MEMBERS).values_list("ring_id", flat=True))
    return EVERYONE in great or (bool(great) and Member.objects.all()[:FEW].count() == FEW)
