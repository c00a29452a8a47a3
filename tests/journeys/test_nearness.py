import pytest

from leeward.journeys.actions import Given, answer
from leeward.journeys.nearness import Profile, likeness, profile_of
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.journeys.vocabulary import FACET
from leeward.journeys.words import Speech
from tests.conftest import Cast
from tests.journeys.journeying import lost, told

SECOND_TRIMESTER = [("kind", "miscarriage_late"), ("path", "ivf"), ("how", "missed")]


def test_shared_facts_are_said_as_reasons_most_telling_first() -> None:
    one = Profile.from_pairs(SECOND_TRIMESTER, weeks=[20])
    other = Profile.from_pairs(SECOND_TRIMESTER, weeks=[19])
    weight, reasons = likeness(one, other)
    assert reasons == ["also at around nineteen weeks", "also through IVF", "also told at a scan"]
    assert weight > 0


def test_the_trimester_is_said_where_weeks_are_not_or_where_it_has_a_word_of_its_own() -> None:
    plain, weeks = Profile.from_pairs(SECOND_TRIMESTER), Profile.from_pairs(SECOND_TRIMESTER, weeks=[20])
    assert likeness(plain, weeks)[1][0] == "also in the second trimester"
    speech = Speech({("kind", "miscarriage_late"): "the day of the storm"})
    assert likeness(weeks, weeks, speech)[1][0] == "also: the day of the storm"


def test_nothing_shared_is_no_reason_and_no_weight() -> None:
    assert likeness(Profile.from_pairs([("kind", "ectopic")]), Profile.from_pairs([("kind", "molar")])) == (0, [])
    assert likeness(Profile(), Profile()) == (0, [])


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        (20, 20, "also at around twenty weeks"),
        (20, 22, "also at around twenty-two weeks"),
        (20, 24, "not many weeks apart, at twenty-four weeks"),
        (5, 1, "not many weeks apart, at one week"),
        (20, 25, None),
    ],
)
def test_weeks_are_close_within_two_and_near_within_four(mine: int, theirs: int, said: str | None) -> None:
    _weight, reasons = likeness(Profile.from_pairs([], weeks=[mine]), Profile.from_pairs([], weeks=[theirs]))
    assert reasons == ([said] if said else [])


def test_of_several_losses_the_closest_weeks_are_said() -> None:
    _weight, reasons = likeness(Profile.from_pairs([], weeks=[6, 20]), Profile.from_pairs([], weeks=[9, 21]))
    assert reasons == ["also at around twenty-one weeks"]


def test_closer_weeks_weigh_more() -> None:
    mine = Profile.from_pairs([], weeks=[20])
    weights = [likeness(mine, Profile.from_pairs([], weeks=[week]))[0] for week in (20, 23, 30)]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_many_shared_pains_of_the_body_weigh_less_than_one_shared_loss() -> None:
    body = [("body", term.key) for term in FACET["body"].terms]
    ills, _reasons = likeness(Profile.from_pairs(body), Profile.from_pairs(body))
    loss, _reasons = likeness(Profile.from_pairs([("kind", "ectopic")]), Profile.from_pairs([("kind", "ectopic")]))
    assert ills < loss


def test_likeness_is_the_same_from_both_sides() -> None:
    one = Profile.from_pairs([*SECOND_TRIMESTER, ("heart", "guilt")], weeks=[18])
    other = Profile.from_pairs([*SECOND_TRIMESTER, ("now", "trying")], weeks=[21])
    assert likeness(one, other)[0] == likeness(other, one)[0]


def test_a_reason_never_names_a_fact_that_only_one_has() -> None:
    mine = Profile.from_pairs([("kind", "stillbirth"), ("faith", "muslim"), ("children", "none_living")])
    theirs = Profile.from_pairs([("kind", "stillbirth"), ("faith", "catholic")])
    assert likeness(mine, theirs)[1] == ["also a stillbirth"]


def test_a_profile_takes_weeks_among_the_pairs_and_leaves_out_what_it_does_not_know() -> None:
    pairs = [("weeks", "20"), ("kind", "ectopic"), ("kind", "no_such"), ("nothing", "x"), ("kind", RATHER_NOT_SAY)]
    profile = Profile.from_pairs(pairs, weeks=[99, -1])
    assert profile == Profile(frozenset({("kind", "ectopic")}), frozenset({20}))
    assert profile.of("kind") == {"ectopic"}


def test_an_empty_profile_is_false() -> None:
    assert not Profile()
    assert Profile.from_pairs([], weeks=[0])


def test_a_reason_is_said_in_the_word_that_was_put_in_place_of_ours() -> None:
    speech = Speech({("kind", "tfmr"): "goodbye to Noor"})
    profile = Profile.from_pairs([("kind", "tfmr")])
    assert likeness(profile, profile, speech)[1] == ["also: goodbye to Noor"]


def test_a_members_profile_holds_what_is_true_now_and_nothing_unsaid(cast: Cast) -> None:
    member = told(cast.author, now=["trying"], path=[RATHER_NOT_SAY], heart=["guilt"])
    lost(member, "ectopic", weeks=6)
    answer(member, FACET["now"], Given(frozenset({"in_treatment"}), words="and tired"))
    profile = profile_of(member)
    assert profile.facts == {("kind", "ectopic"), ("heart", "guilt"), ("now", "in_treatment")}
    assert profile.weeks == {6}
    assert OWN_WORDS not in profile.of("now")


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("2026-04", "at about the same time"),
        ("2026-08", "at about the same time"),
        ("2025-10", "eight months further on"),
        ("2024-06", "twenty-four months further on"),
    ],
)
def test_who_lost_somewhat_earlier_is_near_and_it_is_said_by_how_much(theirs: str, said: str) -> None:
    mine = Profile.from_pairs([("month", "2026-06")])
    assert likeness(mine, Profile.from_pairs([("month", theirs)]))[1] == [said]


def test_how_much_further_on_she_is_stands_among_the_first_three_reasons() -> None:
    mine = Profile.from_pairs([*SECOND_TRIMESTER, ("relation", "carried"), ("month", "2026-06")], weeks=[20])
    theirs = Profile.from_pairs([*SECOND_TRIMESTER, ("relation", "carried"), ("month", "2025-10")], weeks=[21])
    assert likeness(mine, theirs)[1][:3] == [
        "also at around twenty-one weeks",
        "also through IVF",
        "eight months further on",
    ]


def test_after_two_years_it_is_said_in_years_and_weighs_nothing() -> None:
    mine = Profile.from_pairs([("kind", "ectopic"), ("month", "2026-06")])
    long_ago = Profile.from_pairs([("kind", "ectopic"), ("month", "2023-08")])
    unsaid = Profile.from_pairs([("kind", "ectopic")])
    assert likeness(mine, long_ago)[1] == ["also an ectopic pregnancy", "two years further on"]
    assert likeness(mine, long_ago)[0] == likeness(mine, unsaid)[0]
    assert likeness(mine, long_ago, factors={"when": 0})[1] == ["also an ectopic pregnancy"]


def test_of_several_losses_the_newest_of_each_says_how_much_further_on_she_is() -> None:
    mine = Profile.from_pairs([("kind", "ectopic"), ("month", "2025-04"), ("month", "2026-06")])
    theirs = Profile.from_pairs([("kind", "ectopic"), ("month", "2024-11"), ("month", "2025-07")])
    assert likeness(mine, theirs)[1] == ["also an ectopic pregnancy", "eleven months further on"]


def test_what_is_long_past_or_no_time_at_all_is_no_reason() -> None:
    mine = Profile.from_pairs([("month", "2026-06"), ("month", "next"), ("year", "soon")])
    assert likeness(mine, Profile.from_pairs([("month", "2020-06")])) == (0, [])
    assert mine.years == {2026}


def test_a_question_that_is_weighed_down_says_nothing_and_one_weighed_up_says_twice_as_much() -> None:
    one = Profile.from_pairs([("kind", "tfmr"), ("path", "ivf")])
    plain, _reasons = likeness(one, one)
    more, _reasons = likeness(one, one, factors={"path": 2})
    less, reasons = likeness(one, one, factors={"path": 0})
    assert more - plain == plain - less == FACET["path"].weight
    assert reasons == ["also ended for medical reasons"]
