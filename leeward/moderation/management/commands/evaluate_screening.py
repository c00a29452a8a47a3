"""Measure the screening on lines of one's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.language.engine import load
from leeward.language.evaluating import BadLine, examples, tally


class Command(BaseCommand):
    """Read labelled lines and count what was found."""

    help = (
        'Read lines {"text": …, "label": "hold"|"pass"|"platitude"|"not_platitude"|"crisis"|"not_crisis"} and print, '
        "as the last line, what the screening found of what it should, and wrongly of what it should not. "
        "hold: a person would read it first; platitude: the gentle pause; crisis: help is shown (the loose threshold)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file of JSON lines, UTF-8")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="whose models to read with")
        parser.add_argument("--quiet", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = list(examples(options["file"].read_text(encoding="utf-8").splitlines()))
            engine = load(options["language"])
        except (OSError, UnicodeDecodeError, BadLine, LookupError) as error:
            raise CommandError(str(error)) from error
        with tqdm(rows, desc="Reading", disable=options["quiet"]) as bar:
            tallies = tally(bar, engine.judge)
        self.stdout.write(json.dumps({question: asdict(counted) for question, counted in tallies.items()}))
