"""The words by which services fit."""

from __future__ import annotations

from leeward.journeys.vocabulary import FACET
from leeward.library.finding import terms


def test_the_answers_by_which_services_fit_are_those_of_the_journey() -> None:
    for facet, keys in terms.FACETS.items():
        assert set(keys) == {one.key for one in FACET[facet].terms}
    assert len(terms.FACETS["kind"]) <= 32 >= len(terms.FACETS["relation"])
    assert all(bit < 1 << 63 for known in terms.BITS.values() for bit in known.values())
    for facets in (("kind", "children"), ("relation", "path")):
        assert not terms.ALL[facets[0]] & terms.ALL[facets[1]]
