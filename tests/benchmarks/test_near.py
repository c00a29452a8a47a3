"""The nearest journeys are measured against a reference that is right, and a peer that answers the same."""

from __future__ import annotations

import random

import pytest

from benchmarks import near, near_peer
from benchmarks.near_place import Reference
from benchmarks.vector_peer import vector_peer
from bin.with_postgres import CannotStart
from leeward.search.plans import scored


def test_brute_force_and_the_peer_say_what_plain_python_says() -> None:
    every, known = list(near.rows(600)), Reference(600)
    chance = random.Random(3)  # noqa: S311  # the same each time
    for row in every:
        known.add(row)
    plans = [near.plan_of(near.journey(chance), chance) for _ in range(5)]
    expected = [[row.key for _weight, row in scored(plan, every)[:20]] for plan in plans]
    assert [known.nearest(plan, 20) for plan in plans] == expected
    words = near.directions(600, 1)
    try:
        with vector_peer() as peer:
            near_peer.make(peer)
            peer.store("vectors", range(1, 601), words)
            near_peer.store(peer, known)
            assert [near_peer.nearest(peer, plan, known.terms) for plan in plans] == expected
            by_words = near_peer.nearest_by_words(peer, plans[0], known.terms, words[100], 300)
            assert len(set(by_words) & {row.key for _weight, row in scored(plans[0], every)[:300]}) == 20
    except CannotStart as reason:
        pytest.skip(str(reason))


def test_the_finder_is_measured_in_its_own_process_and_is_exact() -> None:
    figures = near.measured(700, asked=10, alone=True)
    assert figures["held against brute force"] == 30
    assert figures["not exact"] == 0
    assert figures["brute force held against plain Python"]
    assert figures["memory after all questions, MiB"]["resident"] > 50
