"""Everything she told, each with a way to change it or take it away; and her own words in place of ours."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from leeward.audience.panel import panel_of
from leeward.audience.requests import Request, member_of
from leeward.journeys.actions import forget, say_my_word
from leeward.journeys.forms import WordForm
from leeward.journeys.overview import overview_of
from leeward.journeys.views.agreed import agreed_required
from leeward.journeys.vocabulary import FACET
from leeward.journeys.words import PLAIN, speech_of


@agreed_required
def overview(request: Request) -> HttpResponse:
    """What she told until now."""
    member = member_of(request)
    return render(request, "journeys/overview.html", {"told": overview_of(member), "kept": panel_of(member)})


@require_POST
@agreed_required
def fact_remove(request: Request, pk: int) -> HttpResponse:
    """Take one answer away, for good."""
    if not forget(member_of(request), pk):
        raise Http404
    return redirect("journeys:overview")


@agreed_required
def word(request: Request) -> HttpResponse:
    """Her own word for one of ours, named in the address as `of=facet.term`."""
    facet, _dot, key = request.GET.get("of", "").partition(".")
    if facet not in FACET or key not in {term.key for term in FACET[facet].terms}:
        raise Http404
    member = member_of(request)
    speech = speech_of(member)
    form = WordForm(
        request.POST if request.method == "POST" else None, initial={"word": speech.own.get((facet, key), "")}
    )
    if request.method == "POST" and form.is_valid():
        say_my_word(member, facet, key, form.cleaned_data["word"])
        return redirect("journeys:overview")
    return render(request, "journeys/word.html", {"form": form, "ours": PLAIN.say(facet, key)})
