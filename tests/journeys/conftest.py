"""The author's browser, and the author who told of her journey."""

from __future__ import annotations

import pytest
from django.test import Client

from leeward.members.models import Member
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import told


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.author)


@pytest.fixture
def member(cast: Cast) -> Member:
    return told(cast.author)
