"""Numbers from names, so that every village is the same."""

from __future__ import annotations

import hashlib

from leeward.kit.refs import ALPHABET, REF_LENGTH


def ref_of(name: str) -> str:
    """A name for addresses that is the same in every village."""
    number = number_of("ref", name)
    return "".join(ALPHABET[(number >> (3 * place)) % len(ALPHABET)] for place in range(REF_LENGTH))


def number_of(*words: object) -> int:
    """A number that these words always give."""
    digest = hashlib.blake2b("\0".join(map(str, words)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
