"""Nothing is loaded from anyone else; nothing of a visitor's network address is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver

from leeward.audience.models import EVERYONE
from tests.conftest import Cast, signed_in
from tests.promises.doors import addresses
from tests.stories.telling import told

ELSEWHERE = re.compile(
    r"""(?:src|srcset|poster|action|data)\s*=\s*["']?(?:https?:)?//|<link[^>]+href=["']?(?:https?:)?//"""
)
ADDRESS = "203.0.113.77"


def pages(cast: Cast, client: Client) -> list[tuple[str, Any]]:
    story = told(cast.author, EVERYONE, text="a public story with https://example.org/ in it")
    return [(address, client.get(address)) for address in addresses(get_resolver(), [story])]


@pytest.mark.parametrize("looker", ["other_member", "host", None])
def test_no_page_loads_anything_from_elsewhere(cast: Cast, looker: str | None) -> None:
    client = signed_in(getattr(cast, looker)) if looker else Client()
    for address, response in pages(cast, client):
        if response.streaming or "html" not in response.headers.get("Content-Type", ""):
            continue
        html = response.content.decode()
        assert not ELSEWHERE.search(html), address
        assert " style=" not in html, f"{address}: the policy refuses inline styles"
        assert not re.search(r"<script(?![^>]+src=)", html), f"{address}: the policy refuses inline scripts"
        assert "onclick=" not in html, address


def test_every_page_is_sent_with_the_strict_policy_and_is_stored_nowhere(cast: Cast) -> None:
    for address, response in pages(cast, signed_in(cast.other_member)):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        if not address.startswith("/hsds/"):  # the same for everybody: tests/library/directory/api/
            assert "no-store" in response.headers["Cache-Control"], address
        assert "noindex" in response.headers["X-Robots-Tag"], address
        assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, address


def test_no_table_holds_the_network_address_of_a_visitor(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=ADDRESS)
    client.post("/sign-in/", {"name": "Maud", "passphrase": "not this one", "password": "not this one"})
    client.post("/join/", {"name": "Someone", "passphrase": "a quiet harbour wall", "password": "a quiet harbour wall"})
    client.get("/stories/")
    for model in apps.get_models():
        for row in model._base_manager.values():
            assert ADDRESS not in str(row), model.__name__
