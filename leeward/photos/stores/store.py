"""What a store of prepared photos can do. Keys are `ab/abcdefghjkmnpq-large.jpg`, spread over folders by their name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from leeward.photos.sizes import Size

SUFFIX = ".jpg"


class StoreUnreachable(OSError):
    """The store does not answer, is full, or refuses us. Nothing is lost by it: later it may take what it did not."""


@dataclass(frozen=True)
class Kept:
    """One file of a store.

    Args:
        key: its name.
        at: when it was written, in microseconds.
    """

    key: str
    at: int


class Store(Protocol):
    """A store. Every method may raise StoreUnreachable."""

    def put(self, key: str, content: bytes) -> None:
        """Keep a file. It is there whole, or not at all; what was there under its name is replaced."""

    def open(self, key: str) -> IO[bytes]:
        """A file, to be read and closed. FileNotFoundError: there is none of this name."""

    def delete(self, keys: Iterable[str]) -> None:
        """Delete files; those that are not there are passed over."""

    def listing(self) -> Iterator[Kept]:
        """Every file that is kept."""


def key_for(ref: str, size: Size) -> str:
    """The key of a size of the photo of this name."""
    return f"{ref[:2]}/{ref}-{size}{SUFFIX}"


def keys_for(ref: str) -> list[str]:
    """The keys of all sizes of a photo."""
    return [key_for(ref, size) for size in Size]


def ref_in(key: str) -> str:
    """The name of the photo to which a key belongs; whatever else lies there gives a name that no photo has."""
    return key.rpartition("/")[2].partition("-")[0]
