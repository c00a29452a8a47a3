"""How well texts are read: what was found of what should be, and what was found wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from leeward.language.judgement import Judgement

QUESTIONS: dict[str, tuple[str, str]] = {
    "hold": ("hold", "pass"),
    "platitude": ("platitude", "not_platitude"),
    "crisis": ("crisis", "not_crisis"),
}
"""The questions, each with the label of what should be found and of what should not."""

_QUESTION_OF = {label: question for question, labels in QUESTIONS.items() for label in labels}


class BadLine(ValueError):
    """A line that is no text with a label; the message says which and why."""


@dataclass
class Tally:
    """Of so many that should be found, so many were; of so many that should not, so many were all the same."""

    found: int = 0
    of: int = 0
    false: int = 0
    false_of: int = 0


def examples(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts and labels of JSON lines; empty lines are passed over.

    Raises:
        BadLine: a line is not `{"text": …, "label": …}` with a label that is asked about.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, label = row["text"], row["label"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadLine(f'Line {number} is not {{"text": …, "label": …}}: {line.strip()[:80]}') from error
        if label not in _QUESTION_OF or not isinstance(text, str):
            raise BadLine(f"Line {number} has the label {label!r}; known are {', '.join(sorted(_QUESTION_OF))}.")
        yield text, label


def is_found(question: str, judgement: Judgement) -> bool:
    """Whether a reading says yes to a question. A link by itself holds nothing: it depends on who sends it."""
    if question == "hold":
        return bool(judgement.signs - {"link"})
    return judgement.care if question == "crisis" else bool(judgement.hurtful)


def tally(rows: Iterable[tuple[str, str]], judge: Callable[[str], Judgement]) -> dict[str, Tally]:
    """Read all texts and count, question by question."""
    tallies = {question: Tally() for question in QUESTIONS}
    for text, label in rows:
        question = _QUESTION_OF[label]
        said, counted = is_found(question, judge(text)), tallies[question]
        if label == question:
            counted.of += 1
            counted.found += said
        else:
            counted.false_of += 1
            counted.false += said
    return tallies
