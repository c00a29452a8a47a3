"""Doors for readers: the front of the library, the list of guides, a guide, its sheet."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request
from leeward.journeys.facts import terms_told
from leeward.library.guides.choosing import Chosen, chosen_from
from leeward.library.guides.forms import ChoosingForm, CountryForm
from leeward.library.guides.models import Version
from leeward.library.guides.paper import paper_of
from leeward.library.guides.reading import (
    Reader,
    guide_context,
    in_one_language,
    links_to,
    readable,
    reader_of,
)
from leeward.library.guides.tongues import language_name
from leeward.members.models import Member


@require_safe
def front(request: Request) -> HttpResponse:
    """What the library holds, as ways to go."""
    return render(request, "guides/front.html")


@require_http_methods(["GET", "HEAD", "POST"])
def guides(request: Request) -> HttpResponse:
    """All guides, each once; or those that a reader chose by a form that is sent and not kept."""
    found = in_one_language(readable())
    facets = list(dict.fromkeys(pair for version in found for pair in version.facets))
    form = ChoosingForm(request.POST if request.method == "POST" else None, facets=facets)
    member = _member(request)
    chosen = Chosen(form.cleaned_data) if form.is_bound and form.is_valid() else Chosen()
    told = terms_told(member) if member and chosen.mine else []
    lists = chosen_from(found, chosen, told, request.viewer)
    return render(request, "guides/guides.html", {"form": form, "lists": lists, "may_fit": member is not None})


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: Request, slug: str, language: str = "") -> HttpResponse:
    """One guide. A country chosen on its page is sent, and not kept."""
    versions = readable()
    version = _found(versions, slug, language)
    noted = _is_closed(request, version)
    form = _country_form(request)
    reader = _reader(request, form)
    page = {"noted": noted, "form": form, **guide_context(version, reader, links_to(versions, version.guide.language))}
    page["others"] = [
        (other.guide, language_name(other.guide.language))
        for (key, its), other in versions.items()
        if key == slug and its != version.guide.language
    ]
    response = render(request, "guides/guide.html", page)
    if page["review"] is not None and _member(request) is None:
        response["X-Robots-Tag"] = "all"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, slug: str, language: str = "") -> HttpResponse:
    """A guide on one page of paper."""
    version = _found(readable(), slug, language)
    reader = _reader(request, _country_form(request))
    page = {"noted": _is_closed(request, version), "version": version, **paper_of(request, version, reader)}
    return render(request, "guides/sheet.html", page)


def _found(versions: dict[tuple[str, str], Version], key: str, language: str) -> Version:
    if language == settings.LANGUAGE_CODE:
        raise Http404  # it stands without its language in the address
    name = (key, language or settings.LANGUAGE_CODE)
    if name not in versions:
        raise Http404
    return Version.objects.select_related("guide").get(pk=versions[name].pk)  # with its text


def _is_closed(request: Request, version: Version) -> bool:
    """Whether it has something inside that she asked not to meet, and has not opened."""
    return bool(version.notes & request.viewer.shield) and "open" not in request.GET and request.method != "POST"


def _country_form(request: Request) -> CountryForm:
    return CountryForm(request.POST if request.method == "POST" else None)


def _reader(request: Request, form: CountryForm) -> Reader:
    chosen = form.cleaned_data["country"] if form.is_bound and form.is_valid() else ""
    return reader_of(_member(request), chosen)


def _member(request: Request) -> Member | None:
    return request.user if isinstance(request.user, Member) else None
