"""Lines for those who read a route: of every country that the place serves, then international ones."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from leeward.journeys.countries import country_name
from leeward.library.shown import lines_by_kind
from leeward.moderation.papers.lines import LinesOfPlace


def lines_to_pass_on(kinds: Collection[str]) -> list[LinesOfPlace]:
    """The lines of some kinds, by country."""
    places = [*((code, country_name(code)) for code in settings.COUNTRIES), ("", _("International"))]
    found = [LinesOfPlace(name, _of(code, kinds)) for code, name in places]
    return [place for place in found if place.groups]


def _of(country: str, kinds: Collection[str]) -> list[Any]:
    return [(kind, lines) for kind, lines in lines_by_kind(country) if kind in kinds]
