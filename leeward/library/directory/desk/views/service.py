"""A service's page at the desk: what its directory says, what was changed here, and what can be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leeward.audience.requests import Request, member_of
from leeward.library.directory.desk import editing
from leeward.library.directory.desk.facts import NAMES, Around, around, facts_of, said
from leeward.library.directory.desk.forms.parts import PartForm
from leeward.library.directory.desk.forms.told import SettleForm, word_value
from leeward.library.directory.desk.link_uses import failing_uses
from leeward.library.directory.desk.models import Settled, Step, Word
from leeward.library.directory.desk.parts import PARTS, WORDS
from leeward.library.directory.desk.shown import changed_here, ways_to_change
from leeward.library.directory.desk.told import settle as settle_words
from leeward.library.directory.desk.told import waiting_words
from leeward.library.directory.freshness import standing_of
from leeward.library.directory.models import Record, Service
from leeward.members.doors import editor_required
from leeward.members.unsent import keeps_unsent_in

MOST_STEPS = 50
"""So many of the last things that were done stand on the page."""


@require_safe
@editor_required
def service(request: Request, service_id: str) -> HttpResponse:
    """One service, all of it."""
    found = find_service(service_id)
    return render(request, "services_desk/service.html", _page_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in(*WORDS)
def edit(request: Request, service_id: str, part: str, record: str = "") -> HttpResponse:
    """Change a part. What somebody else changed meanwhile is shown, and nothing is lost."""
    found, wanted = find_service(service_id), PARTS.get(part)
    held = found.record(wanted.kind, record or found.service.id) if wanted else None
    if wanted is None or held is None:
        raise Http404
    now = {"seen": editing.as_seen(held, wanted.form.holds)}
    form = wanted.form(request.POST if request.method == "POST" else None, said=held.overlaid, initial=now)
    page: dict[str, Any] = {"one": found, "part": wanted, "form": form, "seen": now["seen"]}
    if form.is_bound:
        page["seen"] = form["seen"].value() or ""
        if form.is_valid():
            try:
                changed = _change(request, found, wanted.kind, held, form)
            except editing.ChangedMeanwhile as meanwhile:
                return render(request, "services_desk/edit.html", {**page, **_meanwhile(form, meanwhile, now["seen"])})
            except editing.Unsound as unsound:
                for flaw in unsound.flaws:
                    form.add_error(form.field_for(editing.field_of(flaw)), f"{flaw.path} {flaw.reason}")
            else:
                messages.success(request, _("Kept.") if changed else _("Nothing was changed."))
                return redirect("directory:desk_service", found.service.id)
    return render(request, "services_desk/edit.html", page)


@require_POST
@editor_required
def field(request: Request, service_id: str) -> HttpResponse:
    """Take a change back, or let it stand against what the directory says now."""
    found, given = find_service(service_id), request.POST
    kind, key, name = (given.get(part, "") for part in ("kind", "record", "field"))
    if found.record(kind, key) is None:
        raise Http404
    do = editing.keep_ours if given.get("do") == "keep" else editing.take_back
    try:
        do(editing.At(found.service, kind, key), name, seen=given.get("seen", ""), by=member_of(request))
    except editing.ChangedMeanwhile:
        messages.warning(request, _("It is not as it was when you opened this page. Please look at it again."))
    else:
        messages.success(request, _("Kept."))
    return redirect("directory:desk_service", found.service.id)


@require_POST
@editor_required
def settle(request: Request, service_id: str) -> HttpResponse:
    """Say what became of what people said."""
    found = find_service(service_id)
    waiting = waiting_words(found.service)
    form = SettleForm(request.POST, words=waiting)
    if not form.is_valid():
        return render(request, "services_desk/service.html", {**_page_of(found), "settle": form})
    settle_words(form.chosen, Settled(form.cleaned_data["outcome"]), by=member_of(request))
    messages.success(request, _("Settled."))
    return redirect("directory:desk_service", found.service.id)


def find_service(service_id: str) -> Around:
    """A service with what stands around it.

    Raises:
        Http404: there is none.
    """
    found = Service.objects.select_related("source").filter(id=service_id) if "\0" not in service_id else ()
    for one in around(list(found)):
        return one
    raise Http404


def _page_of(found: Around) -> dict[str, Any]:
    one = found.service
    records = [record.pk for _kind, record in found.records]
    waiting = waiting_words(one)
    steps = Step.objects.filter(Q(service=one) | Q(record_id__in=records)).select_related("by").distinct()
    settled = Word.objects.filter(service=one).exclude(settled_at=None).select_related("settled_by")
    return {
        "one": found,
        "facts": facts_of(found),
        "freshness": standing_of([one])[one.id],
        "edited": changed_here(found),
        "ways": ways_to_change(found),
        "words": waiting,
        "settle": SettleForm(words=waiting),
        "word_value": word_value,
        "settled": settled.order_by("-settled_at")[:10],
        "failing": failing_uses([one.id]).get(one.id, []),
        "steps": steps[:MOST_STEPS],
        "names": NAMES,
        "said": said,
    }


def _change(request: Request, found: Around, kind: str, held: Record, form: PartForm) -> list[str]:
    seen = editing.seen_in(form.cleaned_data["seen"])
    return editing.change(editing.At(found.service, kind, held.pk), form.values(), seen=seen, by=member_of(request))


def _meanwhile(form: PartForm, meanwhile: editing.ChangedMeanwhile, seen: str) -> dict[str, Any]:
    """What the page says: how each field stands now beside what she wrote. Sent again, hers stands."""
    hers = form.values()
    rows = [(NAMES.get(one, one), said(one, now), said(one, hers[one])) for one, now in meanwhile.now.items()]
    return {"meanwhile": rows, "seen": seen}
