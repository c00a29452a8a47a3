"""The model reads all of a text, whatever stands before it."""

from __future__ import annotations

import pytest

from leeward.language.engine import Engine, load
from leeward.language.model import TOKENS


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load("en")


@pytest.mark.parametrize("cover", ["." * 300, "♥ " * 150, "-" * 300, "?!" * 150])
def test_a_long_row_of_signs_covers_nothing_that_follows(engine: Engine, cover: str) -> None:
    cruel = "you only have yourself to blame for losing that baby"
    assert len(engine.model.tokenizer.encode(cover).ids) == TOKENS  # what follows is beyond what is read at once
    alone, covered = engine.model.scores(cover), engine.model.scores(f"{cover} {cruel}")
    assert covered != alone
    assert covered["hold"] > alone["hold"]


def test_what_is_read_at_once_is_read_as_before(engine: Engine) -> None:
    text = "We planted a tree for her in the autumn."
    assert engine.model.tokenizer.encode(text).overflowing == []
    assert engine.model.scores(text) == engine.model.scores(text)
