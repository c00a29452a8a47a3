"""docs/promises.md names the test of each promise, and forgets none."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = set(re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")))
HELD = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "promises").glob("test_*.py")}


def test_every_test_that_is_named_exists() -> None:
    missing = {name for name in NAMED if not (ROOT / name).is_file()}
    assert not missing


def test_every_promise_that_is_tested_is_named() -> None:
    assert not HELD - NAMED - {"tests/promises/test_named.py"}
