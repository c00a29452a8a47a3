"""Doors to the written routes and to the policy on emergencies, and the host's door to write them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leeward.audience.requests import Request, member_of
from leeward.members.doors import host_required, moderator_required
from leeward.members.unsent import keeps_unsent
from leeward.moderation.actions.papers import write_text
from leeward.moderation.forms.papers import HostTextForm
from leeward.moderation.papers.lines import lines_for_route
from leeward.moderation.papers.texts import EMERGENCIES, KEYS, ROUTES, earlier, text_in_force, text_to_write


@require_safe
@moderator_required
def routes(request: Request) -> HttpResponse:
    """What to do when someone is in danger: the routes."""
    return render(request, "moderation/papers/routes.html", {"routes": [text_in_force(key) for key in ROUTES]})


@require_safe
@moderator_required
def route(request: Request, slug: str) -> HttpResponse:
    """One route, with the lines that may be passed on."""
    if slug not in ROUTES:
        raise Http404
    context = {"text": text_in_force(slug), "places": lines_for_route(slug)}
    return render(request, "moderation/papers/route.html", context)


@require_safe
def emergencies(request: Request) -> HttpResponse:
    """What this place does when someone is in danger: for everyone to read beforehand."""
    return render(request, "moderation/papers/emergencies.html", {"text": text_in_force(EMERGENCIES)})


@require_http_methods(["GET", "HEAD", "POST"])
@host_required
@keeps_unsent
def write(request: Request, slug: str) -> HttpResponse:
    """Write a text of the host's own, and confirm it by role."""
    if slug not in KEYS:
        raise Http404
    text = text_to_write(slug)
    form = HostTextForm(request.POST if request.method == "POST" else None, initial={"text": text.words})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        write_text(slug, given["text"], by=member_of(request), role=given["role"])
        said = _("Kept, and confirmed.") if given["role"] else _("Kept. It is not confirmed yet.")
        messages.success(request, said)
        return redirect("moderation:papers")
    context = {"text": text, "form": form, "earlier": earlier(slug)}
    return render(request, "moderation/papers/write.html", context)
