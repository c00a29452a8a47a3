"""The browser of the browser tests, for this room's own."""

from tests.browser.conftest import browser, home, opens, watches

__all__ = ["browser", "home", "opens", "watches"]
