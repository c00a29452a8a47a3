"""What tests of the outermost room share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def place_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a command of manage.py in a place of its own on SQLite, as the host would; gives back what it printed."""
    home = tmp_path_factory.mktemp("places")

    def run(*command: str, folder: str = "place", status: int = 0, **settings: str) -> str:
        # The browser's fixture sets the last one for this process; a place never has it.
        ours = {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {"LEEWARD_DATA": str(home / folder), "DJANGO_SETTINGS_MODULE": "leeward.settings"} | settings
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    return run
