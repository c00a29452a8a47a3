"""What a page costs: CPU of this process for one request, statements, and kilobytes on an empty cache.

Makes the demonstration village in a folder of its own (taken away afterwards) and asks the place's own WSGI door, in
this process, through all its middleware, as the server asks it; nothing else is between. Warm, medians.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import described
from benchmarks.tables import table

TARGET_KB = 60.0
"""No page is heavier on an empty cache, fonts included (docs/promises.md)."""


def main() -> int:
    """Measure and print. The exit status is 1 if a page is heavier than is promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten samples of each page instead of a hundred")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of a table")
    parser.add_argument("--database", metavar="URL", help="an empty database to make the village in, instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leeward-pages-") as folder:
        pages = _measure(Path(folder), options.database, samples=10 if options.quick else 100)
    if options.json:
        print(json.dumps({"machine": described(), "pages": pages}, indent=1))
    else:
        _print(pages)
    return 0 if all(page["kb"] < TARGET_KB for page in pages) else 1


def _measure(folder: Path, database: str | None, *, samples: int) -> list[dict[str, Any]]:
    os.environ["LEEWARD_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = database or ""
    os.environ["LEEWARD_PRODUCTION"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    import django  # noqa: PLC0415  # reads the variables above

    django.setup()
    visits = _visits()
    from benchmarks.browsing import Browser, weigh  # noqa: PLC0415  # after the settings, like the rest
    from benchmarks.measuring import measure  # noqa: PLC0415  # the same
    from leeward.wsgi import application  # noqa: PLC0415  # looks once for the static files, so after they are there

    found = []
    for name, path, session in visits:
        browser = Browser(application, session)
        weight = weigh(browser, path)
        figures = measure(lambda _, ask=browser.get, path=path: ask(path), samples=samples, warm=5).as_dict()  # type: ignore[misc]  # a lambda's defaults
        html = browser.get(path)
        kb = {kind: round(size / 1000, 1) for kind, size in weight.parts.items()}
        found.append(
            {
                "page": name,
                **figures,
                "kb": round(weight.total / 1000, 1),
                "kb_of": kb,
                "html_packed_by": html.headers.get("content-encoding", "nothing"),
                "html_kb_gzip": round(len(gzip.compress(html.text.encode(), 6)) / 1000, 1),
            }
        )
    return found


def _visits() -> list[tuple[str, str, str]]:
    """The pages: what they are called, where they are, and the session they are seen with."""
    from django.core.management import call_command  # noqa: PLC0415  # after the settings
    from django.test import Client  # noqa: PLC0415  # the same

    from leeward.audience.unguarded import everything  # noqa: PLC0415  # the same
    from leeward.audience.viewers import Viewer  # noqa: PLC0415  # the same
    from leeward.members.models import Member  # noqa: PLC0415  # the same
    from leeward.stories.models import Answer, Story  # noqa: PLC0415  # the same
    from leeward.village.signins import SIGNINS  # noqa: PLC0415  # the same
    from leeward.web import starting  # noqa: PLC0415  # the same

    starting.prepare()
    with Path(os.devnull).open("w") as nowhere:
        call_command("village", stdout=nowhere)
    client, member = Client(), Member.objects.get(name=SIGNINS[0].name)
    client.force_login(member)
    session = client.cookies["s"].value
    counts: dict[int, int] = {}
    for story in everything(Answer, reason="benchmark: the longest page of a story").values_list("story_id", flat=True):
        counts[story] = counts.get(story, 0) + 1
    seen = Story.objects.filter(at__gt=0).visible_to(Viewer.stranger())
    longest = max(seen, key=lambda story: counts.get(story.pk, 0)).get_absolute_url()
    return [
        ("home, a stranger", "/", ""),
        ("home, a member", "/", session),
        (f"a story with {max(counts.values())} answers, a stranger", longest, ""),
        ("the same, a member", longest, session),
        ("journey overview, a member", "/journey/", session),
        ("near, a member", "/near/", session),
        ("newest stories, a member", "/stories/", session),
        ("help now, a stranger", "/help/", ""),
    ]


def _print(pages: list[dict[str, Any]]) -> None:
    head = ["page", "CPU ms", "statements", "database ms", "KB", "html", "css", "js", "fonts", "pictures", "html gzip"]
    rows = []
    for page in pages:
        of = [f"{page['kb_of'].get(kind, 0):.1f}" for kind in ("html", "css", "js", "fonts", "pictures")]
        cpu, database = f"{page['cpu_median_ms']:.1f}", f"{page['database_median_ms']:.2f}"
        rows.append([page["page"], cpu, str(page["statements"]), database, f"{page['kb']:.1f}", *of, ""])
        rows[-1][-1] = f"{page['html_kb_gzip']:.1f}"
    print(table(head, rows))
    packed = pages[0]["html_packed_by"]
    print(f"\nKB is 1,000 bytes, as served; the HTML is packed by {packed}. Target {TARGET_KB:.0f} KB.")


if __name__ == "__main__":
    sys.exit(main())
