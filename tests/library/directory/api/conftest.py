"""A small directory of our own making, and the whole of the village's, brought in as any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as of_the_place

from leeward.library.directory.api import preparing
from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.models import Source
from leeward.library.directory.reading.reader import read
from leeward.library.directory.telling import chunks_of

VILLAGE = Path(of_the_place.BASE_DIR) / "leeward/village/services/services.jsonl"


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    """These tests ask more often than one address may; those of the rate set it themselves."""
    settings.SERVICES_API_RATE = 1_000_000


@pytest.fixture
def village(db: None) -> list[dict[str, Any]]:
    """The village's services, brought in; as they were told."""
    source = Source.objects.create(key="village", name="The village", licence="CC0-1.0")
    outcome = bring_in(source, chunks_of(read(VILLAGE)), complete=True)
    assert not outcome.fatal
    return [json.loads(line) for line in VILLAGE.read_text().splitlines()]


@pytest.fixture
def prepared(village: list[Any]) -> Iterator[None]:
    """The files of the whole, ready."""
    assert preparing.prepare_if_due() == 2
    yield
    for file in (preparing.export_file(), preparing.package_file()):
        file.unlink(missing_ok=True)
