"""Measuring the screening on anybody's lines."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leeward.language.evaluating import BadLine, Tally, examples, tally
from leeward.language.judgement import Hurtful, Judgement


def test_each_question_counts_what_was_found_and_what_was_found_wrongly() -> None:
    def judge(text: str) -> Judgement:
        return Judgement(
            signs=frozenset({"hostile"} if "cruel" in text else {"link"} if "link" in text else ()),
            hurtful=(Hurtful(0, 1, "other"),) if "least" in text else (),
            care="dark" in text,
        )

    rows = [("cruel", "hold"), ("kind", "hold"), ("cruel too", "pass"), ("link", "pass"), ("at least", "platitude")]
    rows += [("fine", "not_platitude"), ("dark", "crisis"), ("dark jokes", "not_crisis")]
    assert tally(rows, judge) == {
        "hold": Tally(1, 2, 1, 2),
        "platitude": Tally(1, 1, 0, 1),
        "crisis": Tally(1, 1, 1, 1),
    }


@pytest.mark.parametrize(
    "line", ["no json", '{"text": "x"}', '{"text": "x", "label": "what"}', '{"text": 3, "label": "hold"}', "[]"]
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(line: str) -> None:
    with pytest.raises(BadLine, match="Line 2"):
        list(examples(['{"text": "x", "label": "hold"}', line]))


def test_the_last_line_of_the_command_is_the_count_of_all_questions(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "DM me on WhatsApp for my fertility tea", "label": "hold"}\n\n', encoding="utf-8")
    out = StringIO()
    call_command("evaluate_screening", str(file), "--quiet", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert said["hold"] == {"found": 1, "of": 1, "false": 0, "false_of": 0}
    assert set(said) == {"hold", "platitude", "crisis"}


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_screening", str(tmp_path / "none.jsonl"), "--quiet")


def test_a_language_without_models_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="xx"):
        call_command("evaluate_screening", str(file), "--language", "xx", "--quiet")
