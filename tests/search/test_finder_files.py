"""The finder's files: trusted only after an end in order, and then compared with the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import DatabaseError

from leeward.audience.models import MEMBERS
from leeward.search.finder import core
from leeward.search.finder.core import Finder
from leeward.search.models import IndexedDocument
from tests.conftest import Cast
from tests.finding import real_embedder
from tests.search.test_finder import PLAN, STORIES, shows
from tests.stories.telling import told


def test_files_are_trusted_after_an_end_in_order_alone(cast: Cast, settings: Any, tmp_path: Path) -> None:
    shows(told(cast.author, MEMBERS, title="First", text="canary"), "kind:tfmr")
    first = Finder(tmp_path / "files", real_embedder(), "one")
    assert first.catch_up() == 1
    assert first.embed() == 1
    first.close()
    shows(told(cast.author, MEMBERS, title="Second", text="harbour"), "kind:tfmr")
    second = Finder(tmp_path / "files", real_embedder(), "one")
    assert second.is_kept
    assert not second.is_ready  # nobody is answered before it was compared with the database
    assert second.catch_up() == 1
    assert len(second.near(PLAN, STORIES, reach=5)) == 2
    second.close()
    third = Finder(tmp_path / "files", real_embedder(), "another")
    assert not third.is_kept  # other vectors: begun anew
    del third
    killed = Finder(tmp_path / "files", real_embedder(), "another")
    assert not killed.is_kept  # the one before was not closed


@pytest.mark.parametrize("harm", ["vectors", "bitmaps", "slots"])
def test_a_file_that_was_cut_short_or_lost_is_not_trusted(cast: Cast, tmp_path: Path, harm: str) -> None:
    shows(told(cast.author, MEMBERS, title="First", text="canary"), "kind:tfmr")
    first = Finder(tmp_path / "files", real_embedder(), "one")
    first.catch_up()
    assert first.embed() == 1
    first.close()
    file = tmp_path / "files" / harm
    if harm == "slots":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100])
    second = Finder(tmp_path / "files", real_embedder(), "one")
    assert not second.is_kept
    second.catch_up()
    assert len(second.near(PLAN, STORIES, reach=5)) == 1
    assert second.vectors.used == 1


def test_kept_files_are_compared_with_a_database_that_was_brought_back(cast: Cast, tmp_path: Path) -> None:
    """The same address, another content: what was withdrawn is there again, and facts are those of before."""
    for title in ("Stays", "Told less before", "Not yet there", "Withdrawn since"):
        shows(told(cast.author, MEMBERS, title=title, text="canary"), "kind:tfmr")
    first = Finder(tmp_path / "files", real_embedder(), "one")
    first.catch_up()
    while first.embed():
        pass
    withdrawn = IndexedDocument.objects.get(title="Withdrawn since")
    first._take_out([withdrawn.pk])
    first.close()
    long_ago = IndexedDocument.objects.filter(title="Told less before")
    long_ago.update(facts="kind:ectopic", changed_at=5)
    IndexedDocument.objects.filter(title="Not yet there").delete()
    second = Finder(tmp_path / "files", real_embedder(), "one")
    second.catch_up()
    assert second.is_kept
    things = {key for _kind, key, _weight in second.near(PLAN, STORIES, reach=5)}
    titles_there = set(IndexedDocument.objects.filter(thing_id__in=things).values_list("title", flat=True))
    assert titles_there == {"Stays", "Withdrawn since"}
    assert second.vectors.has(second.facts.slots_of(np.array([withdrawn.pk]))[0])


def test_a_database_that_fails_half_way_leaves_nothing_half_read(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        shows(told(cast.author, MEMBERS, text=f"canary {number}"), "kind:tfmr")
    whole = Finder(tmp_path / "one", real_embedder(), "one")
    whole.catch_up()
    while whole.embed():
        pass
    second = Finder(tmp_path / "two", real_embedder(), "one")

    def fails(*_: object, **__: object) -> Any:
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(core, "_passages", fails)
        with pytest.raises(DatabaseError):
            second.catch_up()
    assert not second.is_ready
    IndexedDocument.objects.order_by("pk").first().delete()  # type: ignore[union-attr]  # there are three
    second.catch_up()
    assert len(second.near(PLAN, STORIES, reach=5)) == 2
    assert second.vectors.used == 2
    assert not second.vectors.free
