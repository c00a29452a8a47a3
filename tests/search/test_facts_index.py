"""The facts index gives exactly what plain Python gives, of any documents and plans, after any changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leeward.search.finder.bits import Counter, bitmap_of, count, holds, slots_in, words_for
from leeward.search.finder.facts import FactsIndex
from leeward.search.plans import Group, Plan, Row, scored, weigh

TERMS = [f"facet:{name}" for name in "abcdefgh"]
KINDS = ["stories.story", "circles.presence"]

facts = st.frozensets(st.sampled_from(TERMS))
rows = st.builds(
    lambda kind, at, facts: (kind, at, facts), st.sampled_from(KINDS), st.integers(0, 5), facts
)  # few moments, so that many are equal
groups = st.builds(
    Group,
    st.lists(st.sampled_from([*TERMS, "facet:unknown"]), max_size=4).map(tuple),
    st.integers(0, 9),
    st.integers(0, 3),
    st.booleans(),
)
plans = st.lists(groups, max_size=6).map(lambda some: Plan(tuple(some)))


@contextmanager
def an_index() -> Iterator[FactsIndex]:
    with tempfile.TemporaryDirectory() as folder:
        yield FactsIndex(Path(folder))


def found(
    index: FactsIndex, plan: Plan, many: int, kinds: list[str], among: list[int] | None = None
) -> list[tuple[int, int]]:
    slots, weights = index.nearest(plan, many, index.within(kinds, among))
    return list(zip(weights.tolist(), index.keys.array[slots].tolist(), strict=True))


def expected(plan: Plan, documents: list[Row], many: int) -> list[tuple[int, int]]:
    return [(weight, row.key) for weight, row in scored(plan, documents)][:many]


@given(st.lists(rows, max_size=150), plans, st.integers(1, 30), st.data())
def test_the_nearest_are_those_of_plain_python_in_the_same_order(told, plan, many, data) -> None:
    documents = [Row(key, kind, key * 7, at, facts) for key, (kind, at, facts) in enumerate(told, start=1)]
    with an_index() as index:
        if data.draw(st.booleans()):
            index.fill(documents)
        else:
            for row in documents:
                index.put(row)
        assert found(index, plan, many, KINDS) == expected(plan, documents, many)
        stories = [row for row in documents if row.kind == KINDS[0]]
        assert found(index, plan, many, KINDS[:1]) == expected(plan, stories, many)
        for kind, (slots, _weights) in zip(
            KINDS, index.nearest_each(plan, many, [index.within([kind]) for kind in KINDS]), strict=True
        ):
            of_kind = [row for row in documents if row.kind == kind]
            assert index.keys.array[slots].tolist() == [key for _weight, key in expected(plan, of_kind, many)]
        few = data.draw(st.lists(st.integers(1, 160)))
        some = [row for row in documents if row.key in few]
        assert found(index, plan, many, KINDS, few) == expected(plan, some, many)
        changed = {row.key: row for row in documents}
        for key in data.draw(st.lists(st.integers(1, 160), max_size=20)):
            if data.draw(st.booleans()):
                index.remove(key)
                changed.pop(key, None)
            else:
                changed[key] = Row(
                    key, data.draw(st.sampled_from(KINDS)), key * 7, data.draw(st.integers(0, 5)), data.draw(facts)
                )
                index.put(changed[key])
        assert found(index, plan, many, KINDS) == expected(plan, list(changed.values()), many)


@given(st.lists(st.tuples(st.frozensets(st.integers(0, 199)), st.integers(0, 40)), max_size=12))
def test_a_counter_counts(added) -> None:
    counter = Counter(words_for(200))
    for slots, weight in added:
        counter.add(bitmap_of(np.array(sorted(slots), dtype=np.int64), words_for(200)), weight)
    totals = [sum(weight for slots, weight in added if slot in slots) for slot in range(200)]
    assert counter.weights(np.arange(200)).tolist() == totals


@given(st.frozensets(st.integers(0, 300)))
def test_a_bitmap_keeps_what_is_in_it(slots) -> None:
    bitmap = bitmap_of(np.array(sorted(slots), dtype=np.int64), words_for(301))
    assert count(bitmap) == len(slots)
    assert slots_in(bitmap).tolist() == sorted(slots)
    assert holds(bitmap, np.arange(301)).nonzero()[0].tolist() == sorted(slots)


def test_it_grows_beyond_its_first_room_and_opens_again_as_it_was() -> None:
    documents = [
        Row(key, KINDS[key % 2], key, key % 97, frozenset({f"count:{key % 5}", f"only:{key % 700}"}))
        for key in range(1, 9001)
    ]
    plan = Plan((Group(("count:1", "count:2"), 3), Group(("only:5",), 4)))
    with tempfile.TemporaryDirectory() as folder:
        index = FactsIndex(Path(folder))
        for row in documents:
            index.put(row)
        index.remove(17)
        documents = [row for row in documents if row.key != 17]
        assert found(index, plan, 50, KINDS) == expected(plan, documents, 50)
        again = FactsIndex(Path(folder), index.kept())
        assert found(again, plan, 50, KINDS) == expected(plan, documents, 50)
        again.put(Row(9999, KINDS[0], 5, 1000, frozenset({"only:5", "count:1"})))
        assert found(again, plan, 1, KINDS) == [(7, 9999)]
        assert again.used == 9000  # the slot of what left is used again


def test_a_plan_without_weight_finds_nothing() -> None:
    assert not Plan()
    assert not Plan((Group(("a:b",), 0),))
    assert not Plan((Group(("a:b",), 1, makes_near=False),))
    assert weigh(Plan((Group(("a:b", "a:c"), 2, more=1),)), frozenset({"a:b", "a:c"})) == 3


def test_what_only_counts_besides_makes_nothing_near() -> None:
    plan = Plan((Group(("kind:tfmr",), 2), Group(("said:2026-11",), 1, makes_near=False)))
    assert weigh(plan, frozenset({"said:2026-11"})) == 0
    assert weigh(plan, frozenset({"said:2026-11", "kind:tfmr"})) == 3
    assert Plan.from_json(plan.to_json()) == plan
