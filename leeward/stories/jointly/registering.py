"""What telling together tells the rooms below at start-up; what is kept of a member, how it is given, how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import when_blocked
from leeward.audience.known import Known
from leeward.audience.shared import State
from leeward.kit.moments import written_out
from leeward.members.belongings import Belonging, Farewell, Row
from leeward.members.belongings import register as register_belonging
from leeward.members.models import Member
from leeward.moderation.actions import when_kept_from_writing
from leeward.notifications.kinds import Kind
from leeward.notifications.kinds import register as register_kind
from leeward.stories.jointly.agreeing import AGREED
from leeward.stories.jointly.parting import part_between, part_from_all
from leeward.stories.jointly.questions import agreed_up_to, told_as_second
from leeward.stories.models import Story


def register_telling_together() -> None:
    """Register all of it. Called after the stories have: joint words are never left behind."""
    register_belonging(Belonging("told_together", _("What I tell together with another"), (Story,), _export, _erase))
    when_blocked(part_between)
    when_kept_from_writing(part_from_all)
    register_kind(Kind(AGREED, _("Someone agrees to tell something with me"), _("What you asked has an answer.")))


def _export(member: Member) -> Iterator[Row]:
    """What another wrote down and she agreed to, as long as she does."""
    known = Known(member)
    for story in told_as_second(member):
        yield {
            "with": known.name_of(story.author) or None,
            "title": story.title,
            "text": story.text,
            "state": str(State(story.state).label),
            "agreed": written_out(story.agreed_at),
            "up_to": str(agreed_up_to(story).label),
            "inside": [str(note.label) for note in story.content_notes],
        }


def _erase(member: Member, farewell: Farewell) -> None:
    """With either farewell it ends, whichever of the two leaves."""
    part_from_all(member)
