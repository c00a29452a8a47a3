from leeward.journeys.nearness import Profile
from leeward.journeys.statistics import FIGURES, SHOWN, general_statistics, statistics_for
from leeward.journeys.vocabulary import FACET


def test_every_figure_has_a_source_and_belongs_to_terms_that_there_are() -> None:
    for figure in FIGURES:
        assert figure.source
        assert figure.of
        for facet, key in figure.of:
            assert FACET[facet].term(key).also, "only facts that are compared lead to a figure"


def test_a_figure_fits_what_was_told() -> None:
    sources = [figure.source for figure in statistics_for(Profile.from_pairs([("kind", "ectopic")]))]
    assert sources[0] == "NICE guideline NG126, 2019"
    assert not statistics_for(Profile())
    assert not statistics_for(Profile.from_pairs([("heart", "love")]))


def test_there_are_never_more_than_a_few() -> None:
    everything = [(facet.key, term.key) for facet in FACET.values() for term in facet.terms]
    assert len(statistics_for(Profile.from_pairs(everything))) == SHOWN


def test_who_has_said_nothing_reads_what_is_true_of_very_many() -> None:
    assert [figure.sentence.split(",")[0] for figure in general_statistics()] == [
        "Of all recognised pregnancies",
        "About one adult in six lives through infertility at some time.",
    ]
