"""Asking a server for pages and sending forms to it, over a real connection, as a browser does without scripts."""

from __future__ import annotations

import contextlib
import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = "benchmarkbenchmarkbenchmarkbench"  # noqa: S105  # 32 letters, as the cookie against forged forms asks for
PATIENCE = 60.0
"""Seconds that one answer may take."""


@dataclass(frozen=True)
class Came:
    """What came back, and after how many milliseconds."""

    status: int
    text: str
    ms: float


class Line:
    """One connection to a server on this machine, kept open. Not for several threads at once."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str, session: str = "") -> Came:
        """Ask for a page."""
        return self._ask("GET", path, session, None)

    def post(self, path: str, session: str, fields: dict[str, str]) -> Came:
        """Send a form."""
        return self._ask("POST", path, session, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}))

    def _ask(self, method: str, path: str, session: str, body: str | None) -> Came:
        headers = {"Cookie": f"s={session}; c={TOKEN}", "Host": f"localhost:{self._port}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            self._line.close()  # the server had closed it meanwhile; asked anew it opens again
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
        text = response.read().decode()
        return Came(response.status, text, (time.perf_counter() - began) * 1000)


def wait_for(port: int, *, seconds: float = 180.0) -> None:
    """Wait until a server answers.

    Raises:
        SystemExit: it does not.
    """
    ends, said = time.monotonic() + seconds, "nothing"
    while time.monotonic() < ends:
        with contextlib.suppress(OSError):
            said = str(Line(port).get("/about/").status)
        if said == "200":
            return
        time.sleep(0.2)
    raise SystemExit(f"The server did not answer in time; the last that it said was {said}.")
