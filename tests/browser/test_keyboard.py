"""Without a mouse: the skip links, the focus at every stop, and *Leave this page* by key and by link."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.neutral import Neutral
from tests.browser.watching import Watch
from tests.browsing import DESKTOP, PHONE, Opens
from tests.promises.furnishing import Furnished

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]  # what a page looks like is the same on any database

FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = (one.closest("label.choice") ?? one).getBoundingClientRect();
  const style = getComputedStyle(one);
  const [x, y] = [box.x + Math.min(box.width, 24) / 2, box.y + Math.min(box.height, 24) / 2];
  const over = document.elementFromPoint(x, y);
  return {
    what: one.outerHTML.slice(0, 100),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(over && (one.contains(over) || over.contains(one) || one.closest("label")?.contains(over))),
  };
}"""
"""Where the focus is: whether it is outlined, on the screen, and not behind anything (WCAG 2.2, 2.4.7, 2.4.11)."""

WATCH_THE_COVER = """() => {
  const state = () => ({
    title: document.title,
    covered: [[1, 1], [innerWidth / 2, innerHeight / 2], [innerWidth - 1, innerHeight - 1]]
      .every(([x, y]) => document.elementFromPoint(x, y)?.matches(".cover")),
    words: document.querySelector("main").checkVisibility({ visibilityProperty: true }),
  });
  new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => seen(state()))))
    .observe(document.body, { childList: true });
}"""
"""Says what somebody sees who looks over her shoulder, in the next picture after the cover, while the other site is
still on its way. The page says it itself: Chromium answers no question from outside while a page is being left."""


def stops(page: Page) -> list[dict[str, object]]:
    """Every stop of the Tab key, from the top of the page to its end."""
    found: list[dict[str, object]] = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or len(found) > 200:
            return found
        found.append(stop)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("stranger", "members:join"),
        ("author", "stories:read"),
        ("author", "stories:share"),
        ("author", "web:near"),
        ("author", "circles:found"),
        ("stranger", "guides:read"),
        ("host", "guides:write"),
        ("host", "guides:confirm_rules"),
        ("host", "directory:desk"),
        ("host", "directory:desk_service"),
        ("host", "directory:edit"),
    ],
)
def test_the_focus_is_seen_at_every_stop(
    furnished: Furnished, opens: Opens, who: str, name: str, size: dict[str, int]
) -> None:
    page = opens(getattr(furnished.cast, who, None), viewport=size)
    page.goto(furnished.path(name))
    found = stops(page)
    assert len(found) > 12
    for stop in found:
        assert stop["outlined"], stop
        assert stop["onScreen"], stop
        assert not stop["covered"], stop


def test_the_first_stop_leads_to_the_main_part_and_the_second_out(opens: Opens) -> None:
    page = opens()
    page.goto("/stories/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the main part")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/stories/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Leave this page")


def test_a_form_with_a_fault_has_the_focus_on_what_to_look_at_again(opens: Opens) -> None:
    page = opens()
    page.goto("/join/")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()


def test_shift_three_times_covers_the_page_and_puts_another_in_its_place(
    furnished: Furnished, opens: Opens, watches: dict[BrowserContext, Watch], neutral: Neutral
) -> None:
    page = opens(furnished.cast.author)
    watches[page.context].may_reach(neutral.address)
    page.goto("/about/")
    page.goto(furnished.path("stories:read"))
    page.keyboard.press("Shift")
    expect(page.locator("[data-leave-said]")).to_have_text("Press Shift two more times to leave.")
    page.keyboard.press("Shift+A")  # a capital letter is no wish to leave
    seen: list[dict[str, object]] = []
    page.expose_function("seen", lambda state: seen.append(state))  # noqa: PLW0108  # Playwright cannot wrap a list's own
    page.evaluate(WATCH_THE_COVER)
    neutral.hold()
    for _press in range(3):
        page.keyboard.press("Shift")
    while not seen:
        page.wait_for_timeout(20)
    assert seen == [{"title": "Loading", "covered": True, "words": False}]
    neutral.let_go()
    expect(page.get_by_role("heading")).to_have_text("Rain later")
    assert neutral.heard == [""]
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this is, and who reads what you write")
    assert page.locator(".nav").get_by_role("link", name="Sign in").is_visible()


def test_without_scripts_the_link_leads_out_and_back_does_not_show_the_page(
    furnished: Furnished, opens: Opens, watches: dict[BrowserContext, Watch], neutral: Neutral
) -> None:
    page = opens(furnished.cast.author, scripts=False)
    watches[page.context].may_reach(neutral.address)
    page.goto(furnished.path("stories:read"))
    page.locator(".exits").get_by_role("link", name="Leave this page").click()
    expect(page.get_by_role("heading")).to_have_text("Rain later")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here that we can show you")
