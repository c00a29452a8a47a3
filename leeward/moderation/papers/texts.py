"""The host's texts: routes for moderators, and the policy on emergencies. Ours stand until the host has its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.moderation.models import HostText

SHIPPED = Path(__file__).parent / "texts.toml"
ROUTES = ("child", "home", "life", "images")
"""Routes for moderators, in the order in which they are shown."""
EMERGENCIES = "emergencies"
"""The policy that members read."""
KEYS = (*ROUTES, EMERGENCIES)


@dataclass(frozen=True)
class Text:
    """A text as it stands.

    Args:
        key: one of KEYS.
        title: what it is called.
        words: all of it, as Markdown.
        role: as what somebody of the host confirmed it; empty: nobody has yet.
        at: when it was written or confirmed, microseconds; None for the one that the place came with.
    """

    key: str
    title: str
    words: str
    role: str = ""
    at: int | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody of the host stands behind exactly these words."""
        return bool(self.role)

    def get_absolute_url(self) -> str:
        """Where those for whom it is meant read it."""
        return (
            reverse("moderation:emergencies")
            if self.key == EMERGENCIES
            else reverse("moderation:route", args=[self.key])
        )


def newest(key: str) -> HostText | None:
    """What the host wrote last under a key."""
    return HostText.objects.filter(key=key).order_by("-at", "-pk").first()


def text_in_force(key: str) -> Text:
    """The text that is shown: what was confirmed last; else what the host wrote last; else ours.

    Raises:
        KeyError: there is no such text.
    """
    confirmed = HostText.objects.filter(key=key).exclude(role="").order_by("-at", "-pk").first()
    return _text(key, confirmed or newest(key))


def text_to_write(key: str) -> Text:
    """The text with which the host goes on: what it wrote last, confirmed or not; else ours.

    Raises:
        KeyError: there is no such text.
    """
    return _text(key, newest(key))


def earlier(key: str) -> list[HostText]:
    """Everything that the host ever wrote under a key, newest first."""
    return list(HostText.objects.filter(key=key).order_by("-at", "-pk"))


def shipped(key: str) -> str:
    """The text that the place came with, as Markdown."""
    return "\n\n".join([_(_texts()[key]["lead"]), *_parts(_texts()[key])])


def _text(key: str, row: HostText | None) -> Text:
    title = _(_texts()[key]["title"])
    return Text(key, title, row.text, row.role, row.at) if row else Text(key, title, shipped(key))


def _parts(said: dict[str, Any]) -> list[str]:
    if "parts" in said:
        return [f"### {_(part['heading'])}\n\n{_list(part['items'])}" for part in said["parts"]]
    steps = "\n".join(f"{number}. {_(step)}" for number, step in enumerate(said["steps"], start=1))
    return [
        f"### {_('What to do')}\n\n{steps}",
        f"### {_('What not to do')}\n\n{_list(said['never'])}",
        f"### {_('Afterwards')}\n\n{_list(said['after'])}",
        f"### {_('For this place to write here')}\n\n{_list(said['host'])}",
    ]


def _list(items: list[str]) -> str:
    return "\n".join(f"- {_(item)}" for item in items)


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
