"""Find translatable texts in data files written in TOML, for `make translations`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO


def _texts(value: object, keys: Collection[str], under: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, keys, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, keys, under)
    elif isinstance(value, str) and under in keys and value:
        yield value


def extract(
    fileobj: BinaryIO,
    keywords: object,
    comment_tags: object,
    options: Mapping[str, Any],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield each text as Babel asks (line, function, message, comments). The option `keys` says where texts are."""
    keys = str(options.get("keys", "")).split()
    for text in _texts(tomllib.load(fileobj), keys):
        yield 0, "gettext", text, []
