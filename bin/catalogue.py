"""Check that every translatable text stands in leeward/locale/django.pot; --write brings that template up to date."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "leeward" / "locale" / "django.pot"
KEYWORDS = ("gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2")


def extract(to: Path) -> None:
    """Write all texts of the program into a catalogue template."""
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += [
        "--mapping-file",
        "bin/texts.cfg",
        "--project",
        "Leeward",
        "--no-location",
        "--sort-output",
        "--omit-header",
    ]
    for keyword in KEYWORDS:
        command += ["--keyword", keyword]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "ignore"}
    command += ["--output-file", str(to), "leeward", "docs/privacy"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def texts_of(path: Path) -> set[str]:
    """The texts in a catalogue."""
    with path.open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def main() -> int:
    """Compare, or write; exit status 1 if the template is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the template")
    if parser.parse_args().write:
        TEMPLATE.parent.mkdir(exist_ok=True)
        extract(TEMPLATE)
        print(f"{len(texts_of(TEMPLATE))} texts in {TEMPLATE.relative_to(ROOT)}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "django.pot"
        extract(found)
        now = texts_of(found)
    have = texts_of(TEMPLATE) if TEMPLATE.exists() else set()
    for text in sorted(now - have):
        print(f"not in the template: {text!r}")
    for text in sorted(have - now):
        print(f"no longer in the program: {text!r}")
    if now != have:
        print("Write the template again: make translations")
    return int(now != have)


if __name__ == "__main__":
    sys.exit(main())
