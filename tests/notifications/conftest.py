"""What these tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leeward.notifications import kinds
from leeward.notifications.kinds import Kind
from tests.notifications.letterbox import Letterbox, open_letterbox

THING = "tests.something"


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of notice that belongs to the tests."""
    monkeypatch.setitem(kinds._kinds, THING, Kind(THING, "Something for tests", "Something happened."))


@pytest.fixture
def letterbox(settings: object) -> Iterator[Letterbox]:
    with open_letterbox(settings) as box:
        yield box
