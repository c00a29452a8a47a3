"""What tests of this room do over and over: join, sign in, read a form."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from leeward.members.models import Member
from tests.conftest import PASSPHRASE

JOINING = {
    "name": "Linnea",
    "passphrase": PASSPHRASE,
    "passphrase_again": PASSPHRASE,
    "of_age": "on",
    "agrees": "on",
}


def join(client: Client, **changed: str) -> Any:
    """Send the form to join, with these fields changed."""
    return client.post("/join/", {**JOINING, **changed})


def sign_in(client: Client, name: str, passphrase: str = PASSPHRASE, **more: str) -> Any:
    """Send the form to sign in."""
    return client.post("/sign-in/", {"name": name, "passphrase": passphrase, **more})


def signed_in_as(member: Member, user_agent: str = "") -> Client:
    """A browser in which this member has signed in by its form, and so has shown her passphrase just now."""
    client = Client(headers={"user-agent": user_agent}) if user_agent else Client()
    assert sign_in(client, member.name).status_code == 302
    return client


def text_of(response: Any) -> str:
    """The page as text, entities read."""
    return unescape(response.content.decode())


def hidden(response: Any, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None, f"no hidden input {name}"
    return unescape(found.group(1))


def said_of(response: Any, name: str) -> str:
    """What the form says of one of its fields; empty if nothing is the matter with it."""
    found = re.search(rf'id="id_{name}_error">(.*?)</ul>', response.content.decode(), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", found.group(1))) if found else ""


def asked_in(response: Any) -> set[str]:
    """The names of all fields of the page's forms."""
    names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', response.content.decode())
    return set(names) - {"csrfmiddlewaretoken"}
