"""What kind of picture a file is, by its first bytes. Its name and what a browser says of it count for nothing."""

from __future__ import annotations

from enum import StrEnum

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
"""Brands of ISO/IEC 23008-12 for still pictures coded as HEVC; `mif1` names any coding, which the decoder decides."""


class Kind(StrEnum):
    """A kind of picture that is taken. Its value is the name of its decoder."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIF"


def kind_of(beginning: bytes) -> Kind | None:
    """The kind of a file that begins so (32 bytes are enough); None if it is none of ours."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return Kind.WEBP
    if beginning[4:8] == b"ftyp" and beginning[8:12] in HEIC_BRANDS:
        return Kind.HEIC
    return None
