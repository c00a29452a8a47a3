"""The facts that a text tells."""

from __future__ import annotations

import time

import pytest

from leeward.journeys.vocabulary import FACET
from leeward.language.told import told, told_clues


def facts(text: str) -> set[str]:
    return {one.fact for one in told(text)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("It was ectopic, in the left tube.", "kind:ectopic"),
        ("They couldn't find a heartbeat at ten weeks.", "how:missed"),
        ("Arthur was born sleeping at 38 weeks.", "kind:stillbirth"),
        ("tfmr 20 weeks", "weeks:20"),
        ("We lost Kavi at 22+4.", "kind:miscarriage_late"),
        ("He lived for two hours.", "kind:neonatal"),
        ("My wife miscarried at 10 weeks.", "relation:partner"),
        ("Our little girl was stillborn in November 2019.", "year:2019"),
        ("I had a D and C after the miscarriage.", "how:surgery"),
    ],
)
def test_what_is_told_plainly_is_found(text: str, fact: str) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "We had not got to IVF when it all came apart.",
        "My sister had twins in the spring.",
        "It was not ectopic, whatever the first doctor said.",
        "No one said stillbirth to us in any class.",
        "I'd be afraid of another ectopic.",
        "Your D&C sounds horrific.",
        "I took leave for eight weeks.",
        "He is 8 weeks old, my nephew.",
    ],
)
def test_what_is_denied_feared_or_of_others_is_not_told(text: str) -> None:
    assert facts(text) == set()


def test_each_fact_has_the_words_that_say_it_where_they_stand() -> None:
    text = "Long ago. We lost her at 20 weeks."
    found = {one.fact: one for one in told(text)}
    weeks = found["weeks:20"]
    assert text[weeks.start : weeks.end] == weeks.words == "at 20 weeks"
    assert found["kind:miscarriage_late"].words == "at 20 weeks"  # it follows from the weeks


def test_every_rule_suggests_a_term_of_the_vocabulary() -> None:
    index = told_clues("en").index
    keys = {place.key for places in (*index.whole.values(), *index.stems.values()) for place in places}
    known = {f"{facet.key}:{term.key}" for facet in FACET.values() for term in facet.terms}
    assert keys - known == {"kind:miscarriage"}  # early or late: its weeks say


def test_a_language_without_rules_says_so() -> None:
    with pytest.raises(LookupError):
        told("une fausse couche", "fr")


@pytest.mark.parametrize("words", ["20 weeks ", "my my ", "my sister had ", "twenty-", "lost one ", "not "])
def test_no_text_can_make_reading_it_endless(words: str) -> None:
    began = time.process_time()
    told((words * 60_000)[:60_000])
    assert time.process_time() - began < 10
