"""What a presence shows: its facts, to whom, and whether its author's journey says something else now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.audience.models import MEMBERS, RingKind, RingMember
from leeward.audience.prepared import prepared
from leeward.audience.rows import in_sizes
from leeward.audience.viewers import Viewer
from leeward.circles.actions.letting_in import let_in_ring
from leeward.circles.models import FoundBy, Presence, PresenceFact
from leeward.journeys.facts import Pair, ticked_at_first
from leeward.journeys.shown import offered_pairs
from leeward.members.models import Member


class CannotBeFoundSo(ValueError):
    """The choices contradict each other; the message says which, in words for her."""


@dataclass(frozen=True)
class Wish:
    """How a member wishes to be found.

    Args:
        text: her words; may be empty.
        found_by: by whom.
        facts: (facet, key) pairs shown.
        notes: bit mask of what is inside.
    """

    text: str
    found_by: FoundBy
    facts: frozenset[Pair] = frozenset()
    notes: int = 0


@dataclass(frozen=True)
class SaysElse:
    """Where her journey says something else than what she shows.

    Args:
        gone: shown, and no longer true.
        come: true now, of the same questions.
    """

    gone: list[Pair]
    come: list[Pair]


def facts_of(presences: Iterable[Presence]) -> dict[int, list[Pair]]:
    """The facts of each presence, by its key. One query for all."""
    facts: dict[int, list[Pair]] = defaultdict(list)
    for some in in_sizes(presence.pk for presence in presences):
        for presence_id, facet, key in _facts_shown(Viewer.stranger(), len(some), **some):
            facts[presence_id].append((facet, key))
    return facts


@prepared
def _facts_shown(_anybody: Viewer, /, many: int, **keys: int) -> QuerySet[PresenceFact, tuple[int, str, str]]:
    rows = PresenceFact.objects.filter(presence_id__in=list(keys.values())).order_by("pk")
    return rows.values_list("presence_id", "facet", "key")


def rings_for(member: Member, found_by: FoundBy, facts: Iterable[Pair]) -> set[int]:
    """The rings that a choice means: those of her ways which she shows; and always the people whom she lets find her.

    A way that she does not show is no ring of hers here: it would tell those on it what she left unticked.

    Raises:
        CannotBeFoundSo: people on the same way are to find her, and none of her ways is shown.
    """
    rings = {let_in_ring(member).pk}
    if found_by == FoundBy.MEMBERS:
        rings.add(MEMBERS)
    if found_by == FoundBy.SAME_WAY:
        named = [f"{facet}:{key}" for facet, key in facts]
        hers = RingMember.objects.filter(member=member, ring__kind=RingKind.WAY, ring__way__in=named)
        ways = set(hers.values_list("ring_id", flat=True))
        if not ways:
            raise CannotBeFoundSo(
                _("For people on the same way to find you, show what happened to you, or your path. Or choose members.")
            )
        rings |= ways
    return rings


def says_else(presence: Presence) -> SaysElse | None:
    """Whether her journey says something else now than what she shows; None if it does not.

    Compared are the questions of what is no longer true. What she left unticked is not brought up again.
    """
    author = presence.author
    if author is None:
        return None
    shown, told = facts_of([presence])[presence.pk], offered_pairs(author)
    gone = [pair for pair in shown if pair not in told]
    if not gone:
        return None
    facets = {facet for facet, _key in gone}
    come = [pair for pair in ticked_at_first(told) if pair[0] in facets and pair not in shown]
    return SaysElse(gone, come)
