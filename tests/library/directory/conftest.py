"""What the directory's tests share."""

from __future__ import annotations

import pytest

from leeward.library.directory import changes


@pytest.fixture
def nobody_follows(monkeypatch) -> None:
    """No part derives anything from what is brought in: that is shown by the tests of those parts."""
    monkeypatch.setattr(changes, "_followers", [])
