"""Seven viewers look at the invented crowd's stories; what they get is timed and proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection

from benchmarks.building import build
from benchmarks.measuring import Figures, measure
from benchmarks.peers import after_fetching, by_lists
from benchmarks.population import FULL, QUICK, Size, great_story
from benchmarks.reference import Place, agrees, read_place, visible, visible_answers
from benchmarks.watchers import WHO, viewers
from leeward.audience.feed import newest
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE
from leeward.stories.answers import PAGE, answers_page
from leeward.stories.models import Story

DEEP_PAGE = 200
PEER_SAMPLES, PEER_SECONDS = 10, 5.0


@dataclass
class Proof:
    """How many results were compared with brute force, and which were wrong."""

    proved: int = 0
    wrong: list[str] = field(default_factory=list)

    def hold(self, right: bool, what: str) -> None:
        """Count one comparison."""
        self.proved += 1
        if not right:
            self.wrong.append(what)


def measure_all(*, quick: bool, samples: int) -> dict[str, Any]:
    """Build the crowd if it is not there, let everyone look, and give the figures."""
    size = QUICK if quick else FULL
    build(size)
    place, proof = read_place(), Proof()
    rows = [_look(place, size, name, viewer, samples, proof) for name, viewer in viewers(size).items()]
    crowd = f"{size.members:,} members, {size.stories:,} stories, {size.answers:,} answers"
    return {"database": _database(), "crowd": crowd, "viewers": rows, "size": asdict(size), **asdict(proof)}


def _look(place: Place, size: Size, name: str, viewer: Viewer, samples: int, proof: Proof) -> dict[str, Any]:
    expected = visible(place, viewer)
    deep = _deep_moments(expected)
    great = everything(Story, reason="benchmark: the story with very many answers").get(pk=great_story(size))
    first = everything(Story, reason="benchmark: one story by its name").get(pk=expected[0][1])
    read = great if great.pk in _may_see(place, viewer) else first
    _prove(place, viewer, name, expected, deep, great, proof)

    def top(ask: Callable[..., object]) -> Callable[[int], object]:
        return lambda _: ask()

    def down(ask: Callable[..., object]) -> Callable[[int], object]:
        return lambda number: ask(before=deep[number % len(deep)])

    ours: dict[str, Figures] = {
        "20 newest, top": measure(top(lambda: newest(Story, viewer)), samples=samples),
        "20 newest, deep": measure(down(lambda before: newest(Story, viewer, before=before)), samples=samples),
        "one story": measure(top(lambda: _one(first.ref, viewer)), samples=samples),
        "answers, one page": measure(top(lambda: answers_page(read, viewer)), samples=samples),
    }
    peers: dict[str, Figures] = {}
    for how, peer in (("lists as parameters", by_lists), ("filter after fetching", after_fetching)):
        for depth, at in (("top", top), ("deep", down)):
            asked = at(lambda before=FAR_FUTURE, peer=peer: peer(viewer, before=before))
            peers[f"{how}, {depth}"] = measure(asked, samples=PEER_SAMPLES, warm=1, budget=PEER_SECONDS)
    return {
        "viewer": name,
        "who": WHO[name],
        "visible": len(expected),
        "ours": {what: figures.as_dict() for what, figures in ours.items()},
        "peers": {what: figures.as_dict() for what, figures in peers.items()},
    }


def _prove(
    place: Place,
    viewer: Viewer,
    name: str,
    expected: list[tuple[int, int]],
    deep: list[int],
    great: Story,
    proof: Proof,
) -> None:
    """Hold every kind of answer against brute force, for this viewer."""
    for before in (FAR_FUTURE, *deep):
        proof.hold(agrees(newest(Story, viewer, before=before), expected, before=before), f"{name}: before {before}")
    for before in (FAR_FUTURE, deep[0]):
        for peer in (by_lists, after_fetching):
            proof.hold(agrees(peer(viewer, before=before), expected, before=before), f"{name}: {peer.__name__}")
    seen = {key for _, key in expected}
    for story in everything(Story, reason="benchmark: proof of one").filter(at__gte=place.stories[200][0]):
        may = story.pk in seen
        wants = Story.objects.filter(ref=story.ref).visible_to(viewer).gentle_for(viewer).exists()
        proof.hold(wants == may, f"{name}: story {story.pk} alone")
    answers = visible_answers(great, viewer, size=PAGE) if great.pk in _may_see(place, viewer) else []
    found = [answer.pk for answer in answers_page(great, viewer).answers]
    proof.hold(found == answers, f"{name}: answers of the great story")


def _may_see(place: Place, viewer: Viewer) -> set[int]:
    """What she may see, were she to filter nothing: a story's answers are read behind its notes too."""
    return {key for _, key in visible(place, viewer, wants=False)}


def _deep_moments(expected: list[tuple[int, int]]) -> list[int]:
    """Where forty pages from the two hundredth on begin; for who sees less, from three quarters of her list on."""
    first = min(DEEP_PAGE * 20, len(expected) * 3 // 4)
    last = min(first + 800, len(expected) - 1)
    return [expected[place][0] for place in range(first, last + 1, 20)] if last >= first else [expected[0][0]]


def _one(ref: str, viewer: Viewer) -> Story | None:
    """As the page of a story asks."""
    found: Story | None = Story.objects.filter(ref=ref).visible_to(viewer).select_related("author").first()
    return found


def _database() -> str:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version  # noqa: PLC0415  # of no use on the other database

        return f"SQLite {sqlite_version}"
    return f"PostgreSQL {connection.get_database_version()[0]}.{connection.get_database_version()[1]}"
