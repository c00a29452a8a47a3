"""Where services are given: by the coordinates that their locations say, else by the postcode of their address.

Many directories tell coordinates for some locations only. Where a gazetteer was brought in, the others stand in the
middle of their postcode: as exactly as she does who looks for them by her own.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from leeward.library.directory.gathering import Data, Whole, rows, text
from leeward.library.directory.models import Location, Service, ServiceAtLocation
from leeward.library.finding.gazetteer import Code, middles
from leeward.library.finding.spots import NO_PLACE, Spot, is_place, spot_of


class Placing:
    """Tells where locations are, with as many questions for a thousand services as for one.

    Args:
        wholes: the services that are to be placed.
    """

    def __init__(self, wholes: Iterable[Whole]) -> None:
        lacking = (given.location for whole in wholes for given in whole.places if spot_of(given.location) is None)
        self._middles = middles({code for location in lacking if (code := _code_of(location))})

    def spot_of(self, location: Data) -> Spot | None:
        """Where a location is; None where neither the directory nor the gazetteer knows."""
        spot = spot_of(location)
        if spot is None and (code := _code_of(location)):
            return self._middles.get(code)
        return spot


def without_coordinates() -> QuerySet[Service]:
    """The services that are given at some location of which the directory does not say where it is."""
    unsaid = Q(latitude=None) | Q(longitude=None) | Q(latitude=0, longitude=0)
    there = ServiceAtLocation.objects.filter(location_id__in=Location.objects.filter(unsaid).values("id"))
    return Service.objects.filter(id__in=there.values("service_id"))


def _code_of(location: Data) -> Code | None:
    """The country and the postcode of a location's house; None where there is no house, or it does not say."""
    if not is_place(location):
        return None
    only = settings.COUNTRIES[0] if len(settings.COUNTRIES) == 1 else ""
    for address in rows(location, "addresses"):
        country, code = text(address, "country").upper() or only, text(address, "postal_code")
        if country and code and text(address, "address_type") not in NO_PLACE:
            return country, code
    return None
