"""Doors to the services of the place's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.library.directory.desk import own
from leeward.library.directory.desk.editing import OWN, ChangedMeanwhile
from leeward.library.directory.desk.facts import Around
from leeward.library.directory.desk.forms.own import AddPlaceForm, BeginForm, ShownForm
from leeward.library.directory.desk.views.service import find_service
from leeward.members.doors import editor_required
from leeward.members.unsent import keeps_unsent_in


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("name", "description", "organization", "about")
def new(request: Request) -> HttpResponse:
    """Begin a service of the place's own."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = own.begin(form.beginning(), by=member_of(request), sent=form.cleaned_data["sent"])
        messages.success(request, _("Kept. Everyone can find it from now on."))
        return redirect("directory:desk_service", made.pk)
    return render(request, "services_desk/own.html", {"form": form, "what": "new"})


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("name")
def add_place(request: Request, service_id: str) -> HttpResponse:
    """Say where else it is given; the address comes next."""
    found = _own(service_id)
    form = AddPlaceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        place = own.add_place(found.service, **form.cleaned_data, by=member_of(request))
        return redirect("directory:edit_at", found.service.pk, "place", place.pk)
    return render(request, "services_desk/own.html", {"form": form, "what": "place", "one": found})


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in("words")
def show_or_not(request: Request, service_id: str) -> HttpResponse:
    """Take it out of sight, or bring it back."""
    found = _own(service_id)
    hidden = found.service.retired_at is not None
    form = ShownForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        shown = request.POST.get("do") == "show"
        try:
            own.show_or_not(found.service, shown=shown, why=form.cleaned_data["words"], by=member_of(request))
        except ChangedMeanwhile:
            messages.warning(request, _("It is not as it was when you opened this page. Please look at it again."))
        else:
            messages.success(request, _("Kept."))
        return redirect("directory:desk_service", found.service.pk)
    page = {"form": form, "what": "show" if hidden else "retire", "one": found}
    return render(request, "services_desk/own.html", page)


def _own(service_id: str) -> Around:
    """A service of the place's own.

    Raises:
        Http404: there is none, or it belongs to a directory.
    """
    found = find_service(service_id)
    if found.service.source.key != OWN:
        raise Http404
    return found
