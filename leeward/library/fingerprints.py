"""Short names of exactly some content: what a confirmation points at."""

from __future__ import annotations

import hashlib
import json


def fingerprint_of(content: object) -> str:
    """A short name for exactly this content: another number or hour gives another. Confirmations keep it: it stays."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
