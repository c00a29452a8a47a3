"""Refuse files past 300 lines and functions past 40: they become a folder of the same name, or several verbs.

A function may be longer with a reason on the line of its `def`: `# long: the whole rule reads as one`.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 300
FUNCTION_LINES = 40
LONG: dict[str, str] = {
    "leeward/journeys/vocabulary.py": "data, not code: the whole vocabulary is read in one place",
}
"""Files that may be longer, and why."""
SUFFIXES = {".py", ".html", ".css", ".js"}


def long_functions(path: Path, lines: list[str]) -> Iterator[str]:
    """Functions of a Python file that are too long and give no reason."""
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            signature = "\n".join(lines[node.lineno - 1 : node.body[0].lineno])
            if length > FUNCTION_LINES and "# long: " not in signature:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines; {FUNCTION_LINES} hold one thought."


def faults_in(path: Path) -> Iterator[str]:
    """What is too long in one file."""
    lines = (ROOT / path).read_text().splitlines()
    if len(lines) > FILE_LINES and path.as_posix() not in LONG:
        yield f"{path}: {len(lines)} lines; past {FILE_LINES} it becomes a folder of the same name."
    if path.suffix == ".py":
        yield from long_functions(path, lines)


def written_files() -> list[Path]:
    """Files that git keeps, or would keep, except what Django writes and what others wrote."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [Path(line) for line in listed.stdout.splitlines()]
    return [
        path
        for path in paths
        if path.suffix in SUFFIXES and not {"migrations", "vendor"} & set(path.parts) and (ROOT / path).exists()
    ]


def main() -> int:
    """Read the project; exit status 1 if anything is too long."""
    faults = [fault for path in written_files() for fault in faults_in(path)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
