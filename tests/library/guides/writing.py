"""What tests of guides say often."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from leeward.library.guides import actions
from leeward.library.guides.content import Content, Source
from leeward.library.guides.models import Guide, Version
from leeward.members.models import Member
from tests.conftest import make_member

SOURCE = Source("sea", "The Sea", "On tides", "https://sea.example/tides", seen=True)
TEXT = """::: signs
### Now

Call at once.

- Water over the deck.[^sea]
:::

Words about tides. {child|The one you lost} is not forgotten.

::: steps
1. Sit down.
:::

::: country leave
Ask what leave there is.
:::"""


def content(**changed: Any) -> Content:
    """What a small sound guide says."""
    given: dict[str, Any] = {
        "title": "Tides",
        "summary": "How they come and go.",
        "text": TEXT,
        "speaks_to": ("self",),
        "facets": ("path:ivf",),
        "uses": ("leave",),
        "sources": (SOURCE,),
    }
    return Content(**{**given, **changed})


def editor(name: str = "Linden") -> Member:
    """An editor of the library."""
    return Member.objects.filter(name=name).first() or make_member(name, is_editor=True)


def reviewed(days: int = 300, ago: int = 0) -> actions.Reviewed:
    """A review by a named person, today or some days ago, that holds for some days."""
    today = timezone.localdate()
    return actions.Reviewed("Ada Lind", today - datetime.timedelta(ago), today + datetime.timedelta(days))


def drafted(key: str = "tides", language: str = "en", **changed: Any) -> Version:
    """A draft that the editor wrote."""
    return actions.begin(key, language, 1, content(**changed), by=editor())


def agreed(version: Version, by: Member | None = None) -> Version:
    """The same, given to a second reader who agreed."""
    actions.hand_on(version, by=editor(), seen=anew(version).touched_at)
    actions.agree(version, by=by or editor("Fern"), seen=anew(version).touched_at)
    return anew(version)


def published(key: str = "tides", language: str = "en", days: int = 300, **changed: Any) -> Version:
    """A guide that everyone reads."""
    version = agreed(drafted(key, language, **changed))
    actions.publish(version, reviewed(days), by=editor(), seen=version.touched_at)
    return anew(version)


def anew(version: Version) -> Version:
    """A version as it stands."""
    return Version.objects.select_related("guide").get(pk=version.pk)


def keys() -> set[str]:
    """The keys of the guides that there are."""
    return set(Guide.objects.values_list("key", flat=True))
