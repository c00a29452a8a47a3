"""Write the texts of the queue, and bring those before a person that the reading would bring there."""

from __future__ import annotations

from typing import Any

from leeward.audience.shared import Shared
from leeward.moderation.actions.cases import call_moderators, case_of
from leeward.moderation.models import Because, Priority
from leeward.moderation.signs import CARE, SIGN
from leeward.village.queue.house import House
from leeward.village.stories import answer_story, tell_story


def write_text(house: House, told: dict[str, Any], *, at: int) -> None:
    """A text, shown or held as its table says.

    Args:
        house: who and what there is; the text is added.
        told: its table.
        at: when it was written (microseconds).
    """
    by, signs = house.people[told["by"]], frozenset(told.get("signs", ()))
    held = told.get("first", False) or bool(signs - {"risk"})
    if "story" in told:
        made: Shared = answer_story(house.stories[told["story"]], told, by=by, at=at, held=held)
    else:
        made = house.stories[told["key"]] = tell_story(told, by=by, at=at, held=held)
    house.texts[told["key"]] = made
    if held or signs:
        _bring_before_a_person(made, signs)


def _bring_before_a_person(thing: Shared, signs: frozenset[str]) -> None:
    """Open a case, as `moderation.actions.settle` does once the reader has answered: here nobody can be asked yet."""
    because = Because.CARE if signs & CARE else Because.DOUBTFUL if signs else Because.FIRST_TEXT
    case = case_of(thing, because)
    case.signs = sorted(signs)
    case.priority = Priority.URGENT if any(SIGN[key].urgent for key in signs) else Priority.ORDINARY
    case.save(update_fields=["signs", "priority"])
    if case.is_urgent:
        call_moderators(case)
