"""A published number in a sentence. No sentence says nought or one, and none says how many exactly."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from leeward.journeys.facts import Pair
from leeward.journeys.words import PLAIN, Speech
from leeward.numbers.cells import label_of
from leeward.numbers.mechanism.saying import How, Said


def how_many(said: Said) -> str:
    """A number of people: "about 200 people", "40 people or more"; "" where it is too few to say."""
    number = number_format(said.number, use_l10n=True, force_grouping=True)
    if said.how is How.ABOUT:
        return _("about %(number)s people") % {"number": number}
    if said.how is How.OR_MORE:
        return _("%(number)s people or more") % {"number": number}
    return ""


def sentence(facts: Sequence[Pair], said: Said, speech: Speech = PLAIN) -> str:
    """What a number says of some facts.

    Args:
        facts: one for each facet of its table.
        said: the number.
        speech: how the place speaks to whoever reads it.
    """
    if not said:
        return too_few(len(facts))
    many = how_many(said)
    what = [label_of(facet, key, speech) for facet, key in facts]
    if len(facts) > 1:
        together = " · ".join(what)
        words = _("Of people here, %(many)s share all of this: %(what)s.") % {"many": many, "what": together}
    else:
        words = _lead(facts[0][0]) % {"many": many, "what": what[0]}
    return words[:1].upper() + words[1:]


def too_few(facts: int) -> str:
    """That there is no number, and that this says nothing."""
    words = _("Too few to say a number here. That says nothing about how many there are in the world.")
    if facts < 2:
        return words
    return " ".join((words, _("With one fact less there may be one.")))


def _lead(facet: str) -> str:
    return {
        "kind": _("%(many)s here have lived through this: %(what)s."),
        "now": _("%(many)s here are at this point now: %(what)s."),
        "year": _("%(many)s here tell of a loss in this year: %(what)s."),
        "weeks": _("%(many)s here tell of a loss at this time: %(what)s."),
        "relation": _("%(many)s here say this of who they are in it: %(what)s."),
        "path": _("%(many)s here have gone this way: %(what)s."),
        "count": _("%(many)s here say this of how many losses there were: %(what)s."),
        "cause": _("%(many)s here tell of this cause: %(what)s."),
        "diagnosis": _("%(many)s here tell that this was found: %(what)s."),
    }[facet]
