"""The host's door to what the place needs before it opens."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.journeys.countries import country_name
from leeward.members.doors import host_required
from leeward.moderation.actions.papers import write_text
from leeward.moderation.first_texts import first_texts_read
from leeward.moderation.forms.papers import RoleForm
from leeward.web.readiness import ACCEPTED, lacks_screening, readiness, what_one_moderator_costs


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def opening(request: Request) -> HttpResponse:
    """What the place has and lacks to open; and to begin with one moderator, knowing what that costs."""
    now, costs = readiness(), what_one_moderator_costs()
    form = RoleForm(request.POST if request.method == "POST" and now.moderators == 1 else None)
    if form.is_bound and form.is_valid():
        write_text(ACCEPTED, "\n".join(costs), by=member_of(request), role=form.cleaned_data["role"])
        messages.success(request, _("Kept, with the day and your role."))
        return redirect("web:opening")
    context = {
        "now": now,
        "countries": [country_name(missing.country) for missing in now.missing],
        "costs": costs,
        "form": form,
        "no_screening": lacks_screening(),
        "first_texts": first_texts_read(),
        "production": settings.PRODUCTION,
    }
    return render(request, "web/opening.html", context)
