"""What the browser tests stand on: `opens` (tests/browsing.py) and a furnished place."""

from __future__ import annotations

import pytest

from tests.browsing import DESKTOP, PHONE, Opens, sign_in
from tests.conftest import Cast
from tests.promises.furnishing import Furnished, furnish

__all__ = ["DESKTOP", "PHONE", "Opens", "sign_in"]


@pytest.fixture
def furnished(cast: Cast) -> Furnished:
    """The place with something behind every door."""
    return furnish(cast)
