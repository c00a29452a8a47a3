"""Every page reads on a narrow screen and at 200 % zoom, and can be touched with a shaking thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.pages import by_person, sights_of
from tests.browsing import DESKTOP, PHONE, Opens
from tests.promises.furnishing import Furnished

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]  # what a page looks like is the same on any database

NARROW: ViewportSize = {"width": 320, "height": 640}
"""1,280 CSS pixels at 400 % (WCAG 2.2, 1.4.10)."""
ZOOMED: ViewportSize = {"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2}
"""A desktop at 200 % (WCAG 2.2, 1.4.4)."""

BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > wide + 1 && one.checkVisibility())
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
"""What reaches beyond the right edge of a page that scrolls sideways."""

SMALL = """() => {
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    const inside = box.width > 1 && box.bottom + scrollY > 0 && box.right > 0;
    return inside && one.checkVisibility({ visibilityProperty: true });
  };
  // WCAG 2.2, 2.5.8: a link inside a sentence has the height of its line.
  const inSentence = (one) =>
    getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const needs = (one) => (one.matches(".button, .exits__way") ? 44 : 24);
  const said = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const target = one.closest("label.choice") ?? one;
    if (one.type === "hidden" || !shown(target) || inSentence(one)) continue;
    const box = target.getBoundingClientRect();
    if (box.height < needs(one) - 0.5 || box.width < needs(one) - 0.5)
      said.push(`${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`);
  }
  return said;
}"""
"""Targets under 24 by 24 CSS pixels, and main buttons under 44 (WCAG 2.2, 2.5.8; the place's own measure, 2.5.5)."""


def hard_to_read(page: Page) -> list[str]:
    """What makes a page hard to read or to touch."""
    found = []
    for name, size in (("at 320", NARROW), ("at 200 %", ZOOMED)):
        page.set_viewport_size(size)
        found += [f"{name}, beyond the edge: {one}" for one in page.evaluate(BEYOND)]
    page.set_viewport_size(PHONE)
    return found + [f"too small: {one}" for one in page.evaluate(SMALL)]


def test_every_page_reads_on_a_narrow_screen_and_zoomed_and_its_targets_are_large(
    furnished: Furnished, opens: Opens
) -> None:
    sights = by_person(sights_of(furnished), furnished, opens)
    found = [f"{name}: {said}" for page, name in sights for said in hard_to_read(page)]
    assert not found, "\n".join(found)


def test_a_page_that_is_hard_to_read_would_be_found(opens: Opens) -> None:
    page = opens()
    page.set_content("<div style='width: 900px'>wide</div><button style='width: 20px; height: 20px'>x</button>")
    assert len(hard_to_read(page)) == 3
