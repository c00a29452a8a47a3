"""Finding services for the API of the directory: by the same words and the same gazetteer as for people."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from leeward.library.directory.api import seeking
from leeward.library.finding import gazetteer
from leeward.library.finding.finder import square_of
from leeward.library.finding.models import Listing
from leeward.library.finding.spots import DEGREE_KM, around
from leeward.library.finding.words import SaysAll, read_words


def register_seeking() -> None:
    """Let the API ask here."""
    seeking.register(seeking.Seeking(saying, near))


def saying(words: str) -> QuerySet[Any, Any]:
    """The ids of the services that say all the words.

    Args:
        words: as typed; what says nothing of what is looked for is passed over, as for people.
    """
    asked = read_words(words)
    found = Listing.objects.filter(SaysAll(asked.groups, key="id")) if asked else Listing.objects.none()
    return found.values("service_id")


def near(rows: QuerySet[Any, Any], postcode: str, metres: float) -> QuerySet[Any, Any] | None:
    """Rows around a postcode; None: it is not known.

    Args:
        rows: with the columns `latitude` and `longitude`.
        postcode: of the countries that the place serves first.
        metres: from the middle of the postcode.
    """
    found = gazetteer.look_up(postcode, settings.COUNTRIES)
    if not found:
        return None
    middle = found[0].spot
    box = around(middle, metres / 1_000)
    across = reduce(or_, (Q(longitude__range=pair) for pair in box.longitudes))
    rows = rows.filter(across, latitude__range=(box.south, box.north)).annotate(square=square_of(middle, box))
    return rows.filter(square__lte=(metres / 1_000 / DEGREE_KM) ** 2)
