"""What is said of somebody's facts, read from the published tables alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from leeward.audience.notes import NOTE
from leeward.journeys.words import Speech
from leeward.numbers.answers import answers_for
from leeward.numbers.cells import layout_for
from leeward.numbers.lists import BY_NAME, Table, table_name
from leeward.numbers.models import Generation, Published
from leeward.numbers.sentences import too_few
from tests.numbers.counting import START

pytestmark = pytest.mark.django_db

HERS = [("kind", "tfmr"), ("now", "trying"), ("weeks", "20"), ("month", "2025-03"), ("faith", "none")]


def published(name: str, numbers: Mapping[tuple[str, ...], int]) -> Generation:
    """A list whose tables hold these numbers, by the keys of their cells, and nothing else."""
    tables = BY_NAME[name]
    layout = layout_for(tables, START)
    generation = Generation.objects.create(
        name=name, opened=START, published=START + 11, fingerprint="none", laid_out=list(layout.items())
    )
    for table in tables.tables:
        cells = np.zeros(generation.shape(table), dtype="<i4")
        for keys, number in numbers.items():
            at = _place(layout, table, keys)
            if at is not None:
                cells[at] = number
        Published.objects.create(generation=generation, table=table_name(table), cells=cells.tobytes())
    return generation


def _place(layout: Mapping[str, list[str]], table: Table, keys: tuple[str, ...]) -> tuple[int, ...] | None:
    fits = len(keys) == len(table) and all(key in layout[facet] for facet, key in zip(table, keys, strict=True))
    return tuple(layout[facet].index(key) for facet, key in zip(table, keys, strict=True)) if fits else None


def test_where_nothing_was_published_nothing_is_said() -> None:
    assert answers_for(HERS) == []


def test_about_or_more_and_too_few_are_sentences() -> None:
    published("S", {("tfmr",): 213, ("trying",): 62, ("2025",): 12})
    assert [answer.sentence for answer in answers_for(HERS)] == [
        "About 210 people here have lived through this: Ended for medical reasons.",
        "40 people or more here are at this point now: Trying.",
    ]


def test_where_no_fact_has_a_number_it_comforts_once_and_says_neither_nought_nor_one() -> None:
    published("S", {("tfmr",): 1, ("trying",): -20})
    (answer,) = answers_for(HERS)
    assert not answer.said
    assert answer.sentence == too_few(1)
    assert "nothing about how many" in answer.sentence
    assert not any(sign.isdigit() for sign in answer.sentence)


def test_it_widens_one_fact_at_a_time_and_says_when_it_had_to() -> None:
    published("M", {("tfmr",): 1500, ("20-23",): 600, ("tfmr", "20-23"): 240, ("tfmr", "trying"): 20})
    answers = answers_for([("kind", "tfmr"), ("now", "trying"), ("weeks", "20")])
    assert [answer.facts for answer in answers] == [
        (("kind", "tfmr"), ("weeks", "20-23")),
        (("kind", "tfmr"),),
        (("weeks", "20-23"),),
    ]
    together = answers[0].sentence
    assert together == (
        "Of people here, 190 people or more share all of this: Ended for medical reasons · 20 to 23 weeks."
    )


def test_too_few_of_all_together_is_said_before_what_there_is() -> None:
    published("L", {("tfmr",): 15000, ("tfmr", "trying"): 1400})
    first, *others = answers_for([("kind", "tfmr"), ("now", "trying"), ("weeks", "20")])
    assert (len(first.facts), bool(first.said)) == (3, False)
    assert first.sentence == too_few(3)
    assert [len(answer.facts) for answer in others] == [2, 1]


def test_her_own_words_are_used_to_her() -> None:
    published("S", {("tfmr",): 213})
    (answer,) = answers_for([("kind", "tfmr")], speech=Speech({("kind", "tfmr"): "Letting him go"}))
    assert answer.sentence.endswith("Letting him go.")


def test_what_is_inside_a_sentence_is_noted_so_that_it_can_be_left_out() -> None:
    published("S", {("pregnant_after_loss",): 500, ("ectopic",): 500})
    answers = answers_for([("kind", "ectopic"), ("now", "pregnant_after_loss")])
    by_facts = {answer.facts[0][1]: answer.notes for answer in answers}
    assert by_facts == {"ectopic": 0, "pregnant_after_loss": NOTE["pregnancy_current"].bit}


def test_facts_that_are_not_counted_are_passed_over() -> None:
    published("S", {("tfmr",): 213})
    assert answers_for([("faith", "none"), ("children", "none_living")]) == []
    assert len(answers_for([("kind", "tfmr"), ("kind", "molar"), ("weeks", "")])) == 1
