"""A web server of our own on loopback that answers as a test says, well or badly, byte by byte."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.client import parse_headers
from typing import Any

from leeward.library.addresses import IPAddress

Respond = Callable[[str, dict[str, str]], Iterable[bytes]]
"""Given the target that was asked for and the headers, what is sent, piece by piece."""


def here_too(address: IPAddress) -> bool:
    """For tests: their own server on loopback may be asked."""
    return address.is_loopback


def well(body: bytes, content_type: str = "application/json", status: str = "200 OK", **headers: str) -> bytes:
    """A whole, sound answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def elsewhere(location: str) -> bytes:
    """A redirect."""
    return well(b"", status="302 Found", Location=location)


class Answering(socketserver.ThreadingTCPServer):
    """The server; `asked` is every target that was asked for, with its headers."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, respond: Respond, context: ssl.SSLContext | None, host: str) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self._respond = respond
        self._context = context
        super().__init__((host, 0), _Handler)

    @property
    def address(self) -> str:
        host, port = self.server_address[:2]
        return f"https://localhost:{port}" if self._context else f"http://{host!s}:{port}"

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        try:
            if self._context:
                request = self._context.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
            if self._context:
                request.close()
        except OSError:
            pass  # Whoever asked went away, as some tests want.

    def answer(self, target: str, headers: dict[str, str]) -> Iterable[bytes]:
        self.asked.append((target, headers))
        return self._respond(target, headers)


class _Handler(socketserver.StreamRequestHandler):
    server: Answering

    def handle(self) -> None:
        words = self.rfile.readline().decode("latin-1").split(" ")
        if len(words) == 3:
            headers = {name.lower(): value for name, value in parse_headers(self.rfile).items()}
            for piece in self.server.answer(words[1], headers):
                self.wfile.write(piece)


@contextmanager
def answering(respond: Respond, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Answering]:
    """A server that runs while the test does."""
    with Answering(respond, context, host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
