"""Nearest: what is near to a plan of facts, and among that to her own words, of what this viewer may see."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer
from leeward.search import documents
from leeward.search.few import keys_of_few
from leeward.search.finder import client
from leeward.search.finder.client import FinderUnavailable, Ranked
from leeward.search.models import IndexedDocument
from leeward.search.plans import Plan, Row, scored
from leeward.search.showing import Found, Name, Sight

PULL = 3.0
"""What likeness of words weighs against facts: what a cosine of 1 counts. To be tuned on judgements."""
FIRST_SEEN, THEN_SEEN = 4, 20
"""About so many of them are asked about first, and then: mostly the first few are enough. To ask costs by the thing."""
FIRST_REACH, LAST_REACH = 50, 3200
"""So many are looked at first, and at most, for those that the viewer may see."""
WITHOUT_FINDER = 2000
"""So many of the newest are weighed where the finder cannot be asked."""
LATELY = 30
"""So long (seconds) the finder is not asked again for what is near by facts alone; what may be seen is, each time."""
MOST_LATELY = 256
"""So many such answers a process keeps, at most: ids by the facts that were asked for, and by nobody's name."""


@dataclass(frozen=True)
class Nearest:
    """What is near.

    Args:
        found: nearest first.
        is_partial: whether only the newest were weighed, and by facts alone: the finder could not be asked.
    """

    found: list[Found]
    is_partial: bool = False


def nearest(
    plan: Plan,
    viewer: Viewer,
    *,
    kinds: Sequence[str],
    words: str = "",
    but: Iterable[Name] = (),
    size: int = 20,
    pull: float = PULL,
) -> Nearest:
    """The things nearest to a plan, of those that this viewer may and wants to see. Her own are left out.

    Args:
        plan: what near means; an empty one finds nothing.
        viewer: who is looking.
        kinds: of what kinds ("stories.story").
        words: words of hers, to re-rank the nearest few thousand by; empty: by facts alone.
        but: things to leave out, by kind and key.
        size: at most so many.
        pull: what likeness of words weighs.
    """
    if not plan or not kinds:
        return Nearest([])
    left_out, sight = set(but), Sight(viewer)

    seen = partial(_seen, sight, left_out, size)

    def asked(reach: int, among: Sequence[int] | None = None) -> Ranked:
        if not words and among is None and len(kinds) == 1 and kinds[0] in _standing_alone():
            return _near_lately(plan, reach, client.which(), int(time.monotonic()) // LATELY)[kinds[0]]
        return client.near(plan, kinds=kinds, words=words, pull=pull, reach=reach, among=among)

    try:
        found = _widening(asked, seen, size, max(FIRST_REACH, 2 * size + len(left_out)))
        if found is None:
            few = keys_of_few(kinds, viewer)
            found = seen(asked(LAST_REACH) if few is None else asked(len(few) + 1, few))
        return Nearest(sight.fetched(found[:size]))
    except FinderUnavailable:
        return Nearest(sight.fetched(seen(_by_newest(plan, kinds))[:size]), is_partial=True)


def _seen(sight: Sight, left_out: set[Name], size: int, ranked: Ranked) -> list[Name]:
    """Those that she may and wants to see, in order: of the first few, and of more only if these are not enough."""
    found, names = list[Name](), [name for name in ranked.names if name not in left_out]
    edges = (0, max(FIRST_SEEN, 2 * size), max(THEN_SEEN, 4 * size), len(names))
    for start, end in pairwise(edges):
        if len(found) < size:
            visible = sight.among(names[start:end], but_hers=True)
            found += [name for name in names[start:end] if name in visible]
    return found


@lru_cache(MOST_LATELY)
def _near_lately(plan: Plan, reach: int, _finder: object, _moment: int) -> dict[str, Ranked]:
    """What is near by facts alone: the same for everybody who asks for these facts, whatever she may see of it.

    Of every kind at once that stands inside no other: who is shown people is shown stories beside them.
    """
    return client.near_each(plan, kinds=_standing_alone(), reach=reach)


def _standing_alone() -> list[str]:
    return [kind for kind in documents.kinds() if not model_of(kind).inside]


def forget_lately() -> None:
    """Ask the finder anew, whatever it said before."""
    _near_lately.cache_clear()


def _widening(
    asked: Callable[[int], Ranked], seen: Callable[[Ranked], list[Name]], size: int, reach: int
) -> list[Name] | None:
    """Look further until as many are seen as were asked for, or there are no more; None if that is too far."""
    while True:
        reach = min(reach, LAST_REACH)
        ranked = asked(reach)
        found = seen(ranked)
        if len(found) >= size or len(ranked.names) < reach:
            return found
        if reach == LAST_REACH:
            return None
        reach *= 4


def _by_newest(plan: Plan, kinds: Sequence[str]) -> Ranked:
    """The newest documents, weighed here and now."""
    rows = IndexedDocument.objects.filter(kind__in=list(kinds)).order_by("-at")
    read = rows.values_list("pk", "kind", "thing_id", "at", "facts")[:WITHOUT_FINDER]
    weighed = scored(
        plan, (Row(key, kind, thing, at, frozenset(facts.split())) for key, kind, thing, at, facts in read)
    )
    return Ranked([(row.kind, row.thing_id) for _weight, row in weighed], [float(weight) for weight, _row in weighed])
