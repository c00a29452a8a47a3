"""Bring a directory of services in."""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify
from tqdm import tqdm

from leeward.kit.ahead import BrokenOff, ahead
from leeward.kit.databases import go_through_all
from leeward.library.directory.bringing_in import bring_in, went_so_far
from leeward.library.directory.models import Source
from leeward.library.directory.outcome import COUNTED, MOST_NAMED, Named, Outcome, Trouble
from leeward.library.directory.reading.found import ReadRefused
from leeward.library.directory.reading.reader import read
from leeward.library.directory.telling import Chunk, chunks_of

_SHOWN = 20

TEACHES = """
It reads HSDS 3: JSON (a record, a list, a record a line), a folder or a zip of tables (CSV, with or without a
datapackage.json), or the address of a file or of an HSDS API, which is read page by page.

Again and again: records of the same id are brought up to date, those that the source no longer has are retired (they
are shown no more, and come back when they come again), and what your editors changed stays as they left it. Where the
directory has since changed the same field, that is listed as a difference.

First look, then do:
    import_services services.zip --source county --dry-run
    import_services services.zip --source county --name "County directory" --licence "CC BY 4.0"

A broken record is named with its file, line, column and reason, and the rest goes in; with --strict nothing does.
An API that was read half (its server fell ill, you stopped it) is read on from the page it had come to; what is gone
is then retired by the next import, which reads all of it. --from-the-start reads all of it at once.
You can stop it at any time (Ctrl-C, or a server that dies): what is in stays in, nothing is retired, and running it
again completes it. With --strict everything is one transaction, for whose end other writers wait.
"""


class Command(BaseCommand):
    """Bring in a directory from a file, a folder or an address; again and again."""

    help = "Bring in a directory of services (HSDS 3) from a file, a folder or an address."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=TEACHES, **kwargs)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("where", metavar="FILE|FOLDER|URL")
        parser.add_argument(
            "--source",
            help="which directory this is: a word of your own, the same each time; "
            "without it, the name of the file or of the site",
        )
        parser.add_argument("--name", default="", help="what the directory is called")
        parser.add_argument("--licence", default="", help="under which its records may be shown and given on")
        parser.add_argument("--partial", action="store_true", help="this is a part: retire nothing that is not in it")
        parser.add_argument("--from-the-start", action="store_true", help="of an API read half before: read all of it")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument("--strict", action="store_true", help="write nothing if anything at all is broken")
        parser.add_argument("--json", action="store_true", help="print all that happened as one JSON object")
        parser.add_argument(
            "--quiet", action="store_true", help="show no progress, and print nothing but what is broken"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._source(options)
        quiet = options["quiet"] or options["json"]
        anew = "://" not in options["where"] or any(options[one] for one in ("from_the_start", "dry_run", "strict"))
        reached = {} if anew else went_so_far(source)
        go_through_all(writing=not options["dry_run"])
        gc.disable()  # Trees hold no circles, and looking for some takes a third of the time.
        try:
            with tqdm(unit=" records", disable=quiet) as bar:
                outcome = bring_in(
                    source,
                    _counted(_taken_apart(options["where"], reached), bar),
                    dry_run=options["dry_run"],
                    strict=options["strict"],
                    complete=not options["partial"],
                    name_changes=MOST_NAMED if options["json"] else _SHOWN,
                    reached=reached,
                )
        except ReadRefused as refused:
            raise CommandError(str(refused)) from refused
        except BrokenOff as gone:
            raise CommandError("The process that read is gone. What is in stays in; run it again.") from gone
        finally:
            gc.enable()
        if options["json"]:
            self.stdout.write(json.dumps(as_data(outcome), ensure_ascii=False, indent=1))
        else:
            self._tell(outcome, quiet=options["quiet"], dry_run=options["dry_run"])
        if not outcome.kept and not options["dry_run"]:
            raise CommandError("Something is broken, so nothing was brought in (--strict).")

    def _source(self, options: dict[str, Any]) -> Source:
        """The source of that key, made if it is new."""
        key = options["source"] or _key_of(options["where"])
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", key):
            raise CommandError("--source is a word of letters, digits, - and _, of at most 60.")
        where = options["where"] if "://" in options["where"] else ""
        made = Source(key=key, name=options["name"] or key, address=where[:500], licence=options["licence"])
        source = Source.objects.filter(key=key).first()
        if source is None:
            if not options["dry_run"]:
                made.save()
            return made
        told = {name: options[name] for name in ("name", "licence") if options[name]}
        for name, value in told.items():
            setattr(source, name, value)
        if told and not options["dry_run"]:
            source.save(update_fields=list(told))
        return source

    def _tell(self, outcome: Outcome, *, quiet: bool, dry_run: bool) -> None:
        self._tell_troubles("Refused", outcome.faults)
        self._tell_troubles("Broken, and kept as it came", outcome.remarks)
        self._tell_troubles("Told in two ways", outcome.conflicts)
        if quiet:
            return
        for one in outcome.differences.first[:_SHOWN]:
            said = f"the directory now says {_short(one.now)}, before {_short(one.was)}"
            self.stdout.write(
                f"Changed here and there: {one.kind} {one.id}, {one.field}: here {_short(one.here)}; {said}"
            )
        for change in outcome.changes if dry_run else ():
            self.stdout.write(f"{change.what}: {change.kind} {change.id}")
            for name, (before, after) in change.fields.items():
                self.stdout.write(f"  {name}: {_short(before)} → {_short(after)}")
        for line in counts_in_words(outcome):
            self.stdout.write(line)
        if outcome.retiring:
            self.stdout.write(f"Nothing was retired: {outcome.retiring}.")
        if dry_run:
            self.stdout.write("This was a rehearsal. Nothing was written.")

    def _tell_troubles(self, title: str, troubles: Named[Trouble]) -> None:
        if not troubles.count:
            return
        self.stderr.write(f"{title}: {troubles.count:,}")
        for trouble in troubles.first[:_SHOWN]:
            self.stderr.write(f"  {in_words(trouble)}")
        if troubles.count > _SHOWN:
            self.stderr.write(f"  … and {troubles.count - _SHOWN:,} more; --json names them.")


def _taken_apart(where: str, reached: dict[str, Any]) -> Iterator[Chunk]:
    """What is read. Files keep a processor busy, so where there are two, the second one reads."""
    chunks = chunks_of(read(where, reached=reached))
    return ahead(chunks) if "://" not in where and len(os.sched_getaffinity(0)) > 1 else chunks


def _counted(chunks: Iterable[Chunk], bar: Any) -> Iterator[Chunk]:
    for chunk in chunks:
        yield chunk
        bar.update(chunk.read)


def _key_of(where: str) -> str:
    host = urlsplit(where).hostname if "://" in where else None
    return slugify(host.replace(".", "-") if host else Path(where).resolve().stem)[:60] or "directory"


def in_words(trouble: Trouble) -> str:
    """Where, what, and why, in one line."""
    what = " ".join(word for word in (trouble.kind, trouble.id[:120], trouble.path) if word)
    return f"{trouble.origin}: {what}: {trouble.reason}" if what else f"{trouble.origin}: {trouble.reason}"


def counts_in_words(outcome: Outcome) -> Iterator[str]:
    """A line for each table."""
    for kind, counts in outcome.counted().items():
        told = ", ".join(f"{counts[what]:,} {what}" for what in COUNTED if counts.get(what))
        yield f"{kind}: {told}"


def as_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as one object."""
    return {
        "counts": outcome.counted(),
        "kept": outcome.kept,
        "nothing_retired_because": outcome.retiring,
        **{
            name: {"count": troubles.count, "first": [_flat(trouble) for trouble in troubles]}
            for name, troubles in (
                ("refused", outcome.faults),
                ("broken", outcome.remarks),
                ("conflicts", outcome.conflicts),
            )
        },
        "differences": {"count": outcome.differences.count, "first": [asdict(one) for one in outcome.differences]},
        "changes": {"count": outcome.changes.count, "first": [asdict(one) for one in outcome.changes]},
    }


def _flat(trouble: Trouble) -> dict[str, Any]:
    return {**asdict(trouble), "origin": asdict(trouble.origin)}


def _short(value: Any) -> str:
    words = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 100 else words[:99] + "…"
