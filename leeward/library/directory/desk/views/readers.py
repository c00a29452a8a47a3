"""The door by which members and strangers say that a service is no longer as it is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request
from leeward.library.directory.desk.forms.told import ToldForm
from leeward.library.directory.desk.told import BY_STRANGERS, tell
from leeward.library.directory.models import Service
from leeward.members.limits import TooMany, try_door
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_unsent
def no_longer_so(request: Request, service_id: str) -> HttpResponse:
    """Say what is wrong with a service; with an account or without. No address remembers that it was said."""
    service = shown_service(service_id)
    form = ToldForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        by = request.user if isinstance(request.user, Member) else None
        try:
            if by is None:
                try_door(BY_STRANGERS, request)
            tell(service, **form.cleaned_data, by=by)
        except TooMany as too_many:
            form.add_error(None, wait_words(TooOften(too_many.minutes)))
            status = 429
        else:
            messages.success(
                request, _("It has reached the editors. One of them will look, and mend it if it has changed.")
            )
            return redirect("finding:service", service.id)
    page = {"service": service, "name": service.overlaid.get("name") or service.id, "form": form}
    return render(request, "services_desk/no_longer_so.html", page, status=status)


def shown_service(service_id: str) -> Service:
    """A service that its source still has.

    Raises:
        Http404: there is none.
    """
    found = Service.objects.filter(id=service_id, retired_at=None).first() if "\0" not in service_id else None
    if found is None:
        raise Http404
    return found
