"""How a database is opened: SQLite so that it keeps what it acknowledged while readers go on, PostgreSQL prepared."""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.db import connection

_CACHE_KIB = 65_536
_LOG_PAGES = 65_536
"""Pages of 4 KiB, as SQLite has them: 256 MiB of disk."""


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


def go_through_all(*, writing: bool = False) -> None:
    """Open the database anew for a process that goes through all of it: SQLite's file is read, and not mapped.

    Every page that was touched would else count as memory of the process, for good.

    Args:
        writing: whether it also writes a great part of it: then more is held at a time, and the log is worked into the
            file less often, so that a page of an index which changes again and again is not written each time.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.close()
        more = f"PRAGMA cache_size=-{_CACHE_KIB};PRAGMA wal_autocheckpoint={_LOG_PAGES};" if writing else ""
        connection.settings_dict["OPTIONS"]["init_command"] += f"PRAGMA mmap_size=0;{more}"
