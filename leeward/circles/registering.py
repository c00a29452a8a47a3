"""What this room tells the rooms below at start-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import when_blocked
from leeward.audience.knowing import know_each_other
from leeward.circles.actions.being_found import erase_presence
from leeward.circles.actions.ending import end_between, let_waiting_notes_go
from leeward.circles.actions.lighting import ASKED, FOUND, put_out_all
from leeward.circles.actions.talking import LINE, NOTE, tell_the_asked, tell_the_other
from leeward.circles.belongings import register_belongings
from leeward.circles.finding import register_finding
from leeward.circles.knowing import met_by
from leeward.circles.models import Line, Meeting, PresenceFact
from leeward.circles.tending import register_tending
from leeward.journeys.vocabulary import KIND
from leeward.members import hub
from leeward.members.consents import when_withdrawn
from leeward.members.leaving import item_page
from leeward.members.models import Purpose
from leeward.moderation.actions import when_released
from leeward.moderation.conduct import register_talk
from leeward.moderation.losses import Source, register
from leeward.notifications import kinds


def register_room() -> None:
    """Register all of it."""
    register_belongings()
    register_tending()
    register_finding()
    when_withdrawn(Purpose.FOUND, erase_presence)
    when_withdrawn(Purpose.FOUND, let_waiting_notes_go)
    when_withdrawn(Purpose.JOURNEY, put_out_all)
    when_blocked(end_between)
    know_each_other(met_by)
    when_released(Meeting, tell_the_asked)
    when_released(Line, tell_the_other)
    register_talk("circles.line")
    register(Source("circles.presence", _losses, _tells_of))
    _register_bells()
    _register_ways()


def _register_bells() -> None:
    kinds.register(kinds.Kind(NOTE, _("Someone writes to me for the first time"), _("Someone has written to you.")))
    kinds.register(kinds.Kind(LINE, _("Someone whom I met writes on"), _("Someone has written to you again.")))
    kinds.register(
        kinds.Kind(ASKED, _("A light was left on for someone like me"), _("Somebody would like to ask you something."))
    )
    kinds.register(
        kinds.Kind(FOUND, _("A light that I left on has found someone"), _("Your light has been seen by somebody."))
    )


def _register_ways() -> None:
    hub.register(_("People"), "circles:people", _("Notes to you, and people you write with."))
    hub.register(_("Being found"), "circles:found", _("Whether people find you here, and as what."))
    hub.register(_("Lights left on"), "circles:lights", _("To hear when someone like you comes."))
    item_page(_("As what people find me"), "circles:found")
    item_page(_("What I wrote to people"), "circles:people")
    item_page(_("Lights left on"), "circles:lights")


def _losses() -> list[tuple[str, str]]:
    return [(term.key, str(term.label)) for term in KIND.terms]


def _tells_of(presences: Collection[int]) -> Mapping[int, frozenset[str]]:
    """By the facts that each member chose to show."""
    found: dict[int, set[str]] = defaultdict(set)
    facts = PresenceFact.objects.filter(presence__in=presences, facet=KIND.key)
    for presence_id, key in facts.values_list("presence_id", "key"):
        found[presence_id].add(key)
    return {presence_id: frozenset(keys) for presence_id, keys in found.items()}
