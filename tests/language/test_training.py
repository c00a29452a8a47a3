"""What the training leaves with the place fits the place, and its hands are what they say."""

from __future__ import annotations

import hashlib
import re
from itertools import combinations
from pathlib import Path

import pytest

from leeward.language.model import HEADS
from training.hands import FOLDER, Role, hands, lines
from training.labels import HEADS as TRAINED
from training.labels import SECTIONS, UNKNOWN, targets
from training.pairs import subjects

ROOT = Path(__file__).parents[2]


def test_the_heads_are_read_in_the_order_in_which_they_were_trained() -> None:
    assert HEADS == TRAINED


def test_a_hand_is_for_one_thing_only_and_every_hand_is_for_one() -> None:
    roles = [set(hands(role)) for role in Role]
    assert all(not one & other for one, other in combinations(roles, 2))
    assert set().union(*roles) == {file.stem for file in (FOLDER / "en" / "hands").glob("*.txt")}


def test_at_least_three_hands_are_kept_for_the_test_and_a_dozen_train() -> None:
    assert len(hands(Role.TEST)) >= 3
    assert len(hands(Role.TRAIN)) >= 12


@pytest.mark.parametrize("section", [("hold", "threat", "selling"), ("platitude",), ("crisis", "plan")])
def test_there_are_a_thousand_lines_and_more_to_learn_each_question_from(section: tuple[str, ...]) -> None:
    assert sum(line.section in section for line in lines(Role.TRAIN)) > 1000


def test_no_line_of_a_test_hand_stands_in_another_hand() -> None:
    def known(text: str) -> str:
        return re.sub(r"\W+", " ", text.lower()).strip()

    others = {known(line.text) for role in (Role.TRAIN, Role.DEV) for line in lines(role)}
    assert not [line for line in lines(Role.TEST) if len(line.text.split()) > 8 and known(line.text) in others]


def test_a_hand_of_pairs_is_for_one_thing_only_and_none_is_forgotten() -> None:
    roles = [{subject.key.partition("/")[0] for subject in subjects(role)} for role in Role]
    assert all(not one & other for one, other in combinations(roles, 2))
    assert set().union(*roles) == {file.stem for file in (FOLDER / "en" / "pairs").glob("*.txt")}
    assert all(len(names) >= 2 for names in roles)


def test_every_subject_of_the_pairs_has_questions_and_stories_and_a_key_of_its_own() -> None:
    every = [subject for role in Role for subject in subjects(role)]
    assert len(every) > 1000
    assert len({subject.key for subject in every}) == len(every)
    assert all(subject.queries and subject.stories for subject in every)


def test_every_section_says_something_to_every_head_or_says_that_it_does_not() -> None:
    for section in SECTIONS:
        assert len(targets(section)) == len(HEADS)
        assert set(targets(section)) <= {0, 1, UNKNOWN}
    with pytest.raises(ValueError, match="what"):
        targets("what")


def test_the_model_and_all_that_is_read_with_weigh_less_than_sixty_megabytes() -> None:
    weight = sum(file.stat().st_size for file in (ROOT / "leeward" / "language").rglob("*") if file.is_file())
    assert weight < 60_000_000


def test_what_the_training_shares_with_the_place_is_the_same_version() -> None:
    def pins(path: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))

    run, training = pins("requirements/run.txt"), pins("training/requirements.txt")
    assert {name: run[name] for name in run.keys() & training.keys()} == {
        name: training[name] for name in run.keys() & training.keys()
    }
    assert "onnxruntime" in run.keys() & training.keys()


def test_the_sums_of_what_is_shipped_are_those_that_are_written_down() -> None:
    folder = ROOT / "leeward" / "language" / "en"
    said = (folder / "MODEL.md").read_text(encoding="utf-8")
    for name in ("model.onnx", "embedder.onnx", "tokenizer.json", "abuse.npz"):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert re.search(rf"^{digest}  {re.escape(name)}$", said, re.MULTILINE), f"{name} has the sum {digest}."
