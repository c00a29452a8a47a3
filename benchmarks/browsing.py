"""A browser with an empty cache, as far as sizes go: it asks the place's own WSGI door, in this process."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

_FONT_FACE = re.compile(r"@font-face\s*{(?P<body>[^}]*)}")
_FONT_URL = re.compile(r"url\(\s*[\"']?(?P<url>[^\"')]+\.woff2)[^)]*\)")
_RANGE = re.compile(r"unicode-range:\s*(?P<ranges>[^;}]+)")
_SPAN = re.compile(r"U\+(?P<first>[0-9A-F]+)(?:-(?P<last>[0-9A-F]+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back, as it went over the line."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, unpacked."""
        import brotli  # noqa: PLC0415  # in the development lock

        coding = self.headers.get("content-encoding", "")
        if coding == "br":
            return str(brotli.decompress(self.body).decode())
        if coding == "gzip":
            import gzip  # noqa: PLC0415  # the rarer case

            return gzip.decompress(self.body).decode()
        return self.body.decode()


@dataclass
class Browser:
    """Asks for pages.

    Args:
        application: the place's WSGI application.
        session: the value of the session cookie of somebody signed in, or none.
    """

    application: Callable[..., Any]
    session: str = ""

    def get(self, path: str) -> Answer:
        """Ask for one address, willing to take brotli or gzip."""
        came: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            came.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})

        response = self.application(self._environ(path), start)
        try:
            body = b"".join(response)
        finally:
            response.close()
        return Answer(came["status"], came["headers"], body)

    def _environ(self, path: str) -> dict[str, Any]:
        address, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT_ENCODING": "gzip, br",
            "HTTP_COOKIE": f"s={self.session}" if self.session else "",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }


@dataclass
class Weight:
    """Bytes of one page on an empty cache, by what they are."""

    parts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, size: int) -> None:
        """Add bytes of one kind."""
        self.parts[kind] = self.parts.get(kind, 0) + size

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.parts.values())


def weigh(browser: Browser, path: str) -> Weight:
    """The bytes of a page with its styles, scripts, pictures, and the fonts whose letters occur in it.

    Raises:
        RuntimeError: the page, or something that it names, is not there.
    """
    page, weight = _fetch(browser, path), Weight()
    weight.add("html", len(page.body))
    named = _Named()
    named.feed(page.text)
    letters = {ord(letter) for letter in page.text}
    seen: set[str] = set()
    for kind, address in named.found:
        if address in seen:
            continue
        seen.add(address)
        answer = _fetch(browser, urljoin(path, address))
        weight.add(kind, len(answer.body))
        if kind != "css":
            continue
        for font in _fonts_for(answer.text, letters):
            if (where := urljoin(address, font)) not in seen:
                seen.add(where)
                weight.add("fonts", len(_fetch(browser, where).body))
    return weight


class _Named(HTMLParser):
    """What a page makes a browser fetch at once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style, a script, a picture or a font that is asked for beforehand."""
        given = {name: value or "" for name, value in attrs}
        address = given.get("href" if tag == "link" else "src", "")
        if tag == "link" and given.get("media") != "print":
            kinds = {"stylesheet": "css", "icon": "pictures", "preload": "fonts"}
            kind = kinds.get(given.get("rel", ""))
        else:
            kind = {"script": "js", "img": "pictures"}.get(tag)
        if kind and address and not address.startswith("data:"):
            self.found.append((kind, address.partition("#")[0]))


def _fonts_for(css: str, letters: set[int]) -> Iterator[str]:
    """The fonts of a style sheet whose range holds a letter of the page: at most these does a browser fetch."""
    for face in _FONT_FACE.finditer(css):
        body = face["body"]
        ranges = _RANGE.search(body)
        spans = [
            (int(span["first"], 16), int(span["last"] or span["first"], 16))
            for span in _SPAN.finditer(ranges["ranges"] if ranges else "U+0-10FFFF")
        ]
        address = _FONT_URL.search(body)
        if address and any(first <= letter <= last for letter in letters for first, last in spans):
            yield address["url"]


def _fetch(browser: Browser, path: str) -> Answer:
    answer = browser.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}.")
    return answer
