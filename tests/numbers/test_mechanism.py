"""The mathematics: what is proved in docs/decisions/0022-numbers.md, computed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from leeward.numbers.lists import BY_NAME, LISTS, table_name
from leeward.numbers.mechanism.factor import (
    ADVANTAGE,
    HORIZON,
    advantage_of,
    cells_moved,
    coefficients,
    deviation,
    interval,
    mean_shift,
    root,
    scale,
    staying,
)
from leeward.numbers.mechanism.noise import Source, noise_in, noise_through, shocks
from leeward.numbers.mechanism.release import release
from leeward.numbers.mechanism.saying import How, say
from tests.numbers.returning import two_intervals, two_intervals_apart


def source(nth: int = 0, s0: float = 1.0) -> Source:
    return Source(f"key {nth}".encode(), "list", s0)


def test_the_root_times_itself_sums_what_came_and_went() -> None:
    assert np.allclose(root(HORIZON) @ root(HORIZON), np.tril(np.ones((HORIZON, HORIZON))))
    assert coefficients(4).tolist() == [1, 1 / 2, 3 / 8, 5 / 16]


def test_nobody_who_comes_and_goes_once_costs_more_than_was_reckoned() -> None:
    for come in range(HORIZON):
        paths = np.zeros((HORIZON, HORIZON - come))
        paths[come] = 1
        for column, go in enumerate(range(come + 1, HORIZON)):
            paths[go, column] = -1
        costs = np.square(root(HORIZON) @ paths).sum(axis=0)  # the last column never goes
        assert costs.max() <= interval(HORIZON) + 1e-9
    assert staying(HORIZON) <= interval(HORIZON)


def test_a_return_costs_less_than_a_second_life() -> None:
    assert interval(24) < two_intervals(24) < two_intervals_apart(24) < 2 * interval(24)


def test_what_a_return_and_all_that_may_change_give_away_is_as_printed() -> None:
    mu, worst = mean_shift(), interval(HORIZON)
    returned = [each(HORIZON) for each in (two_intervals, two_intervals_apart)]
    assert [round(each, 2) for each in returned] == [6.79, 7.44]
    assert [round(advantage_of(mu * math.sqrt(each / worst)), 3) for each in returned] == [0.257, 0.269]
    unknown = {}
    for each in LISTS:
        moved = cells_moved(len(each.tables), each.most_with_one_fact)
        there = math.sqrt(len(each.tables) * returned[1] / (worst * moved))
        changed = 2 * math.sqrt(2 * each.most_with_one_fact / moved)
        unknown[each.name] = round(advantage_of(mu * (there + changed)), 2)
    assert unknown == {"S": 0.55, "M": 0.6, "L": 0.53, "XL": 0.56}


def test_the_figures_are_those_of_the_derivation() -> None:
    assert [round(staying(n), 2) for n in (1, 4, 12, 120)] == [1, 1.49, 1.85, 2.59]
    assert [round(interval(n), 2) for n in (1, 4, 12, 120)] == [1, 1.86, 2.58, 4.06]
    assert round(mean_shift(), 4) == 0.5067
    assert advantage_of(mean_shift(0.3)) == pytest.approx(0.3)
    of_lists = {each.name: (len(each.tables), each.most_with_one_fact) for each in LISTS}
    assert of_lists == {"S": (3, 1), "M": (17, 9), "L": (129, 37), "XL": (255, 93)}
    assert {each.name: round(each.s0, 1) for each in LISTS} == {"S": 6.9, "M": 16.9, "L": 45.1, "XL": 63.5}
    assert round(deviation(BY_NAME["S"].s0, 119), 1) == 11.1


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.name)
def test_each_list_keeps_within_the_advantage_for_membership_and_for_one_unknown_fact(each: object) -> None:
    assert isinstance(each, type(LISTS[0]))
    for moved in (len(each.tables), 2 * each.most_with_one_fact):
        shift = math.sqrt(moved * interval(HORIZON)) / each.s0
        assert advantage_of(shift) <= ADVANTAGE + 1e-9
    assert cells_moved(len(each.tables), each.most_with_one_fact) == max(len(each.tables), 2 * each.most_with_one_fact)


def test_the_noise_of_a_month_is_the_same_each_time_and_other_for_each_key_list_table_and_month() -> None:
    first = shocks(source(), "kind", 3, 18)
    assert (first == shocks(source(), "kind", 3, 18)).all()
    others = [
        shocks(source(1), "kind", 3, 18),
        shocks(Source(b"key 0", "another", 1.0), "kind", 3, 18),
        shocks(source(), "now", 3, 18),
        shocks(source(), "kind", 4, 18),
    ]
    assert all(abs(float(np.corrcoef(first, other)[0, 1])) < 0.9 for other in others)
    assert all((first != other).all() for other in others)


def test_parts_of_the_name_never_run_together() -> None:
    assert (shocks(Source(b"ab", "c", 1.0), "d", 0, 8) != shocks(Source(b"a", "bc", 1.0), "d", 0, 8)).all()


def test_shocks_are_standard_normal_numbers() -> None:
    drawn = shocks(source(), "kind", 0, 200_001)
    assert drawn.size == 200_001
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01
    assert abs(np.mean(drawn > 1.6449) - 0.05) < 0.002
    assert abs(np.corrcoef(drawn[:100_000], drawn[100_001:])[0, 1]) < 0.012  # the two of one pair


def test_the_spread_of_a_release_is_what_is_said_of_it() -> None:
    s0 = BY_NAME["S"].s0
    for month in (0, 11, 40):
        counts = np.full(40_000, 500)
        out = release(counts, noise_in(source(7, s0), "kind", month, counts.size))
        assert out.std() == pytest.approx(deviation(s0, month), rel=0.02)
        assert out.mean() == pytest.approx(500, abs=0.3)


def test_a_month_alone_has_the_noise_that_it_has_among_all() -> None:
    every = noise_through(source(3, 6.9), "now", 30, 24)
    for month in (0, 1, 17, 29):
        assert np.allclose(every[month], noise_in(source(3, 6.9), "now", month, 24))


def test_a_month_outside_the_horizon_has_no_noise() -> None:
    with pytest.raises(ValueError, match="months"):
        noise_in(source(), "kind", HORIZON, 3)


def test_the_best_linear_test_wins_no_more_than_was_reckoned() -> None:
    """The whole pipeline for list S: 120 months, whole numbers, a target who comes and goes in the worst months."""
    tries, tables, cells = 300, BY_NAME["S"], 4
    between = np.zeros(HORIZON)
    between[0], between[99] = 1, -1
    path, direction = np.cumsum(between), root(HORIZON) @ between
    unmix = np.linalg.inv(root(HORIZON))
    others = np.full((HORIZON, cells), 40)
    won = [0, 0]
    for world in (0, 1):
        for nth in range(tries):
            seen = 0.0
            for table in tables.tables:
                counts = others.copy()
                counts[:, 1] += (world * path).astype(np.int64)
                of = Source(f"{world} {nth}".encode(), "S", tables.s0)
                noise = noise_through(of, table_name(table), HORIZON, cells)
                seen += float(direction @ (unmix @ (release(counts, noise)[:, 1] - 40)))
            won[world] += seen > len(tables.tables) * float(direction @ direction) / 2
    advantage = (won[1] - won[0]) / tries
    assert advantage <= ADVANTAGE + 3 * math.sqrt(0.5 / tries)
    assert scale(3, 1) == tables.s0


def test_a_number_is_about_or_more_or_too_few() -> None:
    assert say(143, 11.1).how is How.OR_MORE
    assert say(147, 11.1) == say(152, 11.1)
    assert (say(147, 11.1).how, say(147, 11.1).number) == (How.ABOUT, 150)
    assert (say(66, 11.1).how, say(66, 11.1).number) == (How.OR_MORE, 40)
    assert say(44, 11.1).how is How.TOO_FEW
    assert not say(-30, 11.1)
    assert not say(0, 11.1)
    assert say(1_234_567, 72.0).number == 1_200_000


def test_never_nought_never_one_never_less_than_ten() -> None:
    for spread in (6.9, 11.1, 27.0, 102.0):
        said = [say(number, spread) for number in range(-200, 3000)]
        assert min(each.number for each in said if each) >= 10


def test_how_often_a_number_is_wrong_is_as_printed() -> None:
    for spread in (6.885, 11.08, 27.1):
        drawn = spread * shocks(source(9), "errors", 0, 60_000)
        for true in (0, 1, 20, int(10.9 * spread), int(12 * spread), int(14 * spread)):
            said = [say(int(number), spread) for number in np.rint(true + drawn)]
            about = [each.number for each in said if each.how is How.ABOUT]
            or_more = [each.number for each in said if each.how is How.OR_MORE]
            assert sum(abs(number - true) > 0.2 * true for number in about) / len(said) <= 0.04
            assert sum(number > true for number in or_more) / len(said) <= 0.03
            if true <= 1:
                assert (len(about) + len(or_more)) / len(said) <= 6e-4
