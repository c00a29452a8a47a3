"""Measure what is read out of texts by rules, on lines of one's own."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.language.inside import inside
from leeward.language.told import told


class Command(BaseCommand):
    """Read labelled lines and say, facet by facet or note by note, what was found rightly, wrongly, and not at all."""

    help = (
        'Read lines {"text": …, "facts": ["kind:tfmr", …]} or {"text": …, "notes": ["termination", …]}, all labels, '
        "and print precision and recall of each facet or note, and of all as the last line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file of JSON lines, UTF-8")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="whose rules to read with")

    def handle(self, *args: Any, **options: Any) -> None:
        language: str = options["language"]
        counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # rightly, wrongly, missed
        try:
            for line in options["file"].read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                wanted = set(row["facts"] if "facts" in row else row["notes"])
                found = _facts(row["text"], language) if "facts" in row else _notes(row["text"], language)
                for key in found | wanted:
                    place = 0 if key in found & wanted else 1 if key in found else 2
                    counts[key.partition(":")[0]][place] += 1
        except (OSError, ValueError, KeyError, TypeError, LookupError) as error:
            raise CommandError(f"The file cannot be read so: {error}") from error
        for key, counted in sorted(counts.items()):
            self.stdout.write(json.dumps({"of": key, **_said(counted)}))
        self.stdout.write(json.dumps(_said([sum(each) for each in zip(*counts.values(), strict=True)] or [0, 0, 0])))


def _facts(text: str, language: str) -> set[str]:
    return {one.fact for one in told(text, language)}


def _notes(text: str, language: str) -> set[str]:
    return {one.note for one in inside(text, language)}


def _said(counted: list[int]) -> dict[str, float]:
    right, wrong, missed = counted
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return {
        "precision": round(precision, 2),
        "recall": round(recall, 2),
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }
