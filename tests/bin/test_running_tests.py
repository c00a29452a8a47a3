"""A test run stays on this machine, and names what it left out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.no_network import NetworkRefused

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = 'import pytest\n\ndef test_a():\n    pytest.skip("no lamp here")\n\ndef test_b():\n    pass\n'


def run_apart(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_skipped.py").write_text(SKIPPED)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.left_out",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LEFT_OUT": "", "REQUIRE_ALL": "0"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("place.example", 443), ("2001:db8::1", 80, 0, 0)])
def test_no_test_reaches_another_machine(address: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET) as reaching:
        with pytest.raises(NetworkRefused):
            reaching.connect(address)
        with pytest.raises(NetworkRefused):
            reaching.connect_ex(address)


def test_what_was_left_out_is_named_and_fails_nothing(tmp_path: Path) -> None:
    done = run_apart(tmp_path, LEFT_OUT="the suite on PostgreSQL: no server")
    assert done.returncode == 0
    assert "1 tests: no lamp here" in done.stdout
    assert "the suite on PostgreSQL: no server" in done.stdout
    assert done.stdout.strip().splitlines()[-1].startswith("1 passed, 1 skipped")


def test_what_was_left_out_fails_the_run_when_all_is_required(tmp_path: Path) -> None:
    done = run_apart(tmp_path, REQUIRE_ALL="1")
    assert done.returncode == 1
    assert "REQUIRE_ALL=1: this fails the run" in done.stdout
