"""Give the whole directory out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.kit.databases import go_through_all
from leeward.library.directory.giving_out import write_lines, write_list
from leeward.library.directory.packaging import write_package, write_zip

TEACHES = """
    export_services directory.jsonl     a record a line, each service with all that belongs to it
    export_services directory.json      the same as one list
    export_services directory.zip       tables (CSV) with a datapackage.json that names what they hold
    export_services directory/          the same as a folder, which must be empty or not there
    export_services -                   lines, to where the output goes

What comes out is the directory as this place shows it: where an editor changed something, the change stands there.
Extensions are kept. import_services takes each of these in again without loss. In the tables, a text that begins with
=, +, - or @ is given out exactly; open them in a program for tables only if you trust the directory, since it
may take such a text for a formula. Rows of tables that HSDS does not know are in the tables alone.
"""


class Command(BaseCommand):
    """Write the whole directory to a file, a folder or the output."""

    help = "Give out the whole directory of services as HSDS 3: JSON, or tables with a datapackage.json."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=TEACHES, **kwargs)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", metavar="FILE|FOLDER|-", help="its ending says the form: .jsonl, .json, .zip, or a /")
        parser.add_argument("--with-retired", action="store_true", help="also what its source no longer has")
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        to, asked = options["to"], {"with_retired": options["with_retired"]}
        go_through_all()
        with tqdm(unit=" records", disable=options["quiet"]) as bar:
            if to == "-":
                write_lines(sys.stdout, progress=bar.update, **asked)
                return
            path = Path(to)
            if path.suffix in {".json", ".jsonl", ".ndjson"}:
                with _whole_or_not(path) as file:
                    writes = write_list if path.suffix == ".json" else write_lines
                    count = writes(file, progress=bar.update, **asked)
            else:
                count = sum(_tables(path, is_folder=to.endswith("/") or path.is_dir(), bar=bar, asked=asked).values())
        if not options["quiet"]:
            self.stdout.write(f"{to}: {count:,} {'records' if path.suffix.startswith('.json') else 'rows'}.")


@contextmanager
def _whole_or_not(path: Path) -> Iterator[TextIO]:
    """A file that is there when it is whole."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _tables(path: Path, *, is_folder: bool, bar: Any, asked: dict[str, bool]) -> dict[str, int]:
    try:
        if is_folder:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                raise CommandError(f"{path} is not empty. Name a folder that is, or one that is not there.")
            return write_package(path, progress=bar.update, **asked)
        if path.suffix != ".zip":
            raise CommandError("The name says the form: it ends in .jsonl, .json, .zip, or in / for a folder.")
        return write_zip(path, progress=bar.update, **asked)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
