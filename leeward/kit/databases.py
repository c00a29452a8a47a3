"""How a database is opened: SQLite so that it keeps what it acknowledged while readers go on, PostgreSQL prepared."""

from __future__ import annotations

from typing import Any

import dj_database_url


def database_at(url: str) -> dict[str, Any]:
    """What Django is told of the database at an address (sqlite:///file or postgres://user:password@host/name)."""
    told: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if "sqlite" not in told["ENGINE"]:
        told.setdefault("OPTIONS", {}).setdefault("prepare_threshold", 0)  # of audience.prepared; Django asks without
        return told
    told["CONN_MAX_AGE"] = None
    told["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds that a writer waits for her turn: when very many write at once, better late than lost
        "init_command": (  # what is read is mapped; each connection's own 4 MB are for what is written, or past the map
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=1073741824;"
            "PRAGMA cache_size=-4096;PRAGMA temp_store=MEMORY;PRAGMA secure_delete=ON;"
        ),
    }
    told["TEST"] = {"NAME": None}
    return told
