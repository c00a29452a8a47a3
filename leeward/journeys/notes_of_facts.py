"""Content notes that belong to a fact: who shows it shows what others may have asked not to meet."""

from __future__ import annotations

from collections.abc import Iterable

from leeward.audience.notes import mask_of
from leeward.journeys.facts import Pair

NOTES_OF_FACTS: dict[Pair, tuple[str, ...]] = {
    # A pregnancy that goes on.
    ("now", "pregnant_after_loss"): ("pregnancy_current",),
    ("now", "in_limbo"): ("pregnancy_current",),
    # A child who lives.
    ("now", "parenting_after_loss"): ("living_child",),
    ("children", "living_before"): ("living_child",),
    ("children", "living_after"): ("living_child",),
    ("children", "twin_survivor"): ("living_child",),
    ("children", "step_or_foster"): ("living_child",),
    ("support", "children_speak"): ("living_child",),
    # What happened, where its name alone says what the note says.
    ("kind", "tfmr"): ("termination",),
    ("kind", "reduction"): ("termination",),
    ("kind", "other_ending"): ("termination",),
    ("diagnosis", "hysterectomy"): ("hysterectomy",),
    ("cause", "accident_violence"): ("abuse_violence",),
    ("cause", "care"): ("complaint_about_care",),
    # A faith, or anger at it.
    ("faith", "catholic"): ("faith",),
    ("faith", "orthodox"): ("faith",),
    ("faith", "protestant"): ("faith",),
    ("faith", "latter_day_saint"): ("faith",),
    ("faith", "jewish"): ("faith",),
    ("faith", "muslim"): ("faith",),
    ("faith", "hindu"): ("faith",),
    ("faith", "sikh"): ("faith",),
    ("faith", "buddhist"): ("faith",),
    ("faith", "shinto"): ("faith",),
    ("faith", "indigenous"): ("faith",),
    ("faith", "angry"): ("anger_at_faith",),
}
"""Which notes each fact brings. A fact that is not here brings none: that there was a loss everybody here knows."""


def notes_of(pairs: Iterable[Pair]) -> int:
    """The notes that these facts bring with them, as a bit mask."""
    return mask_of(key for pair in pairs for key in NOTES_OF_FACTS.get(pair, ()))
