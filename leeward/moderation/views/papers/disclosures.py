"""The host's door to the log of disclosures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.members.doors import host_required
from leeward.moderation.actions.papers import write_down_disclosure
from leeward.moderation.forms.papers import DisclosureForm
from leeward.moderation.models import Disclosure


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
def disclosures(request: Request) -> HttpResponse:
    """What authorities asked for and what they got; a line more, never a line less."""
    form = DisclosureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        write_down_disclosure(form.line(), by=member_of(request))
        messages.success(request, _("Written down. It cannot be taken away here."))
        return redirect("moderation:disclosures")
    lines = Disclosure.objects.order_by("-on", "-pk")
    return render(request, "moderation/papers/disclosures.html", {"form": form, "lines": lines})
