"""Every page works without scripts: its ways are links, its acts are forms, and nothing in it waits for a script.

The whole main job is walked without scripts in tests/browser/test_main_job.py; this looks at every page.
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.conftest import Cast
from tests.members.people import signed_in_as
from tests.promises.doors_table import DOORS, PEOPLE
from tests.promises.furnishing import furnish

NOT_HELD = {
    "web:style",  # its buttons are samples that do nothing
    "members:passkeys",  # browsers make passkeys by script alone, and the page says so
    "photos:show",  # a photo, and no page
    "library:offline",  # a script, and no page
    *("hsds:root", "hsds:api", "hsds:export", "hsds:package"),  # for programs, no pages
}
EMPTY = {"input", "meta", "link", "br", "hr", "img", "path", "circle"}


class Reader(HTMLParser):
    """Reads a page and notes what would need a script."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self.address = address
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.fragments: set[str] = set()
        self._hidden: list[bool] = []
        self._form: dict[str, str | None] | None = None
        self._sends = self._has_token = False
        self.feed(page)
        self.faults += [f"no part of the page is called {name}" for name in self.fragments - self.ids - {""}]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag not in EMPTY:
            self._hidden.append("hidden" in given or tag == "template")  # a browser shows neither
        self.faults += [f"{tag} has {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "script" and not given.get("src"):
            self.faults.append("a script stands in the page")
        if tag == "a":
            self._link(str(given.get("href") or ""))
        if tag == "form":
            self._form, self._sends, self._has_token = given, False, False
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self._has_token = True
        if tag == "button":
            self._button(given)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag not in EMPTY and self._hidden:
            self._hidden.pop()
        if tag == "form" and self._form is not None:
            self._close_form(self._form)

    def _link(self, href: str) -> None:
        parts = urlsplit(href)
        if not href or parts.scheme == "javascript":
            self.faults.append(f"a link that leads nowhere: {href!r}")
        elif not parts.scheme and not parts.path and not parts.query:
            self.fragments.add(parts.fragment)
        elif not parts.scheme and parts.path:
            self._must_be_a_door(parts.path)

    def _button(self, given: dict[str, str | None]) -> None:
        if given.get("type") != "button":
            self._sends = True
            if self._form is None and not given.get("form"):
                self.faults.append("a button outside of every form")
        elif not any(self._hidden):
            self.faults.append("a button that only a script can hear is shown")

    def _close_form(self, form: dict[str, str | None]) -> None:
        if form.get("method") == "post" and not self._has_token:
            self.faults.append("a form without its token")
        if not self._sends:
            self.faults.append("a form that nothing sends")
        self._must_be_a_door(str(form.get("action") or self.address))
        self._form = None

    def _must_be_a_door(self, path: str) -> None:
        try:
            resolve(urlsplit(path).path)
        except Resolver404:
            self.faults.append(f"there is no door at {path}")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_needs_a_script(cast: Cast, who: str) -> None:
    furnished = furnish(cast)
    client = Client() if who == "stranger" else signed_in_as(getattr(cast, who))
    names = {name for name, row in DOORS.items() if row[who] in {"page", "confirm"}} - NOT_HELD
    faults = {}
    for name in names:
        address = furnished.path(name)
        response = client.get(address)
        assert response.status_code == 200, name
        faults[name] = Reader(address, response.content.decode()).faults
    assert not {name: said for name, said in faults.items() if said}


def test_a_page_that_needs_a_script_would_be_found() -> None:
    page = """<a href="javascript:go()">go</a><button type="button">press</button><a href="#nowhere">there</a>
      <form method="post"><p onclick="go()" style="color: red"></p></form><script>go()</script>"""
    assert len(Reader("/", page).faults) == 8
