"""What a page weighs on an empty cache: everything that it makes a browser fetch, once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.browsing import Browser, weigh

CSS = (
    "@font-face { src: url('f/latin.woff2') format('woff2'); unicode-range: U+0000-00FF; }"
    "@font-face { src: url('f/greek.woff2') format('woff2'); unicode-range: U+0370-03FF; }"
)
PAGES = {
    "/": b'<link rel="stylesheet" href="/s/a.css"><link rel="stylesheet" href="/s/a.css">'
    b'<link rel="icon" href="/s/i.svg"><script src="/s/j.js"></script><p>Here</p>',
    "/s/a.css": gzip.compress(CSS.encode()),
    "/s/i.svg": b"1" * 20,
    "/s/j.js": b"2" * 30,
    "/s/f/latin.woff2": b"3" * 400,
    "/s/f/greek.woff2": b"4" * 4000,
}


class _Body(list[bytes]):
    def close(self) -> None:
        """As WSGI asks."""


def _place(environ: dict[str, Any], start: Callable[..., object]) -> _Body:
    body = PAGES.get(environ["PATH_INFO"])
    packed = [("Content-Encoding", "gzip")] if environ["PATH_INFO"].endswith(".css") else []
    start("200 OK" if body is not None else "404 Not Found", packed)
    return _Body([body or b""])


def test_a_page_weighs_its_parts_each_once_and_only_fonts_whose_letters_occur() -> None:
    weight = weigh(Browser(_place), "/")
    assert weight.parts == {
        "html": len(PAGES["/"]),
        "css": len(PAGES["/s/a.css"]),
        "pictures": 20,
        "js": 30,
        "fonts": 400,
    }
    assert weight.total == sum(weight.parts.values())


@pytest.fixture
def without_script() -> Iterator[None]:
    script = PAGES.pop("/s/j.js")
    yield
    PAGES["/s/j.js"] = script


@pytest.mark.usefixtures("without_script")
def test_a_page_that_names_what_is_not_there_is_not_weighed() -> None:
    with pytest.raises(RuntimeError, match="404"):
        weigh(Browser(_place), "/")
