"""The project's own lints find what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bin.lint_guard import ALLOWED, faults_in
from bin.lint_locks import faults_in as faults_in_lock
from bin.lint_sizes import long_functions


@pytest.mark.parametrize(
    "line",
    [
        "Story._base_manager.all()",
        'Story.objects.raw("select 1")',
        "with connection.cursor() as cursor:",
        'with connections["default"].cursor() as cursor:',
        "Story.rings.through.objects.all()",
        'QuerySet(Story).filter(state="live")',
        'RawSQL("1", [])',
    ],
)
def test_the_guards_lint_says_what_to_write_instead(line: str) -> None:
    (fault,) = faults_in("leeward/stories/views.py", f"import x\n{line}\n")
    assert fault.startswith("leeward/stories/views.py:2:")
    assert "Instead: " in fault


@pytest.mark.parametrize("line", ["def f() -> QuerySet[Story]: ...", "rows.visible_to(viewer)", "x = 1  # not .raw("])
def test_the_guards_lint_lets_honest_lines_be(line: str) -> None:
    assert faults_in("leeward/stories/views.py", line) == []


def test_modules_that_may_reach_further_are_named_with_their_reason() -> None:
    assert faults_in("leeward/audience/unguarded.py", "QuerySet(model)") == []
    assert all(len(reason) > 10 for reason in ALLOWED.values())


def test_a_function_past_forty_lines_needs_a_reason() -> None:
    body = "\n".join(f"    x = {number}" for number in range(45))
    without, given = f"def f():\n{body}", f"def f():  # long: the rule reads as one\n{body}"
    assert list(long_functions(Path("a.py"), without.splitlines()))
    assert not list(long_functions(Path("a.py"), given.splitlines()))


def test_a_lock_without_hash_or_with_a_host_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text("--index-url https://packages.example/\nnh3==1.0\ntqdm==4.0 \\\n    --hash=sha256:ab\n")
    assert [fault.split(": ")[1] for fault in faults_in_lock(lock)] == ["names a host", "no hash for nh3==1.0"]
