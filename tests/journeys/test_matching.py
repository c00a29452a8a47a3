"""How well questions find the stories of their subject, and what the command says of a file."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from leeward.journeys.figures import figures

LINES = [
    ("query", "ectopic", "they took my tube at seven weeks"),
    ("query", "grief", "everyone around me is pregnant"),
    ("story", "ectopic", "It was ectopic. The operation left me with one tube and no baby."),
    ("story", "grief", "My sister is expecting and I cannot look at her belly."),
    ("story", "ivf", "The third transfer failed and there is nothing left in the freezer."),
]


def written(path: Path, lines: list[tuple[str, str, str]]) -> Path:
    rows = [json.dumps({"kind": kind, "subject": subject, "text": text}) for kind, subject, text in lines]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_the_figures_are_those_of_the_order() -> None:
    likeness = np.array([[0.9, 0.5, 0.1], [0.9, 0.5, 0.1]])
    right = np.array([[True, False, False], [False, False, True]])
    found = figures(likeness, right)
    assert found == {"hit@1": 0.5, "hit@5": 1.0, "mrr": 0.6667, "ndcg@10": 0.75, "queries": 2}


def test_a_question_without_a_right_answer_is_not_counted() -> None:
    assert figures(np.ones((2, 1)), np.array([[True], [False]]))["queries"] == 1
    assert figures(np.ones((1, 1)), np.array([[False]]))["queries"] == 0


def test_the_last_line_of_the_command_is_its_figures(tmp_path: Path) -> None:
    out = StringIO()
    call_command("evaluate_matching", str(written(tmp_path / "lines.jsonl", LINES)), stdout=out)
    last = json.loads(out.getvalue().splitlines()[-1])
    assert set(last) == {"hit@1", "hit@5", "mrr", "ndcg@10", "queries"}
    assert last["queries"] == 2
    assert last["hit@1"] == 1.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "at least one query"),
        ("nonsense", "Line 1"),
        ('{"kind": "poem", "subject": "x", "text": "y"}', "neither query nor story"),
        ('["a list"]', "Line 1"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("evaluate_matching", str(path), stdout=StringIO())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_matching", str(tmp_path / "none.jsonl"), stdout=StringIO())
