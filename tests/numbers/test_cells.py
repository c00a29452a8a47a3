"""One answer to each question, so that she is in one cell of each table."""

from __future__ import annotations

import datetime

from leeward.journeys.vocabulary import FACET
from leeward.numbers.cells import (
    ToldFact,
    ToldLoss,
    answers_told,
    band_of,
    cell_of,
    cells_of,
    counted_loss,
    label_of,
    layout_for,
    question_of,
)
from leeward.numbers.lists import BY_NAME, FACETS, LISTS, list_for
from tests.numbers.counting import START

LAYOUT = layout_for(BY_NAME["M"], START)
SHY = {facet.key for facet in FACET.values() if facet.shy or facet.consent}


def fact(facet: str, key: str, pk: int = 1, loss: int | None = None, since: datetime.date | None = None) -> ToldFact:
    return ToldFact(pk, facet, key, loss, since)


def test_nothing_is_counted_that_stays_with_her_unless_she_ticks_it() -> None:
    assert not SHY & set(FACETS)
    assert "country" not in FACETS


def test_of_her_losses_it_is_the_one_she_chose_else_the_one_she_told_last() -> None:
    losses = [ToldLoss(7, 2, 2024, 20), ToldLoss(9, 1, 2020, 8)]
    assert counted_loss(losses, None) == losses[0]
    assert counted_loss(losses, 9) == losses[1]
    assert counted_loss([], None) is None


def test_each_question_has_one_answer_by_a_fixed_rule() -> None:
    day = datetime.date(2026, 1, 5)
    facts = [
        fact("kind", "stillbirth", loss=7),
        fact("kind", "tfmr", loss=7),
        fact("kind", "ectopic", loss=9),
        fact("now", "first_weeks", 1, since=datetime.date(2025, 1, 1)),
        fact("now", "trying", 2, since=day),
        fact("path", "no_help"),
        fact("path", "ivf"),
        fact("cause", "own_words", loss=7),
        fact("diagnosis", "rather_not_say"),
    ]
    told = answers_told(facts, ToldLoss(7, 1, 2024, 20))
    assert told == {"kind": "tfmr", "now": "trying", "path": "ivf", "year": "2024", "weeks": "20-23"}


def test_every_person_has_a_cell_in_every_question() -> None:
    assert list(LAYOUT) == list(FACETS)
    nothing = cells_of(LAYOUT, {})
    assert [cell == len(LAYOUT[facet]) for cell, facet in zip(nothing, LAYOUT, strict=True)] == [True] * 9
    assert cell_of(LAYOUT, "kind", "a kind that came later") == len(LAYOUT["kind"])
    assert max(len(keys) for keys in LAYOUT.values()) < 255


def test_years_have_cells_for_the_ten_years_of_a_list_and_earlier_ones_share_one() -> None:
    assert LAYOUT["year"][:2] == ["before-2016", "2016"]
    assert LAYOUT["year"][-1] == "2036"
    assert cell_of(LAYOUT, "year", "1987") == 0
    assert cell_of(LAYOUT, "year", "2016") == 1
    assert label_of("year", "before-2016") == "before 2016"


def test_weeks_are_bands_and_every_week_is_in_one() -> None:
    assert {band_of(weeks) for weeks in range(46)} == set(LAYOUT["weeks"])
    assert band_of(99) == ""
    assert [label_of("weeks", key) for key in ("0-5", "13-15", "37-45")] == [
        "up to 5 weeks",
        "13 to 15 weeks",
        "37 weeks or more",
    ]


def test_each_question_has_words() -> None:
    assert all(question_of(facet) for facet in FACETS)


def test_lists_are_opened_by_the_published_number_alone() -> None:
    assert [list_for(total).name for total in (-40, 4_999, 5_000, 299_999, 300_000, 2_000_000)] == [
        "S",
        "S",
        "M",
        "M",
        "L",
        "XL",
    ]
    assert all(list(table) == sorted(table, key=FACETS.index) for each in LISTS for table in each.tables)
    assert all(len(set(each.tables)) == len(each.tables) for each in LISTS)
