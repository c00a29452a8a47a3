"""Chosen names: how two spellings are known to be the same one."""

import unicodedata


def key_of(name: str) -> str:
    """The form by which a chosen name is found: NFKC, case folded, spaces collapsed.

    "Ama K", "ama  k" and "ＡＭＡ K" are one name, so that nobody can pass for another by spelling alone.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
