"""Pieces that a second process makes while this one works on the piece before: where one processor is not enough."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections.abc import Generator, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")

_ENDS_WITHIN = 5
"""Seconds that the other process is given to end by itself, when nobody takes what it makes any more."""


class BrokenOff(Exception):
    """The other process ended before it had made all: it was killed, or found no memory."""


def ahead(pieces: Iterable[T]) -> Generator[T, None, None]:
    """The same pieces, the next one made while the last is worked on; one at the most waits.

    The other process is a copy of this one. What makes the pieces runs there from its first piece on: it may read
    files, must leave the database alone, and nothing that it changes is seen here but in the pieces.

    Args:
        pieces: what can be pickled, made one by one.

    Raises:
        BrokenOff: the other process is gone. What making a piece raises is raised here, too.
    """
    copies = multiprocessing.get_context("fork")
    mine, other = copies.Pipe(duplex=False)
    maker = copies.Process(target=_make, args=(pieces, mine, other), daemon=True)
    maker.start()
    other.close()
    try:
        while True:
            try:
                is_piece, told = pickle.loads(mine.recv_bytes())  # noqa: S301  # from our own copy, by a pipe of our own
            except (EOFError, OSError) as error:
                raise BrokenOff from error
            if is_piece:
                yield told
            elif told is None:
                return
            else:
                raise told
    finally:
        mine.close()
        maker.join(_ENDS_WITHIN)
        maker.kill()


def _make(pieces: Iterable[Any], mine: Connection, other: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever takes the pieces; this ends when nobody does
    mine.close()
    last: Exception | None = None
    try:
        for piece in pieces:
            _send(other, True, piece)
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised where the pieces are taken
        last = error
    with suppress(BrokenPipeError):
        _send(other, False, last)


def _send(to: Connection, is_piece: bool, told: Any) -> None:
    to.send_bytes(pickle.dumps((is_piece, told), pickle.HIGHEST_PROTOCOL))
