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

ROOT = Path(__file__).resolve().parent.parent
READERS = "readers.json"


@dataclass(frozen=True)
class Scene:
    """What is there to be asked for, and by whom.

    Args:
        stories: addresses of the shorter, the great and the longer story.
        lengths: how many answers each has.
        readers: the session cookies of those who look.
        others: names (refs) of some of the other stories.
    """

    stories: list[str]
    lengths: list[int]
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

    from benchmarks.building import build_once, store_everything  # noqa: PLC0415  # its models load after Django
    from benchmarks.great_crowd import QUICK, WHOLE, GreatCrowd, stamp  # noqa: PLC0415  # the same

    size = QUICK if quick else WHOLE

    def fill() -> None:
        store_everything(GreatCrowd(size).tables())
        _open_the_place()

    build_once(stamp(size), fill)
    (settings.DATA / READERS).write_text(json.dumps(asdict(_scene(size)), indent=1))


def _open_the_place() -> None:
    """What a host does before the place may open."""
    from leeward.library.lines import Line, Signs, lines_of, signs  # noqa: PLC0415  # after Django
    from leeward.library.models import Confirmation  # noqa: PLC0415  # the same

    things: list[Line | Signs] = [*lines_of("GB"), signs()]
    rows = [Confirmation(line_key=one.key, fingerprint=one.fingerprint, by="Nobody") for one in things]
    Confirmation.objects.bulk_create(rows)


def _scene(size: Any) -> Scene:
    """The pages, and a new session for each reader: an older one may have ended."""
    from leeward.audience.unguarded import everything  # noqa: PLC0415  # after Django
    from leeward.members.models import Member, Session  # noqa: PLC0415  # the same
    from leeward.stories.models import Story  # noqa: PLC0415  # the same

    stories = everything(Story, reason="benchmark: its own invented stories")
    refs = list(stories.order_by("pk").values_list("ref", flat=True)[: size.readers + len(size.lengths)])
    great = len(size.lengths)
    readers = list(Member.objects.filter(pk__lte=size.readers).order_by("pk"))
    Session.objects.filter(member__in=[one.pk for one in readers]).delete()
    addresses = [f"/stories/{ref}/" for ref in refs[:great]]
    return Scene(addresses, list(size.lengths), [_signed_in(reader) for reader in readers], refs[great:])


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
