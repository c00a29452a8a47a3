"""The index ranks as the reasons say: the plan weighs what likeness weighs, for any two profiles."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.journeys.facts import Pair
from leeward.journeys.models import Weighing
from leeward.journeys.nearness import Profile, likeness
from leeward.journeys.ranking import factors_in, facts_for_index, plan_for
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.weighing import weighings_of
from leeward.search.plans import weigh
from tests.conftest import Cast

TERMS = [(facet.key, term.key) for facet in FACETS for term in facet.terms]
TIMES = [("month", f"{year}-{month:02}") for year in (2023, 2024, 2025, 2026) for month in range(1, 13)]
WEEKS = [("weeks", str(week)) for week in range(46)]
PAIRS = st.lists(st.sampled_from(TERMS), max_size=12)
SHOWN = st.tuples(
    PAIRS, st.lists(st.sampled_from(WEEKS), max_size=3), st.lists(st.sampled_from(TIMES), max_size=3)
).map(lambda parts: [pair for part in parts for pair in part])
FACTORS = st.dictionaries(st.sampled_from([facet.key for facet in FACETS] + ["weeks", "when"]), st.sampled_from([0, 2]))


@settings(max_examples=60)
@given(SHOWN, SHOWN, FACTORS)
def test_the_plan_weighs_what_likeness_weighs(mine: list[Pair], theirs: list[Pair], factors: dict[str, int]) -> None:
    a, b = Profile.from_pairs(mine), Profile.from_pairs(theirs)
    assert weigh(plan_for(a, factors), facts_for_index(theirs)) == likeness(a, b, factors=factors)[0]


def test_what_was_said_lately_counts_a_little_more_than_what_was_not() -> None:
    plan = plan_for(Profile.from_pairs([("kind", "tfmr")]))
    lately = plan.groups[-1].terms[0]
    assert weigh(plan, frozenset({"kind:tfmr", lately})) > weigh(plan, frozenset({"kind:tfmr", "said:1999-01"}))
    assert weigh(plan, frozenset({"kind:ectopic", lately})) == 0  # newness alone is nothing in common


def test_who_says_nothing_that_can_be_compared_looks_for_nothing() -> None:
    assert not plan_for(Profile())
    assert not plan_for(Profile.from_pairs([("kind", "tfmr")]), {"kind": 0})


def test_a_member_weighs_questions_for_herself(cast: Cast) -> None:
    Weighing.objects.create(member=cast.author, facet="path", more=True)
    Weighing.objects.create(member=cast.author, facet="faith", more=False)
    assert factors_in(weighings_of(cast.author)) == {"path": 2, "faith": 0}
    assert factors_in(weighings_of(cast.other_member)) == {}
