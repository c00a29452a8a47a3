"""The finder process as `serve` starts it, on a place of its own: it follows, answers, ends and begins again."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as place

from leeward.search.finder import client
from leeward.search.finder.client import FinderUnavailable
from leeward.search.plans import Plan

ROOT = Path(__file__).resolve().parent.parent.parent
WRITE = """
from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.members.models import Member
from leeward.stories.models import ShownFact, Story
author = Member.objects.create(name={name!r})
story = Story.objects.create(author=author, text="The doctor could not find a heartbeat.")
ShownFact.objects.create(story=story, facet="kind", key="tfmr")
show_to(story, [MEMBERS])
publish(story)
"""
PLAN = Plan.of_facts({"kind:tfmr"})
STORIES = ["stories.story"]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"LEEWARD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "leeward.settings"}


def manage(folder: Path, *command: str, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def soon(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < ends, "it did not come to pass within a minute and a half"
        time.sleep(0.1)


def near() -> int:
    try:
        return len(client.near(PLAN, kinds=STORIES, pull=0, reach=5).names)
    except FinderUnavailable:
        return -1


def alike() -> int:
    try:
        meant = client.meant("no cardiac activity", Plan(), kinds=STORIES, reach=5).meaning
    except FinderUnavailable:
        return -1
    return len(meant.names) if meant else 0


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.FINDER_SOCKET = tmp_path / "finder.sock"
    return tmp_path


def test_it_follows_a_place_and_begins_again_where_it_was_after_an_end_in_order_or_not(folder: Path) -> None:
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "shell", "--no-imports", "-c", WRITE.format(name="Maud"))
    command = [sys.executable, "manage.py", "keep_finding", "--with-parent"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL) as process:
        soon(lambda: near() == 1)
        soon(lambda: alike() == 1)
        assert stat.S_IMODE((folder / "finder.sock").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "finder").stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "finder" / "vectors").stat().st_mode) == 0o600
        manage(folder, "shell", "--no-imports", "-c", WRITE.format(name="Ines"))
        soon(lambda: near() == 2)
        soon(lambda: alike() == 2)
        assert "Another finder listens" in manage(folder, "keep_finding", status=1)
        assert near() == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert near() == -1
    assert (folder / "finder" / "state.json").exists()
    with subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL) as process:
        soon(lambda: near() == 2)
        assert not (folder / "finder" / "state.json").exists()
        process.kill()
    assert near() == -1
    two = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]  # both find the socket of the one that was killed
    soon(lambda: near() == 2)
    soon(lambda: any(process.poll() == 1 for process in two))
    assert [process.poll() for process in two].count(None) == 1
    assert near() == 2
    for process in two:
        process.terminate()
        process.wait(15)
    assert "2 things were looked at" in manage(folder, "reindex")


def test_its_socket_lies_in_the_data_folder() -> None:
    assert place.FINDER_SOCKET.parent == place.DATA
