"""A real browser before the real place, on this machine alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from leeward.members.models import Member
from leeward.members.session_store import SessionStore
from leeward.members.sessions import begin
from tests.browser.watching import Watch
from tests.left_out import chromium as path_of_chromium

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PATIENCE_MS = 10_000
"""How long a test waits for what it looks for."""

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # Nothing resolves but this machine: not even a slip in a test reaches further.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


class Opens(Protocol):
    """Opens a browser of its own before the place: `opens()`, or `opens(member, scripts=False)`."""

    def __call__(self, member: Member | None = None, **how: Any) -> Page:
        """A page in a new context."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    # The browser's own loop runs in this thread, by which Django takes every query of a test for one in an async
    # view and refuses it. There is no async code here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET  # Chromium has no sandbox for root
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path_of_chromium(), args=arguments)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def home(live_server: LiveServer) -> str:
    """The address of the place."""
    return live_server.url


@pytest.fixture
def watches() -> dict[BrowserContext, Watch]:
    """The watch of each context that the test opened."""
    return {}


@pytest.fixture
def opens(browser: Browser, home: str, watches: dict[BrowserContext, Watch]) -> Iterator[Opens]:
    """Opens browsers, each a person's own, and fails the test if anything went wrong in one."""

    def open_one(member: Member | None = None, *, scripts: bool = True, **how: Any) -> Page:
        how = {"viewport": PHONE, "reduced_motion": "reduce", "locale": "en-GB", **how}
        context = browser.new_context(base_url=home, java_script_enabled=scripts, **how)
        context.set_default_timeout(PATIENCE_MS)
        watches[context] = Watch(context, home)
        if member is not None:
            sign_in(context, member, home)
        return context.new_page()

    yield open_one
    for context in watches:
        context.close()
    troubles = [trouble for watch in watches.values() for trouble in watch.troubles]
    assert not troubles, "\n".join(troubles)


def sign_in(context: BrowserContext, member: Member, home: str) -> None:
    """Let a member be signed in, as if she had shown her passphrase just now."""
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()  # as the middleware does
    begin(request, member, shared=False)
    request.session.save()
    assert request.session.session_key is not None
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": request.session.session_key, "url": home}])


def keep_passkeys(page: Page) -> None:
    """Give a browser a software authenticator that keeps passkeys, and unlocks whenever it is asked."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
