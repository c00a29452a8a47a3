"""The great place: made in a folder of its own, once, and served from there as a host would serve it.

    python -m benchmarks.great_place --data /tmp/great --whole              1.2 GB on SQLite, some minutes
    python -m benchmarks.great_place --data /tmp/great-quick --quick        a hundredth, seconds
    python -m benchmarks.great_place --data /tmp/great --whole --serve 8228

It is in production, behind a proxy that says "https", with its help lines confirmed. `readers.json` in the folder names
the pages and the signed-in readers, each with the value of her session cookie `s`; whoever asks must send
`X-Forwarded-Proto: https`. What is there already is not made anew. With --database URL (an empty PostgreSQL) the rows
are there, and the rest is in the folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.great_size import QUICK, WHOLE, GreatSize

ROOT = Path(__file__).resolve().parent.parent
READERS = "readers.json"
LAST_PAGE = 30
"""Answers on the last page: as many as on any."""


@dataclass(frozen=True)
class Scene:
    """What is there to be asked for, and by whom.

    Args:
        stories: addresses of the shorter, the great and the longer story.
        lengths: how many answers each has.
        pages: of each the addresses of its first, middle and last page.
        readers: the session cookies of those who look.
        others: names (refs) of other stories that each of them may see.
    """

    stories: list[str]
    lengths: list[int]
    pages: list[dict[str, str]]
    readers: list[str]
    others: list[str]

    @classmethod
    def read(cls, data: Path) -> Scene:
        """As `make` wrote it down."""
        return cls(**json.loads((data / READERS).read_text()))


def environment(data: Path, database: str = "") -> dict[str, str]:
    """The variables under which the place runs."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "leeward.settings",
        "LEEWARD_DATA": str(data),
        "DATABASE_URL": database or f"sqlite:///{data / 'leeward.sqlite3'}",
        "LEEWARD_PRODUCTION": "1",
        "LEEWARD_BEHIND_PROXY": "1",
        "LEEWARD_HOSTS": "localhost",
        "LEEWARD_HOST": "a measured place",
        "LEEWARD_RESPONSIBLE": "nobody: all here is invented",
        "LEEWARD_CONTACT": "nowhere",
        "LEEWARD_COUNTRIES": "GB",
    }


def main() -> int:
    """Make the place; with --serve, go on as its server."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.great_place", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="where it is kept")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--whole", action="store_true", help="as docs describe it")
    which.add_argument("--quick", action="store_true", help="a hundredth of it")
    parser.add_argument("--database", default="", metavar="URL", help="instead of SQLite in the folder")
    parser.add_argument("--serve", type=int, metavar="PORT", help="then serve it there until Ctrl-C")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    wanted = environment(options.data.resolve(), options.database)
    os.environ.update(wanted)
    make(quick=options.quick)
    if options.serve:
        command = [sys.executable, str(ROOT / "manage.py"), "serve", "--prepare", "--port", str(options.serve)]
        os.execve(sys.executable, command, wanted)  # noqa: S606  # our own program, in this place's environment
    return 0


def make(*, quick: bool) -> None:
    """Make what is not there of the place that the environment names, and its readers' sessions."""
    import django  # noqa: PLC0415  # reads the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415  # after that

    from benchmarks.building import build_once  # noqa: PLC0415  # its models load after Django
    from benchmarks.great_crowd import stamp  # noqa: PLC0415  # the same

    size = QUICK if quick else WHOLE
    build_once(stamp(size), lambda: fill(size))
    (settings.DATA / READERS).write_text(json.dumps(asdict(scene_of(size)), indent=1))


def fill(size: GreatSize) -> None:
    """All rows, into tables that are there and empty."""
    from benchmarks.building import store_everything  # noqa: PLC0415  # after Django
    from benchmarks.great_crowd import GreatCrowd  # noqa: PLC0415  # the same

    store_everything(GreatCrowd(size).tables())
    _open_the_place()


def _open_the_place() -> None:
    """What a host does before the place may open."""
    from leeward.library.lines import Line, Signs, lines_of, signs  # noqa: PLC0415  # after Django
    from leeward.library.models import Confirmation  # noqa: PLC0415  # the same

    things: list[Line | Signs] = [*lines_of("GB"), signs()]
    rows = [Confirmation(line_key=one.key, fingerprint=one.fingerprint, by="Nobody") for one in things]
    Confirmation.objects.bulk_create(rows)


def scene_of(size: GreatSize) -> Scene:
    """The pages, and a new session for each reader: an older one may have ended. Nobody is at her limit any more."""
    from django.db.models import F  # noqa: PLC0415  # after Django

    from leeward.audience.models import MEMBERS  # noqa: PLC0415  # the same
    from leeward.members.models import Attempt, Member, Session  # noqa: PLC0415  # the same
    from leeward.moderation.models import Sent, Storm  # noqa: PLC0415  # the same
    from leeward.stories.models import Reaction, ReactionWord, StoryAudience  # noqa: PLC0415  # the same

    for model in (Attempt, Sent, Storm):
        model.objects.all().delete()
    for turn, word in enumerate(ReactionWord.values):  # what an earlier run left behind
        hers = Reaction.objects.filter(story_id=2, member_id__lte=size.readers).exclude(word=word)
        hers.alias(turn=F("member_id") % 3).filter(turn=(turn + 1) % 3).delete()
    great = [_great(key) for key in range(1, len(size.lengths) + 1)]
    seen = StoryAudience.objects.filter(ring_id__lte=MEMBERS, thing_id__gt=len(great))
    others = seen.filter(thing__signed=True, thing__author_id__gt=size.writers).order_by("thing_id")
    readers = list(Member.objects.filter(pk__lte=size.readers).order_by("pk"))
    Session.objects.filter(member__in=[one.pk for one in readers]).delete()
    return Scene(
        [pages["first page"] for pages in great],
        list(size.lengths),
        great,
        [_signed_in(reader) for reader in readers],
        list(others.values_list("thing__ref", flat=True)[: 2 * size.readers]),
    )


def _great(key: int) -> dict[str, str]:
    """The addresses of the first, the middle and the last page of a great story, by the moment they begin after."""
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after Django
    from leeward.stories.models import Answer, Story  # noqa: PLC0415  # the same

    story = everything(Story, reason="benchmark: its own invented stories").get(pk=key)
    answers = everything(Answer, reason="benchmark: its own invented answers").filter(story=story).order_by("at")
    many, first = answers.count(), story.get_absolute_url()
    middle, last = (answers[place].at for place in (many // 2, many - LAST_PAGE - 1))
    return {"first page": first, "middle page": f"{first}?after={middle}", "last page": f"{first}?after={last}"}


def _signed_in(member: Any) -> str:
    """The cookie of a new session of hers, as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415  # after Django

    from leeward.members.models import today  # noqa: PLC0415  # the same
    from leeward.members.session_store import SessionStore  # noqa: PLC0415  # the same
    from leeward.members.sessions import BACKEND  # noqa: PLC0415  # the same

    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(member.pk), BACKEND
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session["started_on"], session["label"], session["shared"] = today().isoformat(), "", False
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    sys.exit(main())
