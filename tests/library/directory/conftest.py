"""What the directory's tests share."""

from __future__ import annotations

import pytest

from leeward.library.directory import changes


@pytest.fixture
def nobody_follows(monkeypatch) -> None:
    """No part derives anything from what is brought in: that is shown by the tests of those parts."""
    monkeypatch.setattr(changes, "_followers", [])


@pytest.fixture
def told(monkeypatch) -> list[set[str]]:
    """What followers are told; no other follower listens."""
    heard: list[set[str]] = []
    monkeypatch.setattr(changes, "_followers", [lambda ids, wholes: heard.append(set(ids))])
    return heard
