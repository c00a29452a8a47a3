"""The village's texts, read by the real reader: what its tables say of them is what a real place would find."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.language.reader.client import read
from leeward.village.loading import tables
from leeward.village.queue import queue_tables

WRITTEN = queue_tables()["text"]
ORDINARY = [*(told for person in tables("person") for told in person.get("story", ())), *tables("answer")]
AT_MOST = 0.03
"""Of the village's ordinary texts no larger part may be held: they swear and joke more than most. How many are held of
thousands of ordinary posts is measured apart (docs/screening.md)."""


def text_of(told: dict[str, Any]) -> str:
    """As its room gives it to the reader."""
    return f"{told.get('title', '')}\n\n{told['text'].strip()}".strip()


def signs_in(text: str) -> set[str]:
    found = read(text)
    return {*found.signs, *(["risk"] if found.look else []), *(["plan"] if found.plan else [])}


@pytest.mark.parametrize("told", WRITTEN, ids=[told["key"] for told in WRITTEN])
def test_the_reader_finds_in_a_text_of_the_queue_what_its_table_says(told: dict[str, Any]) -> None:
    said, found = set(told.get("signs", ())), signs_in(text_of(told))
    assert said <= found
    assert bool(found - {"risk"}) == bool(said - {"risk"}), found


def test_hardly_any_ordinary_text_of_the_village_is_held() -> None:
    held = [text_of(told)[:60] for told in ORDINARY if signs_in(text_of(told)) - {"risk"}]
    assert len(ORDINARY) > 250
    assert len(held) <= AT_MOST * len(ORDINARY), held
