"""The first words of a text, also of one that was written to cost time."""

from __future__ import annotations

import pytest

from leeward.kit.excerpts import first_words


def test_marks_and_links_are_left_out_and_the_end_falls_on_a_word() -> None:
    assert first_words("# We **named** her [Ida](https://example.org)", 60) == "We named her Ida"
    assert first_words("one two three", 8) == "one two…"
    assert first_words("It ended. And then", 10) == "It ended…"


@pytest.mark.parametrize("unit", ["[", "![", "\\[", "[](", "[a]("])
def test_a_text_of_brackets_alone_costs_every_reader_no_time(unit: str) -> None:
    # Looked at whole, 60,000 brackets took half a minute of every page that lists them: this test would not end.
    for _reader in range(50):
        assert first_words(unit * (60_000 // len(unit)), 220).endswith("…")


def test_a_long_text_that_begins_with_marks_says_that_it_goes_on() -> None:
    assert first_words("*" * 5000 + "at last", 20) == "…"
    assert first_words("", 20) == ""
