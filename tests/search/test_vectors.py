"""Vectors of one byte a number: they say nearly what the long ones say, and are blotted out when they go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leeward.search.finder import columns
from leeward.search.finder import vectors as subject
from leeward.search.finder.vectors import SIZE, Vectors, packed


def directions(many: int, seed: int = 1) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(many, SIZE)).astype(np.float32)
    unit: np.ndarray = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def test_a_packed_vector_points_nearly_where_it_pointed() -> None:
    long = directions(200)
    short, scales = packed(long)
    again = short.astype(np.float32) * scales[:, None]
    assert np.sum(long * again, axis=1).min() > 0.999


def test_the_best_passage_of_a_document_counts(tmp_path: Path) -> None:
    kept, asked = Vectors(tmp_path), directions(1)[0]
    away = directions(3, seed=2)
    kept.put(0, *packed(away[:1]))
    kept.put(5, *packed(np.stack([away[1], asked, away[2]])))
    slots, cosines = kept.alike(asked, 10, np.ones(6, dtype=bool))
    assert slots.tolist() == [5, 0]
    assert cosines[0] == pytest.approx(1, abs=0.01)
    found = kept.likeness(asked, np.array([0, 1, 5, 9000]))
    assert found[2] == pytest.approx(1, abs=0.01)
    assert (found[1], found[3]) == (0, 0)


def test_only_what_is_allowed_is_found(tmp_path: Path) -> None:
    kept, asked = Vectors(tmp_path), directions(1)[0]
    kept.put(0, *packed(asked[None, :]))
    kept.put(1, *packed(directions(1, seed=3)))
    assert kept.alike(asked, 10, np.array([False, True]))[0].tolist() == [1]


def test_what_goes_is_blotted_out_of_the_file(tmp_path: Path) -> None:
    kept = Vectors(tmp_path)
    kept.put(0, *packed(directions(3)))
    kept.put(0, *packed(directions(1, seed=4)))
    assert np.count_nonzero(kept.vectors.array.any(axis=1)) == 1
    kept.remove(0)
    for column in kept.columns():
        column.flush()
    assert not (tmp_path / "vectors").read_bytes().strip(b"\0")
    assert not (tmp_path / "signs").read_bytes().strip(b"\0")
    assert kept.alike(directions(1)[0], 10, np.ones(1, dtype=bool))[0].tolist() == []


def test_by_signs_first_nearly_all_of_the_nearest_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "EXACT", 100)
    kept, centres = Vectors(tmp_path), directions(50)
    noise = directions(5000, seed=5)
    those = centres[np.arange(5000) % 50] + 0.8 * noise
    those /= np.linalg.norm(those, axis=1, keepdims=True)
    for slot, vector in enumerate(those):
        kept.put(slot, *packed(vector[None, :]))
    hits = 0
    for asked in those[:40]:
        best = set(np.argsort(-(those @ asked))[:10].tolist())
        hits += len(best & set(kept.alike(asked, 10, np.ones(5000, dtype=bool))[0].tolist()))
    assert hits / 400 > 0.95


def test_it_opens_again_as_it_was(tmp_path: Path) -> None:
    kept, asked = Vectors(tmp_path), directions(1)[0]
    for slot in range(6000):
        kept.put(slot, *packed(directions(1, seed=slot + 10)))
    kept.put(3, *packed(asked[None, :]))
    again = Vectors(tmp_path, kept.kept())
    assert again.alike(asked, 1, np.ones(6000, dtype=bool))[0].tolist() == [3]


def test_the_place_of_what_went_is_used_again(tmp_path: Path) -> None:
    kept = Vectors(tmp_path)
    for slot in range(4):
        kept.put(slot, *packed(directions(3, seed=slot)))
    kept.remove(1)
    kept.put(2, *packed(directions(1, seed=9)))
    again = Vectors(tmp_path, kept.kept())
    for both in (kept, again):
        assert both.used == 12
    again.put(5, *packed(directions(2, seed=6)))
    again.put(6, *packed(directions(3, seed=7)))
    assert again.used == 12
    assert again.likeness(directions(3, seed=7)[2], np.array([0, 5, 6]))[2] == pytest.approx(1, abs=0.01)
    again.put(7, *packed(directions(1)))
    assert again.used == 13
    assert sorted(again.owners.array[:13].tolist()) == [0, 0, 0, 2, 3, 3, 3, 5, 5, 6, 6, 6, 7]


def test_rows_of_a_long_file_are_read_as_those_of_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Vectors(tmp_path)
    kept.put(0, *packed(directions(300)))
    places = np.array([5, 6, 7, 250, 3, 4, 0, 299, 298, 5])
    short = kept.vectors.take(places)
    monkeypatch.setattr(columns, "STAYS", 100)
    assert (kept.vectors.take(places) == short).all()
    kept.put(1, *packed(directions(2, seed=8)))
    assert (kept.vectors.array[300:302] == packed(directions(2, seed=8))[0]).all()
    assert Vectors(tmp_path, kept.kept()).has(1)
    kept.remove(0)
    assert not kept.vectors.take(places).any()
    assert kept.vectors.take(places[:0]).shape == (0, SIZE)


def test_a_file_that_grows_holds_what_it_held(tmp_path: Path) -> None:
    for name, shape, larger in (("long", (5, 3), (9, 3)), ("wide", (5, 3), (6, 9))):
        column = columns.Column(tmp_path / name, np.int32, shape)
        column.array[:] = np.arange(15).reshape(5, 3)
        column.grow(larger)
        assert column.array[:5, :3].tolist() == np.arange(15).reshape(5, 3).tolist()
        assert column.array.sum() == np.arange(15).sum()
    owners = columns.Column(tmp_path / "filled", np.int32, (2,), fill=-1)
    owners.grow((600_000,))
    assert (owners.array == -1).all()
    with pytest.raises(columns.DamagedFile):
        columns.Column(tmp_path / "filled", np.int32, (3,), is_kept=True)
