"""How much a word tells, by the list that comes with the language."""

from __future__ import annotations

import pytest

from leeward.language.lexicon import is_common, rarity


def test_a_word_tells_the_more_the_rarer_it_is_in_the_list() -> None:
    told = [rarity(word) for word in ("the", "weeks", "ectopic", "quillon")]
    assert told == sorted(told)
    assert told[0] < 0.5
    assert told[-1] > 5


def test_case_does_not_matter_and_a_number_is_not_taken_for_a_rare_word() -> None:
    assert rarity("Weeks") == rarity("weeks")
    assert rarity("weeks") < rarity("20") < rarity("ectopic")


def test_what_stands_everywhere_is_common() -> None:
    assert is_common("The")
    assert not is_common("ectopic")


def test_a_language_without_a_list_says_so() -> None:
    with pytest.raises(LookupError):
        rarity("mot", "fr")
