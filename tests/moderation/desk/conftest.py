"""A second moderator beside the cast's."""

from __future__ import annotations

import pytest

from leeward.members.models import Member
from tests.conftest import Cast, make_member


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)
