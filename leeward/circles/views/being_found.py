"""Being found: whether, as what, by whom; and out again with one tap."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.known import Known
from leeward.audience.models import RingKind, RingMember
from leeward.audience.notes import notes_in
from leeward.audience.requests import Request, member_of
from leeward.circles.actions.being_found import be_found, open_to, take_over
from leeward.circles.actions.letting_in import let_in, let_out
from leeward.circles.forms import FoundForm, said
from leeward.circles.meeting import presence_of
from leeward.circles.models import FoundBy, Presence
from leeward.circles.shown import CannotBeFoundSo, facts_of, says_else
from leeward.circles.views.people import find_person
from leeward.journeys.facts import ticked_at_first
from leeward.journeys.notes_of_facts import notes_of
from leeward.journeys.shown import offered_pairs, pairs_in_words
from leeward.kit.moments import now_us
from leeward.members.consents import has_consented, withdraw
from leeward.members.doors import member_required
from leeward.members.models import Member, Purpose
from leeward.members.pace import TooOften
from leeward.members.waiting import wait_words
from leeward.moderation.actions import Fate, is_hidden, settle
from leeward.moderation.becoming import say_what_became
from leeward.moderation.suggesting import say_notes


@dataclass(frozen=True)
class Look:
    """How a presence looks to others, before it is kept."""

    name: str
    text: str
    facts: list[str]
    notes: list[str]


@member_required
def found(request: Request) -> HttpResponse:
    """Whether people find me, and as what: look at it first, then keep it."""
    member = member_of(request)
    presence = presence_of(member)
    shown = facts_of([presence])[presence.pk] if presence else []
    form = FoundForm(
        request.POST or None,
        member=member,
        shown=shown,
        agreed=presence is not None and has_consented(member, Purpose.FOUND),
        initial=_as_now(member, presence),
    )
    if request.method != "POST":
        return _page(request, form, presence)
    if not form.is_valid():
        return _page(request, form, presence, status=422)
    if "look" in request.POST:
        return _page(request, form, presence, look=_look(member, form, presence))
    try:
        kept = be_found(member, form.wish())
    except (PermissionError, CannotBeFoundSo, TooOften) as refusal:
        return _page(request, form, presence, status=_said_no(form, refusal))
    outcome = settle(kept)
    words = _shown_now(kept) if outcome.fate is Fate.SHOWN else ""
    say_what_became(request, outcome, kept, shown=words)
    return redirect("circles:found")


def _said_no(form: FoundForm, refusal: Exception) -> int:
    """Why it was not kept, in the form; the answer's status."""
    match refusal:
        case CannotBeFoundSo():
            form.add_error("found_by", str(refusal))
        case TooOften():
            form.add_error(None, wait_words(refusal))
            return 429
        case _:
            form.add_error(None, _("At present nothing new can be shown of you."))
    return 422


@member_required
@require_POST
def stop(request: Request) -> HttpResponse:
    """Stop being found, at once."""
    withdraw(member_of(request), Purpose.FOUND)
    messages.success(request, _("Nobody finds you any more. What stood there is deleted. Your meetings stay."))
    return redirect("circles:found")


@member_required
@require_POST
def as_now(request: Request) -> HttpResponse:
    """Show what my journey says now."""
    member = member_of(request)
    presence = presence_of(member)
    if presence is None:
        raise Http404
    try:
        take_over(presence, by=member)
    except CannotBeFoundSo as refusal:
        messages.warning(request, str(refusal))
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    else:
        messages.success(request, _("Kept. It says what is true now."))
    return redirect("circles:found")


@member_required
@require_POST
def let_one_in(request: Request, ref: str) -> HttpResponse:
    """Let somebody whose page I see find me."""
    other = find_person(request, ref)
    try:
        assert other.author is not None
        let_in(member_of(request), other.author)
    except ValueError as refusal:
        raise Http404 from refusal
    except PermissionError as refusal:
        raise PermissionDenied from refusal
    except TooOften as too_often:
        messages.warning(request, wait_words(too_often))
        return redirect(other.get_absolute_url())
    messages.success(request, _("This person can find you now. Nobody is told."))
    return redirect(other.get_absolute_url())


@member_required
@require_POST
def let_one_out(request: Request, ref: str) -> HttpResponse:
    """Let somebody find me no more."""
    member = member_of(request)
    ring = RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.LET_IN)
    let_out(member, get_object_or_404(ring.select_related("member"), member__ref=ref).member)
    messages.success(request, _("Kept. Nobody is told."))
    return redirect("circles:found")


def _page(
    request: Request, form: FoundForm, presence: Presence | None, *, look: Look | None = None, status: int = 200
) -> HttpResponse:
    member = member_of(request)
    let = RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.LET_IN).select_related("member")
    else_now = says_else(presence) if presence else None
    opens = open_to(member)
    context = {
        "form": form,
        "presence": presence,
        "hidden": presence is not None and is_hidden(presence),
        "look": look,
        "else_now": else_now,
        "gone": pairs_in_words(else_now.gone) if else_now else [],
        "come": pairs_in_words(else_now.come) if else_now else [],
        "let": Known(member).in_order(row.member for row in let),
        "opens": opens if opens > now_us() else None,
    }
    return render(request, "circles/found.html", context, status=status)


def _as_now(member: Member, presence: Presence | None) -> dict[str, object]:
    if presence is None:
        return {"facts": said(ticked_at_first(offered_pairs(member))), "found_by": FoundBy.SAME_WAY}
    shown = facts_of([presence])[presence.pk]
    own = presence.notes & ~notes_of(shown) & ~presence.perhaps
    return {
        "text": presence.text,
        "facts": said(shown),
        "found_by": presence.found_by,
        "notes": [note.key for note in notes_in(own)],
    }


def _look(member: Member, form: FoundForm, presence: Presence | None) -> Look:
    wish = form.wish()
    would_be = Presence(text=wish.text, not_inside=presence.not_inside if presence else 0)
    say_notes(would_be, wish.notes | notes_of(wish.facts))
    notes = [str(note.label) for note in would_be.content_notes]
    return Look(member.name, wish.text, pairs_in_words(wish.facts), notes)


def _shown_now(presence: Presence) -> str:
    if presence.shown_from > now_us():
        return _("Kept. Your account is new: people can find you from the day that stands below.")
    return _("Kept. Those whom you chose can find you now. You can stop at any time.")
