"""Cases and desks, for tests of those who moderate."""

from __future__ import annotations

from django.test import Client

from leeward.audience.models import EVERYONE
from leeward.members.models import Member
from leeward.moderation.actions import hold_first_text
from leeward.moderation.actions.keeping import (
    keep_desk,
)
from leeward.moderation.models import Because, Case, Priority
from leeward.moderation.queue import Line, waiting_for
from tests.conftest import Cast
from tests.moderation.casework import case_about
from tests.stories.telling import told


def case_of_a_first_text(cast: Cast, *, notes: int = 0) -> Case:
    story = told(cast.author, EVERYONE, text="held", notes=notes)
    hold_first_text(story)
    return case_about(story)


def urgent(cast: Cast, *signs: str) -> Case:
    case = case_of_a_first_text(cast)
    case.because, case.priority, case.signs = Because.CARE, Priority.URGENT, list(signs or ["risk"])
    case.save()
    return case


def desk(moderator: Member, **chosen: object) -> None:
    kept = {"avoids": 0, "avoids_losses": [], "away_from": None, "away_until": None, "daily_cap": 20, **chosen}
    keep_desk(moderator, **kept)  # type: ignore[arg-type]  # a test chooses one thing at a time


def offered(moderator: Member) -> list[Line]:
    return waiting_for(moderator)


def page(client: Client, path: str = "/moderation/") -> str:
    return client.get(path).content.decode()
