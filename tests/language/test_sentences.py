"""Cutting texts for the model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leeward.language.sentences import LETTERS, LONGEST, PIECE, pieces_of, sentences_of


def test_a_line_break_ends_a_sentence_too() -> None:
    assert [s.text for s in sentences_of("no stop here\nnor here. But here! “Yes?” he said")] == [
        "no stop here",
        "nor here.",
        "But here!",
        "“Yes?”",
        "he said",
    ]


def test_an_endless_sentence_is_cut_so_that_the_model_reads_all_of_it() -> None:
    cut = sentences_of("and then " * 200)
    assert max(len(s.text.split()) for s in cut) <= LONGEST
    assert sum(len(s.text.split()) for s in cut) == 400


def test_nor_is_a_sentence_without_spaces_endless_since_a_rule_would_look_through_it_for_minutes() -> None:
    for endless in ("a" * 60_000, "a-" * 30_000, "..." + "(" * 5_000):
        cut = sentences_of(endless)
        assert max(len(s.text) for s in cut) <= LETTERS
        assert "".join(s.text for s in cut) == endless


def test_short_neighbours_are_read_together() -> None:
    text = "I am so sorry. " * 3
    assert [p.text for p in pieces_of(sentences_of(text), text)] == [text.strip()]


@given(st.text(alphabet=st.sampled_from("ab .!?\n…”"), max_size=600))
def test_no_word_is_lost_or_read_twice(text: str) -> None:
    sentences = sentences_of(text)
    pieces = pieces_of(sentences, text)
    assert "".join(word for p in pieces for word in p.text.split()) == "".join(text.split())
    assert all(text[p.start : p.end] == p.text for p in [*sentences, *pieces])
    assert all(len(p.text.split()) <= max(PIECE, LONGEST) for p in pieces)
