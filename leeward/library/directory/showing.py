"""Which services show a record: whoever keeps something derived from services is told of these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from leeward.library.directory.growing import term_ids
from leeward.library.directory.models import Location, Organization, Service, ServiceAtLocation, TaxonomyTerm


class Shown:
    """Goes from changed records to the services that show them."""

    def __init__(self) -> None:
        self.terms: set[str] = set()
        self.waiting: dict[str, set[str]] = {}
        self.known = set(TaxonomyTerm.objects.values_list("id", flat=True))
        self.had_services = Service.objects.exists()

    def by(self, touched: Mapping[str, Collection[str]]) -> set[str]:
        """The services that show any of these records, terms left out: `by_terms` goes through all for those, once."""
        self.terms.update(touched.get("taxonomy_term", ()))
        self.known.update(touched.get("taxonomy_term", ()))
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
        return services

    def note(self, service: str, data: Mapping[str, Any]) -> None:
        """Remember a service that names terms which are not here yet."""
        if unknown := term_ids("service", data) - self.known:
            self.waiting[service] = unknown

    def by_terms(self) -> Iterator[str]:
        """The services that show a term which is new or other than before, and were written without it."""
        yield from (service for service, terms in self.waiting.items() if terms & self.terms)
        if self.terms and self.had_services:
            yield from self._showing_terms()

    def _showing_terms(self) -> Iterator[str]:
        """All of them, by going through all."""
        around = {
            kind: {
                one
                for one, data in model._default_manager.values_list("id", "data").iterator()
                if term_ids(kind, data) & self.terms
            }
            for kind, model in (("organization", Organization), ("location", Location))
        }
        given = ServiceAtLocation.objects.values_list("service_id", "location_id").iterator()
        there = {service for service, location in given if location in around["location"]}
        rows = Service.objects.filter(retired_at=None).values_list("id", "organization_id", "data")
        for one, organization, data in rows.iterator():
            named = organization in around["organization"] or one in there or term_ids("service", data) & self.terms
            if named and one not in self.waiting:
                yield one
