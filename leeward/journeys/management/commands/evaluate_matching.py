"""Measure how well questions find the stories of their subject."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.journeys.figures import figures
from leeward.journeys.matching import Entry, likenesses
from leeward.language.embedder import load_embedder

KINDS = ("query", "story")


class Command(BaseCommand):
    """Measure how well questions find the stories of their subject."""

    help = (
        'Measure matching on a file of lines {"kind": "query"|"story", "subject": …, "text": …}. Right answers to a '
        "query are the stories of its subject. The last line is JSON with hit@1, hit@5, mrr, ndcg@10 and queries."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="the lines")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="of the texts (that of the place)")

    def handle(self, *args: Any, **options: Any) -> None:
        entries = _read(options["file"])
        queries, stories = ([one for one in entries if one.kind == kind] for kind in KINDS)
        if not queries or not stories:
            raise CommandError("The file needs at least one query and one story.")
        try:
            embedder = load_embedder(options["language"])
            found = likenesses(
                [one.text for one in queries], [one.text for one in stories], embedder, options["language"]
            )
        except LookupError as missing:
            raise CommandError(str(missing)) from missing
        right = np.array([[query.subject == story.subject for story in stories] for query in queries])
        for name in ("meaning", "facts", "words"):
            self.stdout.write(f"{name} alone: {json.dumps(figures(getattr(found, name), right))}")
        self.stdout.write(json.dumps(figures(found.together(), right)))


def _read(path: Path) -> list[Entry]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error
    return [_entry(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _entry(line: str, number: int) -> Entry:
    try:
        said = json.loads(line)
        entry = Entry(said["kind"], str(said["subject"]), str(said["text"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"Line {number} is not a JSON object with kind, subject and text.") from error
    if entry.kind not in KINDS:
        raise CommandError(f"Line {number}: kind is {entry.kind!r}, neither query nor story.")
    return entry
