"""One village for all tests of this folder: each starts from it, and what a test does is undone.

To make one takes half a minute; no test here needs an empty place.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from leeward.village.loading import make_village


@pytest.fixture(scope="package")
def _village(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made once, and undone after the last test of the folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_village(lambda: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def in_the_village(_village: None, db: None) -> None:
    """Ask it."""
