"""The door for an author's answer to what her words seem to have inside."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.notes import NOTE
from leeward.audience.requests import Request, member_of
from leeward.audience.things import model_of
from leeward.members.doors import member_required
from leeward.moderation.suggesting import answer_suggestion


@require_POST
@member_required
def say_inside(request: Request, kind: str, ref: str) -> HttpResponse:
    """Say of one's own text whether something is inside that its words suggest."""
    member, note, said = member_of(request), request.POST.get("note", ""), request.POST.get("inside", "")
    try:
        model = model_of(kind)
    except LookupError:
        raise Http404 from None
    thing = model.objects.written_by(member).filter(ref=ref).first() if ref.isalnum() else None
    if thing is None or note not in NOTE or said not in {"yes", "no"}:
        raise Http404
    answer_suggestion(thing, by=member, note=note, is_inside=said == "yes")
    messages.success(request, _("It is said above your words now.") if said == "yes" else _("It is not said any more."))
    return redirect(thing.get_absolute_url())
