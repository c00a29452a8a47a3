"""Random names for things that are shown in addresses."""

import secrets

REF_LENGTH = 14
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0, 1, i, l, o: they are misread, on paper most of all."""


def random_ref() -> str:
    """A name of 14 letters and digits that cannot be guessed (69 bits) nor misread (no 0, 1, i, l, o)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REF_LENGTH))
