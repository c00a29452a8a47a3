"""The nearest journeys in SQL: PostgreSQL weighs facts as bits, and pgvector ranks the first few thousand by words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.near_place import Reference
from benchmarks.vector_peer import Floats, VectorPeer, as_text, bits
from leeward.search.plans import Plan

FACTS = 512
"""Bits of a journey: of the ways that were tried (arrays, a row a fact, bits) the quickest."""


def make(peer: VectorPeer) -> None:
    """An empty table of journeys; their vectors stand beside it, for its rows to stay short."""
    peer.run("CREATE TABLE journey (id bigint, at bigint, facts bit(512))")


def store(peer: VectorPeer, known: Reference) -> None:
    """All journeys, 100,000 at a time."""
    for first in range(0, len(known.at), 100_000):
        some = slice(first, first + 100_000)
        at = known.at[some]
        keys = np.arange(first + 1, first + 1 + len(at))
        flags = np.ascontiguousarray(known.flags[:, some].T)
        peer.copy("journey", {"id": keys.astype(">i8"), "at": at.astype(">i8"), "facts": bits(flags)})
    peer.run("ALTER TABLE journey ADD PRIMARY KEY (id)")
    peer.run("ALTER TABLE vectors ADD PRIMARY KEY (id)")
    peer.run("VACUUM ANALYZE journey")
    peer.run("VACUUM ANALYZE vectors")


def nearest(peer: VectorPeer, plan: Plan, terms: dict[str, int]) -> list[int]:
    """The 20 nearest by facts."""
    weight, masks = _weight(plan, terms)
    rows = peer.run(
        f"SELECT id FROM (SELECT id, at, {weight} AS weight FROM journey) AS weighed WHERE weight > 0 "
        "ORDER BY weight DESC, at DESC, id DESC LIMIT 20",
        masks,
    )
    return [key for (key,) in rows]


def nearest_by_words(peer: VectorPeer, plan: Plan, terms: dict[str, int], words: Floats, first: int) -> list[int]:
    """The nearest so many by facts, and of them the 20 nearest by facts and words."""
    weight, masks = _weight(plan, terms)
    rows = peer.run(
        f"WITH weighed AS (SELECT id, at, {weight} AS weight FROM journey), "
        "few AS (SELECT * FROM weighed WHERE weight > 0 ORDER BY weight DESC, at DESC, id DESC LIMIT %s) "
        "SELECT id FROM few JOIN vectors USING (id) "
        "ORDER BY weight + 3.0 * greatest(1 - (vector <=> %s::halfvec), 0) DESC, at DESC, id DESC LIMIT 20",
        [*masks, first, as_text(words)],
    )
    return [key for (key,) in rows]


def _weight(plan: Plan, terms: dict[str, int]) -> tuple[str, list[str]]:
    """What a journey weighs, as an expression, and the masks that stand in it."""
    parts, masks = [], []
    for group in plan.groups:
        flags: NDArray[np.uint8] = np.zeros(FACTS, dtype=np.uint8)
        flags[[terms[term] for term in group.terms if term in terms]] = 1
        masks.append("".join(map(str, flags.tolist())))
        more = group.weight + group.more
        parts.append(f"CASE bit_count(facts & %s::bit(512)) WHEN 0 THEN 0 WHEN 1 THEN {group.weight} ELSE {more} END")
    return " + ".join(parts), masks
