"""The peer with vectors: it starts, holds what it was given, and finds the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.vector_peer import SIZE, as_text, vector_peer
from bin.with_postgres import CannotStart


def test_the_peer_finds_the_vector_that_is_alike() -> None:
    drawn = np.random.default_rng(1).normal(size=(300, SIZE)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    try:
        with vector_peer() as peer:
            peer.store("passages", range(200), drawn[:200])
            peer.store("passages", range(200, 300), drawn[200:])
            peer.index("passages")
            found = peer.run("SELECT id FROM passages ORDER BY vector <=> %s::halfvec LIMIT 3", [as_text(drawn[250])])
            assert "pgvector" in peer.named
            assert peer.processor() > 0
            assert peer.bytes_of("passages") > 300 * 2 * SIZE
    except CannotStart as reason:
        pytest.skip(str(reason))
    assert found[0] == (250,)
