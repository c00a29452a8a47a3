"""What the browser tests stand on: `opens` (tests/browsing.py) and a furnished place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.browser.neutral import Neutral, neutral_site
from tests.browsing import DESKTOP, PHONE, Opens, sign_in
from tests.conftest import Cast
from tests.promises.furnishing import Furnished, furnish

__all__ = ["DESKTOP", "PHONE", "Opens", "sign_in"]


@pytest.fixture
def furnished(cast: Cast) -> Furnished:
    """The place with something behind every door."""
    return furnish(cast)


@pytest.fixture
def neutral(settings: Settings) -> Iterator[Neutral]:
    """The site that *Leave this page* opens, on this machine."""
    with neutral_site() as site:
        settings.LEAVE_TO = site.address
        yield site
