"""A data folder for each test: the key and the marker are files."""

from __future__ import annotations

from pathlib import Path

import pytest

from leeward.numbers import marker
from leeward.numbers.actions import publishing
from tests.numbers.counting import START


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    """An empty data folder."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's wrapper
    return tmp_path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be ten years later, so that any month of the tests may be published."""
    for module in (publishing, marker):
        monkeypatch.setattr(module, "this_month", lambda: START + 150)
