"""The place of an article among those of the same telling."""

from __future__ import annotations

import datetime
import itertools

import pytest

from leeward.library.public_stories.reading.articles import Article, placed, read
from leeward.library.public_stories.reading.placing import Dated, Times, orders

REST = (
    "The house stands by the harbour, and it has been quiet there since, said Ada Marlow. She walks out to the wall "
    "in the morning and again in the evening, and what she thinks about there is nobody's business but her own."
)
FIRST = (
    f"A few weeks in\n\nAda Marlow, 33, lost her daughter last month, at 20 weeks.\n\n{REST} Her son Finn, two, asks."
)
SECOND = f"The name\n\nIt has been almost a year since Ada Marlow lost her daughter at 20 weeks.\n\n{REST}"
THIRD = (
    "Again\n\nAda Marlow, 35, is currently expecting. She told her family nearly two years after losing her daughter."
    f"\n\n{REST} Her son Finn, four, will have a brother."
)


def article(text: str) -> Article:
    return read(text, text[:12])


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_texts_themselves_say_in_which_order_they_were_written(order: tuple[int, ...]) -> None:
    texts = [(FIRST, 1), (SECOND, 2), (THIRD, 3)]
    found = placed([article(texts[nth][0]) for nth in order])
    assert [one.order for one in found] == [texts[nth][1] for nth in order]
    assert all(one.times.words for one in found)


def test_another_person_s_article_is_in_no_order_with_hers() -> None:
    found = placed([article(THIRD), article(FIRST.replace("Ada Marlow", "Ines Tarn"))])
    assert [one.order for one in found] == [1, 1]


def test_a_stamp_of_the_page_says_nothing_of_the_time() -> None:
    assert article(SECOND.replace("The name\n", "The name 5 years ago\n", 1)).times == article(SECOND).times


DAY = datetime.date(2020, 1, 1)
LATER = datetime.date(2021, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Dated(DAY, Times(least=9, most=12)), Dated(LATER, Times(least=1, most=2))),
        (Dated(None, Times(least=9, most=12)), Dated(LATER, Times(least=18))),
        (Dated(None, Times(children={"Finn": 2})), Dated(None, Times(children={"Finn": 4}))),
        (Dated(None, Times(age=33)), Dated(None, Times(age=34))),
        (Dated(None, Times()), Dated(None, Times(expecting=True))),
    ],
    ids=["dates", "months since", "children", "age", "expecting"],
)
def test_each_clue_decides_where_those_before_it_do_not(one: Dated, other: Dated) -> None:
    assert orders([one, other]) == [1, 2]
    assert orders([other, one]) == [2, 1]


def test_where_nothing_decides_the_place_is_the_same() -> None:
    assert orders([Dated(None, Times(least=1, most=9)), Dated(None, Times(least=4, most=12))]) == [1, 1]
