"""Which services show a record: whoever keeps something derived from services is told of these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from leeward.library.directory.growing import term_ids
from leeward.library.directory.models import Location, Organization, Service, ServiceAtLocation


class Shown:
    """Goes from changed records to the services that show them."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.turn = 0

    def by(self, touched: Mapping[str, Collection[str]]) -> set[str]:
        """The services that show any of these records, terms left out: `by_terms` goes through all for those, once."""
        self.turn += 1
        self.terms.update((one, self.turn) for one in touched.get("taxonomy_term", ()))
        services = set(touched.get("service", ()))
        if given := touched.get("service_at_location"):
            services.update(ServiceAtLocation.objects.filter(id__in=given).values_list("service_id", flat=True))
        if places := touched.get("location"):
            there = ServiceAtLocation.objects.filter(location_id__in=places)
            services.update(there.values_list("service_id", flat=True))
        if organizations := touched.get("organization"):
            theirs = Service.objects.filter(organization_id__in=organizations)
            services.update(theirs.values_list("id", flat=True))
        if programs := touched.get("program"):
            services.update(Service.objects.filter(program_id__in=programs).values_list("id", flat=True))
        services.discard("")
        self.told.update((one, self.turn) for one in services)
        return services

    def by_terms(self) -> Iterator[str]:
        """The services that show a term which changed after they were told of last."""
        if not self.terms:
            return
        changed = self.terms.keys()
        around: dict[str, int] = {}
        for kind, model in (("organization", Organization), ("location", Location)):
            for one, data in model._default_manager.values_list("id", "data").iterator():
                if shown := term_ids(kind, data) & changed:
                    around[one] = max(self.terms[term] for term in shown)
        places: dict[str, int] = {}
        for service, location in ServiceAtLocation.objects.values_list("service_id", "location_id").iterator():
            if location in around:
                places[service] = max(places.get(service, 0), around[location])
        rows = Service.objects.filter(retired_at=None).values_list("id", "organization_id", "data")
        for one, organization, data in rows.iterator():
            since = max(
                (self.terms[term] for term in term_ids("service", data) & changed),
                default=0,
            )
            since = max(since, around.get(organization, 0), places.get(one, 0))
            if since > self.told.get(one, 0):
                yield one
