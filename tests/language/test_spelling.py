"""Slips of the keys are forgiven from the place's own words."""

from __future__ import annotations

import pytest

from leeward.language.spelling import corrections, distance


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("miscariage", "miscarriage"),
        ("endometreosis", "endometriosis"),
        ("ectopik", "ectopic"),
        ("stilborn", "stillborn"),
        ("grieveing", "grieving"),
        ("tranfer", "transfer"),
    ],
)
def test_a_slip_or_two_are_forgiven(typed: str, meant: str) -> None:
    assert corrections(typed)[0] == meant


@pytest.mark.parametrize("typed", ["grief", "cat", "x1y2", "", "a" * 60, "qqqqzzzz"])
def test_known_short_and_strange_words_are_left_alone(typed: str) -> None:
    assert corrections(typed) == []


def test_letters_that_changed_places_are_one_slip() -> None:
    assert (distance("greif", "grief", 2), distance("abc", "xyz", 2)) == (1, 3)
