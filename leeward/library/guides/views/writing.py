"""Doors to writing: a new guide, another language, new words. Nothing is overwritten in silence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.audience.requests import Request, member_of
from leeward.library.guides import actions
from leeward.library.guides.desk import preview_of
from leeward.library.guides.differences import differences
from leeward.library.guides.forms import ContentForm, NewGuideForm, initial_of
from leeward.library.guides.models import Guide, Version
from leeward.library.guides.views.desk import find_version
from leeward.members.doors import editor_required
from leeward.members.unsent import keeps_unsent_in

WORDS = ("title", "summary", "text", "sources")
"""The fields that hold what an editor writes."""


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in(*WORDS)
def write(request: Request, pk: int) -> HttpResponse:
    """Write in a version that is worked on; of another, begin the next."""
    found = find_version(pk)
    sent = request.POST if request.method == "POST" else None
    form = ContentForm(sent, guides=_keys(), initial=initial_of(found))
    page: dict[str, Any] = {"version": found, "form": form, "to": request.path, "seen": found.touched_at}
    if form.is_bound:
        page["seen"] = form["seen"].value()
        if form.is_valid() and not _only_shown(request):
            try:
                kept = _kept(request, found, form)
            except actions.ChangedMeanwhile as changed:
                return render(request, "guides/write.html", {**page, **_changed(form, changed.now)})
            messages.success(request, _("Kept."))
            return redirect("guides:version", kept.pk)
    return render(request, "guides/write.html", {**page, **_preview(request, form, found.guide)})


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
@keeps_unsent_in(*WORDS)
def new(request: Request, pk: int = 0) -> HttpResponse:
    """Begin a guide; or, with a version, the same guide in another language."""
    other = find_version(pk) if pk else None
    initial = {**initial_of(other), "key": other.guide.key, "order": other.guide.order} if other else {"order": 100}
    form = NewGuideForm(
        request.POST if request.method == "POST" else None, guides=_keys(request.POST.get("key", "")), initial=initial
    )
    if form.is_bound and form.is_valid() and form.content and not _only_shown(request):
        given = form.cleaned_data
        try:
            made = actions.begin(given["key"], given["language"], given["order"], form.content, by=member_of(request))
        except actions.LanguageTaken:
            form.add_error("key", _("There is a guide of this name in this language."))
        else:
            messages.success(request, _("Kept."))
            return redirect("guides:version", made.pk)
    guide = Guide(key=form["key"].value() or "", language=form["language"].value() or "en")
    page = {"version": None, "other": other, "form": form, "to": request.path, "seen": 0}
    return render(request, "guides/write.html", {**page, **_preview(request, form, guide)})


def _kept(request: Request, found: Version, form: ContentForm) -> Version:
    assert form.content is not None  # a valid form has it
    return actions.write(found, form.content, by=member_of(request), seen=form.cleaned_data["seen"] or 0)


def _changed(form: ContentForm, now: Version) -> dict[str, Any]:
    """What the page says when somebody else has written meanwhile: how it stands, and what would change."""
    assert form.content is not None  # it was valid
    return {
        "changed": now,
        "to": reverse("guides:write", args=[now.pk]),
        "seen": now.touched_at,
        "stretches": differences(now.content.as_text(), form.content.as_text()),
    }


def _only_shown(request: Request) -> bool:
    return "preview" in request.POST


def _preview(request: Request, form: ContentForm, guide: Guide) -> dict[str, Any]:
    if form.content is None or not _only_shown(request):
        return {}
    return {"preview": preview_of(form.content, guide, member_of(request))}


def _keys(own: str = "") -> set[str]:
    return {*Guide.objects.values_list("key", flat=True), own}
