"""A neutral site on this machine, in place of the one that *Leave this page* opens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Neutral:
    """The site. `heard` holds what each visitor's browser said of where it came from; "" for nothing."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._open = threading.Event()
        self._open.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/weather"

    def hold(self) -> None:
        """Answer nobody until `let_go`: so long does the page stay that is being left."""
        self._open.clear()

    def let_go(self) -> None:
        """Answer again."""
        self._open.set()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        heard, opened = self.heard, self._open

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name that the base class calls
                opened.wait(timeout=10)
                if self.path == "/weather":
                    heard.append(self.headers.get("Referer", ""))
                body = b"<!doctype html><title>Weather</title><link rel=icon href=data:,><h1>Rain later</h1>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def neutral_site() -> Iterator[Neutral]:
    """The site, for as long as a test runs."""
    site = Neutral()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()
