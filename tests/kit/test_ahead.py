"""Pieces that a second process makes: the same ones, in order; and what happens when either process is gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from leeward.kit.ahead import BrokenOff, ahead


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_pieces_are_the_same_and_another_process_made_them() -> None:
    def pieces() -> Iterator[tuple[int, int, str]]:
        for turn in range(50):
            yield turn, os.getpid(), "x" * 100_000

    told = list(ahead(pieces()))
    assert [turn for turn, _maker, _text in told] == list(range(50))
    (maker,) = {maker for _turn, maker, _text in told}
    assert maker != os.getpid()
    assert not is_there(maker)


def test_nothing_is_made_before_somebody_asks_and_then_no_more_than_one_ahead(tmp_path: Path) -> None:
    made = tmp_path / "made"

    def pieces() -> Iterator[str]:
        for turn in range(10):
            made.write_text(str(turn))
            yield "x" * 1_000_000

    taken = ahead(pieces())
    assert not made.exists()
    next(taken)
    until = time.monotonic() + 30
    while made.read_text() != "1" and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)  # long enough for a third, which must not come
    assert made.read_text() == "1"
    taken.close()


def test_what_making_a_piece_raises_is_raised_where_it_is_taken() -> None:
    def pieces() -> Iterator[int]:
        yield 1
        raise LookupError("in words")

    taken = ahead(pieces())
    assert next(taken) == 1
    with pytest.raises(LookupError, match="in words"):
        next(taken)


def test_it_is_said_when_the_other_process_is_killed() -> None:
    def pieces() -> Iterator[int]:
        yield os.getpid()
        time.sleep(60)

    taken = ahead(pieces())
    os.kill(next(taken), signal.SIGKILL)
    with pytest.raises(BrokenOff):
        next(taken)


def test_the_other_process_ends_when_nobody_takes_what_it_makes_and_not_by_ctrl_c() -> None:
    def pieces() -> Iterator[int]:
        while True:
            yield os.getpid()

    taken = ahead(pieces())
    maker = next(taken)
    os.kill(maker, signal.SIGINT)
    assert [next(taken) for _turn in range(20)] == [maker] * 20
    taken.close()
    assert not is_there(maker)
