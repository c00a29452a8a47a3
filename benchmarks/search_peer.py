"""The same library in PostgreSQL alone, as one builds it elsewhere: tsvector and pgvector, fused in one statement."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from tqdm import tqdm

from benchmarks.search_crowd import AT_ONCE, HIDDEN, directions, invented
from benchmarks.spread import percentiles
from benchmarks.vector_peer import VectorPeer, as_text, vector_peer
from leeward.language.embedder import Embedder, load_embedder
from leeward.search.question import read_question

OF_EACH = 80
"""So many of each list are fused: as many as ours takes."""
FUSED = """
    WITH asked AS (SELECT string_agg(quote_literal(word), ' | ')::tsquery AS words
        FROM unnest(tsvector_to_array(to_tsvector('english', %s))) AS word),
    by_words AS (SELECT id, row_number() OVER (ORDER BY rank DESC, id DESC) AS place FROM (
        SELECT id, ts_rank_cd(document.words, asked.words) AS rank FROM document, asked
        WHERE document.words @@ asked.words AND shown ORDER BY rank DESC, id DESC LIMIT %s) AS said),
    by_meaning AS (SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM vectors ORDER BY vector <=> %s::halfvec LIMIT %s) AS meant)
    SELECT id, sum(1.0 / (60 + place)) AS worth
    FROM (SELECT * FROM by_words UNION ALL SELECT * FROM by_meaning) AS lists JOIN document USING (id)
    WHERE shown GROUP BY id ORDER BY worth DESC, id DESC LIMIT 20"""


def measured(many: int, asked: list[str]) -> dict[str, Any]:
    """What a search costs there, the embedder included, on a server of its own."""
    embedder = load_embedder("en")
    with vector_peer("hnsw.ef_search=100") as peer:
        began = time.perf_counter()
        _build(peer, many)
        made = time.perf_counter() - began
        found = {
            "named": peer.named,
            "seconds to build": round(made),
            "MiB of vectors with their index": peer.bytes_of("vectors") // 2**20,
            "one search, CPU ms": percentiles(_timed(peer, embedder, FUSED, asked)),
        }
        # As many write it who know of the cost: all words must stand in a document.
        strict = FUSED.replace("' | '", "' & '")
        return found | {"all words must be there, CPU ms": percentiles(_timed(peer, embedder, strict, asked))}


def _build(peer: VectorPeer, many: int) -> None:
    peer.run("CREATE TABLE document (id bigint, shown boolean, words tsvector)")
    for first in tqdm(range(0, many, AT_ONCE), desc="the peer's", unit_scale=AT_ONCE):
        size = min(AT_ONCE, many - first)
        keys = list(range(first + 1, first + size + 1))
        with peer.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO document VALUES (%s, %s, to_tsvector('english', %s))",
                [
                    (key, number % HIDDEN > 0, text)
                    for number, (key, text) in enumerate(zip(keys, invented(size, seed=first), strict=True))
                ],
            )
        peer.store("vectors", np.array(keys), directions(size, first))
    peer.run("ALTER TABLE document ADD PRIMARY KEY (id)")
    peer.run("CREATE INDEX ON document USING gin (words)")
    peer.run("VACUUM ANALYZE document")
    peer.index("vectors")


def _timed(peer: VectorPeer, embedder: Embedder, statement: str, asked: list[str]) -> list[float]:
    taken = []
    for number, text in enumerate([*asked[:5], *asked]):
        began = time.process_time() + peer.processor()
        words = " ".join(word for term in read_question(text).terms for word in term.words)
        peer.run(statement, [words, OF_EACH, as_text(embedder.embed(text)), OF_EACH])
        if number >= 5:
            taken.append((time.process_time() + peer.processor() - began) * 1000)
    return taken
