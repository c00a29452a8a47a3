"""What a hand does on a page: with a mouse or a finger, and by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

STOPS = 300
"""So often Tab is pressed at most: a page with a whole row of answers has some stops for each."""


def press(page: Page, name: str) -> None:
    """Press a button, by mouse or finger."""
    page.get_by_role("button", name=name, exact=True).click()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    wanted.wait_for()
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"The Tab key never comes to {wanted}")


def press_by_key(page: Page, name: str) -> None:
    """Go to a button by the Tab key, and press it; it leads to another page."""
    _enter(page, page.get_by_role("button", name=name, exact=True))


def follow_by_key(page: Page, name: str, *, exact: bool = True) -> None:
    """Go to a link by the Tab key, and follow it."""
    _enter(page, page.get_by_role("link", name=name, exact=exact).first)


def _enter(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")
