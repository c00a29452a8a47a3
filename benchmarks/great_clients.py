"""Those who ask: one request after the other, or several clients at once, each a process of its own."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from benchmarks.great_places import Asked, Place, Work
    from benchmarks.quick_line import QuickLine

LINES = 4
"""Connections over which is asked in turn, so that both workers answer; and the most clients at once."""
WARM, WARM_SECONDS = 24, 5.0
"""So many requests warm a work, or as many as are met in such a time; each connection makes one at least."""
FEWEST = 4
"""So many requests are asked in any case, however slow they are."""


@dataclass
class Progress:
    """Which requests of each work were made. Each connection has the numbers of its own readers, one after the other.

    So what one reader sends is always sent in its order, however many clients there are.
    """

    at: dict[str, list[int]] = field(default_factory=dict)

    def next_number(self, name: str, line: int) -> int:
        """The number of the next request of a connection; it counts as made."""
        turns = self.of(name)
        turns[line] += 1
        return (turns[line] - 1) * LINES + line

    def of(self, name: str) -> list[int]:
        """How many requests each connection made of a work."""
        return self.at.setdefault(name, [0] * LINES)

    def done(self, name: str) -> list[int]:
        """The numbers of all requests that were made."""
        return [turn * LINES + line for line, turns in enumerate(self.of(name)) for turn in range(turns)]


@dataclass(frozen=True)
class Done:
    """So many requests in so many seconds; the last answer had so many bytes."""

    many: int
    seconds: float
    size: int = 0


class NotDone(RuntimeError):
    """A place answered something else than that it was done."""


def warm(place: Place, name: str, work: Work, progress: Progress) -> None:
    """Ask some times without counting."""
    lines, ends = [place.line() for _each in range(LINES)], time.monotonic() + WARM_SECONDS
    for turn in range(WARM):
        if turn >= LINES and time.monotonic() > ends:
            break
        _ask(lines[turn % LINES], work(progress.next_number(name, turn % LINES)))


def opened(place: Place, name: str, work: Work, progress: Progress, *, packed: bool = False) -> dict[int, QuickLine]:
    """Connections over which one request each was made already: it opens them, and the place's own behind them."""
    lines = {line: place.line(packed=packed) for line in range(LINES)}
    for line, way in lines.items():
        _ask(way, work(progress.next_number(name, line)))
    return lines


def one_after_the_other(lines: dict[int, QuickLine], name: str, work: Work, progress: Progress, seconds: float) -> Done:
    """Ask for so long, one request after the other, over these connections in turn."""
    many, size, began = 0, 0, time.perf_counter()
    for line in cycle(lines):
        if many >= FEWEST and time.perf_counter() - began >= seconds:
            break
        size = _ask(lines[line], work(progress.next_number(name, line)))
        many += 1
    return Done(many, time.perf_counter() - began, size)


def at_once(place: Place, name: str, work: Work, progress: Progress, seconds: float, clients: int) -> Done:
    """Ask for so long with several clients at once."""
    forked = multiprocessing.get_context("fork")
    ends, started = [], []
    for client in range(clients):
        here, there = forked.Pipe()
        own = list(range(client, LINES, clients))
        arguments = (there, place, name, work, progress, seconds, own)
        started.append(forked.Process(target=_client, args=arguments))
        started[-1].start()
        there.close()  # or one that dies would be waited for without end
        ends.append((here, own))
    many, longest = 0, 0.0
    for here, own in ends:
        done, turns = here.recv()
        if done is None:
            raise NotDone(turns)
        many, longest = many + done.many, max(longest, done.seconds)
        for line in own:
            progress.of(name)[line] = turns[line]
    for one in started:
        one.join()
    return Done(many, longest)


def _client(
    there: Connection, place: Place, name: str, work: Work, progress: Progress, seconds: float, own: list[int]
) -> None:
    """One client, with the readers of its own connections."""
    try:
        done = one_after_the_other({line: place.line() for line in own}, name, work, progress, seconds)
        there.send((done, progress.of(name)))
    except (NotDone, OSError) as error:
        there.send((None, str(error)))


def _ask(line: QuickLine, asked: Asked) -> int:
    """Ask; how many bytes came."""
    came = line.ask(asked.method, asked.path, asked.lines, asked.body)
    if came.status != asked.meets:
        words = came.body[:300].decode(errors="replace")
        raise NotDone(f"{asked.method} {asked.path} was met with {came.status}: {came.header('location')} {words}")
    return len(came.body)
