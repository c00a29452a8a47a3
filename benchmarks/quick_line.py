"""A connection that asks as quickly as Python can: what it spends is not to be what is measured."""

from __future__ import annotations

import socket
from dataclasses import dataclass

PATIENCE = 60.0


class Ended(OSError):
    """The server closed the connection, or is gone."""


@dataclass(frozen=True)
class Said:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """One header; empty if there is none."""
        found = self.head.lower().partition(f"\r\n{name.lower()}: ".encode())
        start = len(found[0]) + len(found[1])
        return self.head[start:].partition(b"\r\n")[0].decode() if found[1] else ""


class QuickLine:
    """One connection to a server of this machine, kept open. Not for several threads at once.

    Args:
        port: its port.
        always: lines of header that go with each request.
    """

    def __init__(self, port: int, always: str = "") -> None:
        self.port, self.always, self.left = port, always, b""
        self.line: socket.socket | None = None

    def ask(self, method: str, path: str, lines: str = "", body: str = "") -> Said:
        """Ask, and wait for all of the answer.

        Raises:
            Ended: there was none.
        """
        sent = body.encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{self.always}{lines}"
        if sent or method != "GET":
            head += f"Content-Length: {len(sent)}\r\n"
        try:
            if self.line is None:
                self.line = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
                self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.line.sendall(f"{head}\r\n".encode() + sent)
            return self._answer()
        except OSError as error:
            self.close()
            raise Ended(str(error)) from error

    def close(self) -> None:
        """Close it; the next question opens it anew."""
        if self.line is not None:
            self.line.close()
        self.line, self.left = None, b""

    def _answer(self) -> Said:
        while b"\r\n\r\n" not in self.left:
            self._more()
        head, _, self.left = self.left.partition(b"\r\n\r\n")
        said = Said(int(head[9:12]), head, b"")
        if said.header("transfer-encoding") == "chunked":
            return Said(said.status, head, self._chunks())
        length = int(said.header("content-length") or 0)
        return Said(said.status, head, self._take(length))

    def _chunks(self) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in self.left:
                self._more()
            size, _, self.left = self.left.partition(b"\r\n")
            chunk = self._take(int(size, 16) + 2)[:-2]
            if not chunk:
                return body
            body += chunk

    def _take(self, length: int) -> bytes:
        while len(self.left) < length:
            self._more()
        taken, self.left = self.left[:length], self.left[length:]
        return taken

    def _more(self) -> None:
        assert self.line is not None
        came = self.line.recv(1 << 18)
        if not came:
            raise Ended("The server closed the connection.")
        self.left += came
