"""The API of HSDS, path by path. It is read when somebody asks for the first time: it costs a process 13 MiB."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from leeward.library.directory.api import asked, lists
from leeward.library.directory.api.answers import answer, refusal
from leeward.library.directory.api.apart import ROOT
from leeward.library.directory.api.described import described
from leeward.library.directory.growing import Depth, grown
from leeward.library.directory.models import LONGEST_ID, Record, Service

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/"
MOST_WITHIN = 1_000
"""So many services are given whole within the organizations of one answer."""

api = NinjaAPI(title="HSDS", version="1.0.0", docs_url=None, openapi_url=None, urls_namespace="hsds-api")
Asking = Callable[..., HttpResponseBase]


@api.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponseBase:
    reasons = {str(one["loc"][-1]): str(one["msg"]).removeprefix("Value error, ") for one in error.errors}
    return refusal(422, _("A parameter is not as it should be."), reasons)


@api.exception_handler(lists.NotSo)
def _not_so(_request: HttpRequest, error: lists.NotSo) -> HttpResponseBase:
    return refusal(422, _("A parameter is not as it should be."), {error.parameter: error.reason})


@api.get("/", operation_id="getAPIMetaInformation", summary="What this API is")
def meta(request: HttpRequest) -> HttpResponseBase:
    """Which version of HSDS it speaks, and where it is described."""
    address = request.build_absolute_uri(f"{ROOT}openapi.json")
    return answer(request, {"version": VERSION, "profile": PROFILE, "openapi_url": address})


@api.get("/openapi.json", operation_id="getOpenAPI", summary="This description")
def description(request: HttpRequest) -> HttpResponseBase:
    """The API in the words of OpenAPI 3.1."""
    return answer(request, _description())


@api.get("/services", operation_id="getPaginatedListOfServices", summary="Services")
def services(request: HttpRequest, q: Annotated[asked.Services, Query()]) -> HttpResponseBase:
    """Services with the fields that they have one of; whole with `full`."""
    page = lists.page_of(lists.services(q), q.page, lists.size_of(q))
    return _listed(request, "service", page, Depth.MINIMAL if q.minimal else _depth(full=q.full))


@api.get("/services/{path:id}", operation_id="getFullyNestedServiceById", summary="One service")
def service(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """A service with all that belongs to it."""
    return _single(request, "service", id)


@api.get("/organizations", operation_id="getPaginatedListOfOrganizations", summary="Organizations")
def organizations(request: HttpRequest, q: Annotated[asked.Organizations, Query()]) -> HttpResponseBase:
    """Organizations with the fields that they have one of; whole with `full`, their services with `full_service`."""
    page = lists.page_of(lists.searched("organization", q.search), q.page, q.per_page)
    if q.full_service:
        _refuse_too_many(page.records)
    return _listed(request, "organization", page, Depth.WHOLE if q.full_service else _depth(full=q.full))


@api.get("/organizations/{path:id}", operation_id="getOrganizationById", summary="One organization")
def organization(request: HttpRequest, id: str, q: Annotated[asked.Organization, Query()]) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """An organization with all that belongs to it; its services are whole with `full_service`."""
    return _single(request, "organization", id, Depth.WHOLE if q.full_service else Depth.FULL)


@api.get("/locations", operation_id="getPaginatedListOfLocations", summary="Locations")
def locations(request: HttpRequest, q: Annotated[asked.Nested, Query()]) -> HttpResponseBase:
    """Locations with the fields that they have one of; whole with `full`."""
    page = lists.page_of(lists.searched("location", q.search), q.page, q.per_page)
    return _listed(request, "location", page, _depth(full=q.full))


@api.get("/locations/{path:id}", operation_id="getLocationById", summary="One location")
def location(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """A location with all that belongs to it."""
    return _single(request, "location", id)


@api.get("/service_at_locations", operation_id="getPaginatedListOfServiceAtLocation", summary="Services at locations")
def service_at_locations(request: HttpRequest, q: Annotated[asked.Places, Query()]) -> HttpResponseBase:
    """Where services are given, with the fields that there are one of; whole with `full`."""
    page = lists.page_of(lists.places(q), q.page, q.per_page)
    return _listed(request, "service_at_location", page, _depth(full=q.full))


@api.get(
    "/service_at_locations/{path:id}",
    operation_id="getServiceAtLocationWithNestedDataById",
    summary="One service at a location",
)
def service_at_location(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """Where a service is given, with all that belongs to it."""
    return _single(request, "service_at_location", id)


@api.get("/taxonomies", operation_id="getPaginatedListOfTaxonomies", summary="Taxonomies")
def taxonomies(request: HttpRequest, q: Annotated[asked.Searched, Query()]) -> HttpResponseBase:
    """Taxonomies."""
    page = lists.page_of(lists.searched("taxonomy", q.search), q.page, q.per_page)
    return _listed(request, "taxonomy", page, Depth.FULL)


@api.get("/taxonomies/{path:id}", operation_id="getTaxonomyById", summary="One taxonomy")
def taxonomy(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """A taxonomy."""
    return _single(request, "taxonomy", id)


@api.get("/taxonomy_terms", operation_id="getPaginatedListOfTaxonomyTerms", summary="Terms of taxonomies")
def taxonomy_terms(request: HttpRequest, q: Annotated[asked.Terms, Query()]) -> HttpResponseBase:
    """Terms of taxonomies."""
    page = lists.page_of(lists.terms(q), q.page, q.per_page)
    return _listed(request, "taxonomy_term", page, Depth.FULL)


@api.get("/taxonomy_terms/{path:id}", operation_id="getTaxonomyTermById", summary="One term")
def taxonomy_term(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002  # the standard's name
    """A term of a taxonomy."""
    return _single(request, "taxonomy_term", id)


def _depth(*, full: bool) -> Depth:
    return Depth.FULL if full else Depth.LISTED


def _listed(request: HttpRequest, kind: str, page: lists.Page, to: Depth) -> HttpResponseBase:
    return answer(request, {**page.head, "contents": grown(kind, page.records, to=to)})


def _single(request: HttpRequest, kind: str, one: str, to: Depth = Depth.FULL) -> HttpResponseBase:
    record = lists.shown(kind).filter(id=one).first() if len(one) <= LONGEST_ID and "\0" not in one else None
    if record is None:
        return refusal(404, _("There is nothing of this id here."))
    if to is Depth.WHOLE:
        _refuse_too_many([record])
    return answer(request, grown(kind, [record], to=to)[0])


def _refuse_too_many(organizations: list[Record]) -> None:
    many = Service.objects.filter(organization_id__in=[one.id for one in organizations], retired_at=None).count()
    if many > MOST_WITHIN:
        words = _("These have %(many)d services, and at most %(most)d are given so. Ask for /services of one of them.")
        raise lists.NotSo("full_service", words % {"many": many, "most": MOST_WITHIN})


@cache
def _description() -> dict[str, Any]:
    return described(api.get_openapi_schema(path_prefix=""))
