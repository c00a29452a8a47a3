from leeward.audience.notes import NOTE
from leeward.journeys.changes import CHANGES
from leeward.journeys.models import Fact
from leeward.journeys.steps import LOSS_FACETS, STEPS
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY, About
from leeward.journeys.vocabulary import FACET, FACETS, LOCAL_WORD, NOW
from leeward.journeys.ways import WAYS


def test_every_facet_has_its_own_key_and_every_term_too() -> None:
    assert len({facet.key for facet in (*FACETS, LOCAL_WORD)}) == len(FACETS) + 1
    for facet in FACETS:
        assert len({term.key for term in facet.terms}) == len(facet.terms), facet.key


def test_keys_fit_where_they_are_stored_and_never_mean_no_answer() -> None:
    for facet in FACETS:
        assert len(facet.key) <= (Fact._meta.get_field("facet").max_length or 0)
        for term in facet.terms:
            assert len(term.key) <= (Fact._meta.get_field("key").max_length or 0)
            assert term.key not in {RATHER_NOT_SAY, OWN_WORDS, ""}


def test_every_facet_is_asked_on_exactly_one_page() -> None:
    asked = [facet.key for step in STEPS for facet in step.facets] + [facet.key for facet in LOSS_FACETS]
    assert sorted(asked) == sorted(facet.key for facet in FACETS)
    assert all(facet.about == About.PERSON for step in STEPS for facet in step.facets)


def test_every_term_that_is_compared_says_so_in_words() -> None:
    silent = {("alive", "no"), ("alive", "not_applicable"), ("count", "one")}  # nearly everybody's: no reason
    for facet in FACETS:
        for term in facet.terms:
            if facet.weight and (facet.key, term.key) not in silent:
                assert str(term.also).startswith("also "), (facet.key, term.key)


def test_ways_are_kinds_of_loss_and_paths_alone() -> None:
    assert {facet for facet, _key in WAYS} == {"kind", "path"}
    assert ("kind", "ectopic") in WAYS
    assert ("path", "ivf") in WAYS
    assert ("path", "no_help") not in WAYS


def test_what_others_must_not_learn_by_default_is_shy() -> None:
    for key in ("children", "body", "heart", "faith", "tradition"):
        assert FACET[key].shy, key
    assert not FACET["kind"].shy


def test_every_change_ends_and_begins_terms_that_there_are() -> None:
    terms = {term.key for term in NOW.terms}
    for change in CHANGES:
        assert change.ends <= terms, change.key
        assert change.begins in terms | {""}, change.key
        assert change.begins not in change.ends or change.another_loss, change.key
        assert set(change.notes) <= NOTE.keys(), change.key
