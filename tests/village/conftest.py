"""One village for all tests of a module: each starts from it, and what a test does is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from leeward.village.loading import make_village


@pytest.fixture(scope="module")
def _village(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made once a module, and undone with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_village(lambda: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def in_the_village(_village: None, db: None) -> None:
    """Ask it."""
