"""The acronyms of this world."""

from __future__ import annotations

from leeward.language.acronyms import about, expand, explain


def test_an_acronym_is_searched_for_by_its_words_too_and_words_by_their_acronym() -> None:
    assert "ended for medical reasons" in expand("tfmr 20 weeks")
    assert "FET" in expand("frozen transfer")


def test_what_stands_there_already_is_not_added() -> None:
    assert "insemination" not in expand("iui insemination")


def test_an_ambiguous_one_counts_only_in_capitals() -> None:
    assert explain("if so, af") == []
    assert explain("AF came") == [("AF", "period")]


def test_it_is_explained_once_and_in_the_order_of_the_text() -> None:
    assert [short for short, _plain in explain("MMC, then a D&C, then another D&C")] == ["MMC", "D&C"]


def test_a_word_that_hurts_is_explained_gently() -> None:
    erpc = about("erpc")
    assert erpc is not None
    assert "wish" in erpc.about
