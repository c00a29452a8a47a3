"""People: my notes and meetings, the page of somebody who can be found, and a first note to her."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.audience.actions import put_aside
from leeward.audience.models import RingKind, RingMember
from leeward.audience.requests import Request, member_of
from leeward.circles.actions.asking import ask, ask_in_vain
from leeward.circles.forms import NoteForm
from leeward.circles.lights import asks_something
from leeward.circles.meeting import MayNotWrite, presence_of, rests_until, standing_between, why_not_write
from leeward.circles.models import Meeting, Presence
from leeward.circles.shown import facts_of, says_else
from leeward.circles.threads import meetings_of
from leeward.journeys.nearness import Profile, likeness, profile_of
from leeward.journeys.shown import pairs_in_words
from leeward.journeys.words import speech_of
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent
from leeward.members.waiting import wait_words
from leeward.moderation.actions import Fate, settle
from leeward.moderation.becoming import say_what_became
from leeward.moderation.between_two import pause_before
from leeward.moderation.pausing import pause_page

_SALT = "leeward.circles.seen"
_HAD_BEFORE_HER = 3 * 3600
"""So long (seconds) a note may take to write. Whoever goes out of sight meanwhile, it is taken as if it were sent."""


def find_person(request: Request, ref: str) -> Presence:
    """The presence of this name, if the person who looks may see it; else the same 404 as for none."""
    if not ref.isalnum():  # PostgreSQL refuses to look for some signs
        raise Http404
    seen = Presence.objects.filter(ref=ref, author__ended_at=None, author__is_active=True).visible_to(request.viewer)
    presence: Presence | None = seen.select_related("author").first()
    if presence is None:
        raise Http404
    return presence


@member_required
def mine(request: Request) -> HttpResponse:
    """My notes and meetings."""
    member = member_of(request)
    presence = presence_of(member)
    context = {
        "met": meetings_of(member, request.viewer),
        "presence": presence,
        "else_now": says_else(presence) if presence else None,
        "asked": asks_something(member),
    }
    return render(request, "circles/people.html", context)


@member_required
def person(request: Request, ref: str) -> HttpResponse:
    """Somebody who can be found. Nobody sees that she was looked at."""
    presence, member = find_person(request, ref), member_of(request)
    facts = facts_of([presence])[presence.pk]
    hers = presence.author_id == member.pk
    reasons = [] if hers else likeness(profile_of(member), Profile.from_pairs(facts), speech_of(member))[1]
    between = standing_between(member, presence.author) if presence.author and not hers else None
    context = {
        "presence": presence,
        "mine": hers,
        "facts": pairs_in_words(facts),
        "reasons": reasons[:4],
        "between": between,
        "why_not": "" if hers else why_not_write(member),
        "rests": rests_until(member, presence.author) if presence.author and not hers else 0,
        "noted": bool(presence.notes & request.viewer.shield) and not hers and "open" not in request.GET,
        **_letting_in(member, presence),
    }
    return render(request, "circles/person.html", context)


@member_required
@keeps_unsent
def write(request: Request, ref: str) -> HttpResponse:
    """A first note to somebody."""
    member = member_of(request)
    form = NoteForm(request.POST or None)
    try:
        presence = find_person(request, ref)
    except Http404:
        return _in_vain(request, ref, form)
    assert presence.author is not None
    if presence.author_id == member.pk:
        raise Http404
    if request.method == "POST":
        return _send(request, form, presence.author, presence)
    between = standing_between(member, presence.author)
    if between is not None:
        return redirect(between.get_absolute_url())
    if rests_until(member, presence.author):
        return redirect(presence.get_absolute_url())
    form = NoteForm(initial={"seen": _seen(presence)})
    return _write_page(request, form, presence, why_not=why_not_write(member))


@member_required
@require_POST
def put_one_aside(request: Request, ref: str) -> HttpResponse:
    """Not somebody for me: out of my lists, and nobody learns of it."""
    presence, member = find_person(request, ref), member_of(request)
    if presence.author_id == member.pk:
        raise Http404
    put_aside(member, presence)
    messages.success(request, _("Kept. You do not meet this page in lists any more, and nobody is told."))
    return redirect("web:near")


def _letting_in(member: Member, presence: Presence) -> dict[str, object]:
    """Whether she lets people find her one by one, and this one already."""
    hers = presence_of(member)
    if hers is None or presence.author_id == member.pk:
        return {"lets_in": False, "is_in": False}
    inside = RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.LET_IN, member=presence.author)
    return {"lets_in": hers.found_by == "let_in", "is_in": inside.exists()}


def _in_vain(request: Request, ref: str, form: NoteForm) -> HttpResponse:
    """A note to somebody who went out of sight while it was written: to its writer it is sent like any other.

    Only who had the page before her can send it: else a page that is not there would tell, by taking notes, that it is
    hidden from her alone.
    """
    seen_ref, _sign, author_ref = _seen_before(request.POST.get("seen", "")).partition(":")
    if seen_ref != ref:
        raise Http404
    return _send(request, form, Member.objects.filter(ref=author_ref).exclude(pk=member_of(request).pk).first())


def _send(request: Request, form: NoteForm, asked: Member | None, presence: Presence | None = None) -> HttpResponse:
    """Send the note, if she may; look at the words again first, if some of them may hurt.

    Args:
        request: by whom.
        form: what she wrote.
        asked: to whom; None if that one has left.
        presence: the page of the asked; None if it went out of sight while she wrote.
    """
    member = member_of(request)
    why_not = why_not_write(member)
    if why_not or not form.is_valid():
        return _write_page(request, form, presence, why_not=why_not, status=422)
    given = form.cleaned_data
    try:
        pause = pause_before(request, asked, form)
        if pause is not None:
            away = presence.get_absolute_url() if presence else reverse("circles:people")
            return pause_page(request, form, pause, away=away)
        if presence is not None:
            made = ask(presence, by=member, text=given["text"], notes=given["notes"])
        else:
            made = ask_in_vain(asked, by=member, text=given["text"], notes=given["notes"])
    except MayNotWrite as refusal:
        form.add_error(None, str(refusal))
        return _write_page(request, form, presence, status=422)
    except TooOften as too_often:
        form.add_error(None, wait_words(too_often))
        return _write_page(request, form, presence, status=429)
    return _sent(request, made)


def _seen(presence: Presence) -> str:
    assert presence.author is not None
    return signing.dumps(f"{presence.ref}:{presence.author.ref}", salt=_SALT)


def _seen_before(seen: str) -> str:
    try:
        return str(signing.loads(seen, salt=_SALT, max_age=_HAD_BEFORE_HER))
    except signing.BadSignature:
        return ""


def _sent(request: Request, made: Meeting) -> HttpResponse:
    outcome = settle(made)
    words = _("Sent. If it fits, an answer comes; if not, nothing will tell you, and that says nothing about you.")
    say_what_became(request, outcome, made, shown=words if outcome.fate is Fate.SHOWN else "")
    return redirect(made.get_absolute_url())


def _write_page(
    request: Request, form: NoteForm, presence: Presence | None, *, why_not: str = "", status: int = 200
) -> HttpResponse:
    name = presence.title_words() if presence is not None else ""
    context = {"form": form, "presence": presence, "why_not": why_not, "name": name}
    return render(request, "circles/write.html", context, status=status)
