"""A campaign against one story: 500 cruel answers from 200 accounts.

Makes an invented crowd with 10,000 stories in a folder of its own (taken away afterwards), serves it as `manage.py
serve` does, with the real reader process, and sends the answers: the first tenth at the pace of 500 in ten minutes, the
others over eight connections as fast as the place takes them. The story's author and another reader go on asking for
pages meanwhile. Half of the accounts joined today; the others have texts that a person released.
What the author met is told exactly, from the rows: what was ever shown to her, for however short a time.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.asking import Line, wait_for
from benchmarks.cruelty import hostile_texts
from benchmarks.machine import described
from benchmarks.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.army import Account, Scene

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 8
"""Connections over which answers are sent at the same time, once they are sent as fast as they are taken."""
PACE = 600 / 500
"""Seconds between two answers of a campaign that sends 500 in ten minutes."""
ASKED_BEFORE = 40
"""Pages that are asked for before, to compare."""
PAUSE = 0.2
"""Seconds between two pages that one person asks for."""


def main() -> int:
    """Measure and print. The exit status is 1 if a new account's answer was ever shown, or one after it was known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.campaign", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="120 answers from 60 accounts in a small place")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of a table")
    parser.add_argument("--database", metavar="URL", help="an empty database to use instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leeward-campaign-") as folder:
        found = _measure(Path(folder), options.database, quick=options.quick)
    if options.json:
        print(json.dumps({"machine": described(), "campaign": found}, indent=1))
    else:
        print(table(["what", "figure"], [[what, str(figure)] for what, figure in found.items()]))
    return 0 if found["ever shown, of new accounts"] == 0 and found["shown after it was known"] == 0 else 1


def _measure(folder: Path, database: str | None, *, quick: bool) -> dict[str, Any]:
    os.environ["LEEWARD_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = database or ""
    os.environ["LEEWARD_PRODUCTION"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    import django  # noqa: PLC0415  # reads the variables above

    django.setup()
    from benchmarks.army import make_scene  # noqa: PLC0415  # its models load after Django
    from benchmarks.building import build  # noqa: PLC0415  # the same
    from benchmarks.population import Size  # noqa: PLC0415  # the same

    small = Size(1_000, 400, 600, 3_000, 100, 20, 1_000, 100, 0.95, 30)
    build(small if quick else Size(5_000, 2_000, 10_000, 100_000, 800, 50, 10_000, 300, 0.95, 100))
    scene = make_scene(60 if quick else 200)
    texts = list(hostile_texts(120 if quick else 500))
    with _server() as port:
        before = {name: _ask_calmly(port, path, who) for name, (path, who) in _pages(scene).items()}
        sent = _play(port, scene, texts)
        after = _moderate(port, scene)
    return {**_as_figures(before, sent, len(texts)), **_what_she_met(scene), **after}


@contextmanager
def _server() -> Iterator[int]:
    """The place, served with two workers and its reader."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--prepare", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            wait_for(port)
            _wait_for_reader()
            yield port
        finally:
            process.terminate()


def _wait_for_reader() -> None:
    from leeward.language.reader.client import is_there  # noqa: PLC0415  # after the settings

    ends = time.monotonic() + 60
    while not is_there():
        if time.monotonic() > ends:
            raise SystemExit("The reader did not answer in time.")
        time.sleep(0.2)


def _pages(scene: Scene) -> dict[str, tuple[str, Account]]:
    return {
        "the author's page": (scene.story.get_absolute_url(), scene.author),
        "the newest stories": ("/stories/", scene.reader),
    }


def _ask_calmly(port: int, path: str, who: Account) -> list[float]:
    line = Line(port)
    for _warm in range(5):
        line.get(path, who.session)
    return [line.get(path, who.session).ms for _one in range(ASKED_BEFORE)]


def _play(port: int, scene: Scene, texts: list[str]) -> dict[str, Any]:
    """Send all texts, slowly and then quickly, while two people go on asking for pages."""
    jobs = [(scene.story.ref, scene.army[at % len(scene.army)].session, text) for at, text in enumerate(texts)]
    slow, quick = jobs[: len(jobs) // 10], jobs[len(jobs) // 10 :]
    alone = []
    with _people_asking(port, scene) as at_its_pace:
        _open_line(port)
        for job in slow:
            alone.append(_send(job))
            time.sleep(max(0.0, PACE - alone[-1] / 1000))
    began = time.perf_counter()
    with _people_asking(port, scene) as pages, _crowd(port) as crowd:
        times = list(crowd.map(_send, quick))
        seconds = time.perf_counter() - began
    a_second = len(quick) / seconds
    return {"a second": a_second, "alone": alone, "times": times, "slowly": at_its_pace, "quickly": pages}


def _crowd(port: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, initializer=_open_line, initargs=(port,))


@contextmanager
def _people_asking(port: int, scene: Scene) -> Iterator[dict[str, list[float]]]:
    """People who ask for pages until the block ends; the milliseconds that each page took."""
    over, pages = threading.Event(), {name: list[float]() for name in _pages(scene)}

    def go_on_asking(name: str, path: str, who: Account) -> None:
        line = Line(port)
        while not over.wait(PAUSE):
            pages[name].append(line.get(path, who.session).ms)

    askers = [threading.Thread(target=go_on_asking, args=(name, *rest)) for name, rest in _pages(scene).items()]
    for asker in askers:
        asker.start()
    try:
        yield pages
    finally:
        over.set()
        for asker in askers:
            asker.join()


_own = threading.local()


def _open_line(port: int) -> None:
    _own.line = Line(port)


def _send(job: tuple[str, str, str]) -> float:
    ref, session, text = job
    came = _own.line.post(f"/stories/{ref}/answer/", session, {"text": text, "as_it_is": "1"})
    if came.status != 302:
        raise RuntimeError(f"An answer was met with {came.status}.")
    return float(came.ms)


def _as_figures(before: dict[str, list[float]], sent: dict[str, Any], number: int) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "answers": number,
        "an answer at its pace, p50 ms": round(statistics.median(sent["alone"]), 1),
        "an answer at its pace, p95 ms": round(statistics.quantiles(sent["alone"], n=20)[-1], 1),
        "answers a second, as fast as taken": round(sent["a second"], 1),
        "an answer then, p50 ms": round(statistics.median(sent["times"]), 1),
        "an answer then, p95 ms": round(statistics.quantiles(sent["times"], n=20)[-1], 1),
    }
    for name, calm in before.items():
        figures[f"{name}, p50 ms before"] = round(statistics.median(calm), 1)
        figures[f"{name}, p50 ms at its pace"] = round(statistics.median(sent["slowly"][name]), 1)
        figures[f"{name}, p50 ms as fast as taken"] = round(statistics.median(sent["quickly"][name]), 1)
    return figures


def _what_she_met(scene: Scene) -> dict[str, Any]:
    """What was ever shown to the author, from the rows: a thing keeps the moment at which it was first shown."""
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after the settings
    from leeward.audience.viewers import Viewer  # noqa: PLC0415  # the same
    from leeward.moderation.models import Storm  # noqa: PLC0415  # the same
    from leeward.stories.models import Answer  # noqa: PLC0415  # the same

    kinds = {one.member.pk: one.kind for one in scene.army}
    sent = everything(Answer, reason="benchmark: what was ever shown").filter(story=scene.story, author_id__in=kinds)
    shown = list(sent.exclude(at=None).values_list("author_id", "at"))
    storm = Storm.objects.filter(thing_id=scene.story.pk).first()
    seen = Answer.objects.filter(story=scene.story, author_id__in=kinds).visible_to(Viewer.member(scene.author.member))
    by_kind = [kinds[author] for author, _at in shown if author]
    return {
        "answers until it was known": sent.filter(touched_at__lt=storm.began_at).count() if storm else "never",
        "ever shown": len(shown),
        **{f"ever shown, of {kind} accounts": by_kind.count(kind) for kind in dict.fromkeys(kinds.values())},
        "shown after it was known": sum(1 for _author, at in shown if storm and at and at > storm.began_at),
        "still shown at the end": seen.count(),
    }


def _moderate(port: int, scene: Scene) -> dict[str, Any]:
    """What it costs the moderator: her queue's page, and one decision on all."""
    from leeward.moderation.actions import Ruling, decide_together  # noqa: PLC0415  # after the settings
    from leeward.moderation.actions.together import open_together, things_of  # noqa: PLC0415  # the same
    from leeward.moderation.models import Act, Case, CaseState  # noqa: PLC0415  # the same

    line, moderator = Line(port), scene.moderator.member
    queue = statistics.median(line.get("/moderation/", scene.moderator.session).ms for _one in range(10))
    about = {"under_kind": "stories.story", "under_id": scene.story.pk, "state": CaseState.OPEN}
    cases = list(Case.objects.filter(**about))
    began = time.perf_counter()
    open_together(cases, moderator=moderator)
    opened = time.perf_counter()
    seen = {key: thing.touched_at for key, thing in things_of(cases, moderator).items()}
    ruling = Ruling(Act.REMOVE, "kind", "It was one of very many cruel answers to the same story.")
    decided = decide_together(cases, moderator=moderator, ruling=ruling, seen=seen)
    return {
        "cases in the queue": len(cases),
        "the queue's page, p50 ms": round(queue, 1),
        "opening all, seconds": round(opened - began, 2),
        "one decision on all, seconds": round(time.perf_counter() - opened, 2),
        "decided by it": decided,
    }


if __name__ == "__main__":
    sys.exit(main())
