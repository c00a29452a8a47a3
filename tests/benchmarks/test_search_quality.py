"""The judgements of search are about the village's own stories, and each half has both sorts of questions."""

from __future__ import annotations

from collections import Counter

from benchmarks.retrieval import ndcg
from benchmarks.search_quality import judged
from leeward.village.loading import tables


def test_what_is_judged_is_told_in_the_village() -> None:
    told = {story["slug"] for person in tables("person") for story in person.get("story", ())}
    lines = [*judged("development"), *judged("test")]
    assert len({line["text"] for line in lines}) == 60
    for line in lines:
        assert line["right"].keys() <= told, line["text"]
        assert 3 in line["right"].values(), line["text"]


def test_both_halves_have_as_many_questions_of_each_sort() -> None:
    for half in ("development", "test"):
        assert Counter(line["shares"] for line in judged(half)) == {"words": 15, "little": 15}


def test_what_is_worth_more_and_stands_first_counts_more() -> None:
    assert ndcg([3, 2, 1], [1, 2, 3]) == 1
    assert ndcg([1, 2, 3], [1, 2, 3]) < 1
    assert ndcg([], [1]) == ndcg([], []) == 0
