"""Refuse code that could reach rows past the guard, and say what to write instead.

Reads the program itself (not tests, which prove that the guard refuses). A line is never excused; a whole module may
be, in ALLOWED, with its reason.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BANNED: dict[str, str] = {
    r"\b_base_manager\b": "write Model.objects.visible_to(viewer), or .written_by(member)",
    r"\.raw\(": "write the question with the ORM; if a page is too slow for it, say so in a decision",
    r"\bRawSQL\b": "write the expression with the ORM",
    r"\.extra\(": "write the question with the ORM",
    r"\bconnections?(\[[^]]*\])?\.cursor\(": "write the question with the ORM; no SQL is written by hand here",
    r"\.through\.objects\b": "give the relation a model of its own with a name, and ask that",
    r"(?<![\w.])QuerySet\((?!\[)": "write Model.objects.visible_to(viewer); for tasks behind which no viewer stands, "
    "unguarded.everything(Model, reason=…)",
}
"""What may not be written, and what to write instead."""

ALLOWED: dict[str, str] = {
    "leeward/audience/unguarded.py": "the skeleton key itself",
    "leeward/audience/guard.py": "the guard itself names what it refuses",
    "leeward/kit/bulk.py": "hands the values of many rows to an INSERT that the ORM compiled",
    "leeward/kit/like_indexes.py": "asks PostgreSQL for the names of indexes, for migrations",
    "leeward/kit/statements.py": "runs what was compiled from querysets; closed ones refuse to be compiled",
    "leeward/search/words/sqlite.py": "FTS5 has no words in the ORM; it gives ids, asked for with the guard",
    "leeward/search/words/postgresql.py": "bounded ranking has no words in the ORM; it gives ids alone",
    "leeward/library/finding/words/sqlite.py": "ranking in FTS5 has no words in the ORM; services are everybody's",
    "leeward/library/finding/words/postgresql.py": "the same, for what a generated column holds",
    "leeward/web/backups/numbering.py": "Django words the statements that set sequences; the ORM cannot run them",
}
"""Modules that may, and why."""


def faults_in(name: str, text: str) -> list[str]:
    """The faults of one module, each as "path:line: what to write instead".

    Args:
        name: its path below the project's folder.
        text: what is written in it.
    """
    if name in ALLOWED:
        return []
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.split("  #", 1)[0]
        found += [
            f"{name}:{number}: {code.strip()}\n    Instead: {words}."
            for pattern, words in BANNED.items()
            if re.search(pattern, code)
        ]
    return found


def main() -> int:
    """Read the program; exit status 1 if there is a fault."""
    modules = sorted((ROOT / "leeward").rglob("*.py"))
    faults = [fault for path in modules for fault in faults_in(path.relative_to(ROOT).as_posix(), path.read_text())]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
