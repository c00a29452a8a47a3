"""What must never happen in a browser, noted as it happens: errors, refusals of the policy, requests to elsewhere."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

STATUS = "Failed to load resource: the server responded with a status of"
"""How Chromium begins the line that it writes for every answer of 400 and above."""


class Watch:
    """Notes the troubles of all pages of one browser context.

    Args:
        context: the context to watch.
        home: the address of the place, as "http://localhost:1234".
    """

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.troubles: list[str] = []
        self._hosts = {urlsplit(home).netloc}
        self._expected: set[str] = set()
        self._may_be_offline = False
        context.on("console", self._said)
        context.on("weberror", lambda error: self.troubles.append(f"a script broke: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def may_reach(self, address: str) -> None:
        """Let the test go to one other server, on this machine: the neutral site of *Leave this page*."""
        self._hosts.add(urlsplit(address).netloc)

    def may_be_offline(self) -> None:
        """Let the test take the line away: what a script asks for then does not arrive."""
        self._may_be_offline = True

    def expects_refusal_of(self, address: str) -> None:
        """Let a script ask this address and be refused."""
        self._expected.add(address)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        if self._may_be_offline and "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        address = urldefrag(message.location.get("url", "")).url
        if message.text.startswith(STATUS) and address in self._expected:
            return
        self.troubles.append(f"the console says: {message.text} ({address})")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc not in self._hosts:
            self.troubles.append(f"a request goes elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        # A page that says that something is missing or wrong is an answer of ours, which its test reads.
        if response.request.is_navigation_request() and response.status >= 400:
            self._expected.add(urldefrag(response.url).url)
