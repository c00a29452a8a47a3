"""Run every check that needs no test: style, types, templates, floors, texts, locks. All run, all faults are shown.

Exit status 1 if any failed. One check alone: `.venv/bin/python -m bin.run_checks floors`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(sys.executable).parent

CHECKS: dict[str, list[str]] = {
    "style": [str(HERE / "ruff"), "check", "."],
    "layout": [str(HERE / "ruff"), "format", "--check", "."],
    "types": [str(HERE / "mypy")],
    "templates": [str(HERE / "djlint"), "leeward", "--lint", "--quiet"],
    "help sheet": [sys.executable, "-m", "bin.help_sheet", "--check"],
    "floors": [str(HERE / "lint-imports"), "--no-logo"],
    "guard": [sys.executable, "bin/lint_guard.py"],
    "sizes": [sys.executable, "bin/lint_sizes.py"],
    "translations": [sys.executable, "-m", "bin.catalogue"],
    "locks": [sys.executable, "bin/lint_locks.py"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": [sys.executable, "manage.py", "check"],
}
"""The name of each check, and its command."""


def run(name: str) -> bool:
    """Run one check, show its words if it fails; whether it passed."""
    start = time.monotonic()
    result = subprocess.run(CHECKS[name], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    passed = result.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - start:.1f} s)", flush=True)
    if not passed:
        print(result.stdout + result.stderr, flush=True)
    return passed


def main() -> int:
    """Run the checks that were named, or all."""
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    failed = [name for name in names if not run(name)]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks pass.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
