"""Search: one box over all that can be found. What is sought is sent, never put into an address, and kept nowhere.

See docs/decisions/0026-search-by-sending.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from leeward.audience.requests import Request
from leeward.circles.finding import KIND as PERSON
from leeward.circles.models import Presence
from leeward.circles.shown import facts_of
from leeward.journeys.shown import pairs_in_words
from leeward.language.acronyms import about, expand, explain
from leeward.language.spelling import corrections
from leeward.members.limits import SEARCH, TooMany, try_door
from leeward.members.models import Member
from leeward.members.pace import DAY, HOUR, Pace, keep_pace
from leeward.members.waiting import wait_words
from leeward.moderation.becoming import say_where_help_is
from leeward.search.fusion import FoundPage, search_for
from leeward.search.question import LONGEST, Question, read_question
from leeward.search.showing import Found, Name
from leeward.search.snippets import Piece, snippet
from leeward.stories.facts import told_of
from leeward.stories.models import Story
from leeward.stories.near import KIND as STORY
from leeward.stories.parts import KIND as CHAPTER
from leeward.web.views.near_table import can_be_met

SEARCHES = Pace("searched", ((120, HOUR), (600, DAY)))
"""Pages of results that one member may ask for: nobody who looks for something meets it, who copies the place does."""
PAGE = 12
LAST_PLACE = 600
"""So far can results be turned over."""
MOST_ALSO = 6

KINDS = {
    STORY: gettext_lazy("A story"),
    CHAPTER: gettext_lazy("How a story goes on"),
    PERSON: gettext_lazy("A person who would like to be found"),
}
"""What kind of thing each result is. Others are called by their model's own name."""


@dataclass(frozen=True)
class Result:
    """One thing that was found, as this viewer may read it.

    Args:
        found: the thing.
        kind: what it is, in words.
        pieces: a part of its words, the found ones marked.
        facts: what it is about, as its author shows it, in words.
    """

    found: Found
    kind: str
    pieces: list[Piece]
    facts: list[str]

    @property
    def is_story(self) -> bool:
        """Whether it has an author and a day to be named beside it."""
        return self.found.kind in {STORY, CHAPTER}


@dataclass(frozen=True)
class Results:
    """A page of results.

    Args:
        found: best first.
        page: as it was found.
        explained: acronyms of the question with their plain words and a line about each.
        also: what else was looked for, from the place's own lists of words alone.
    """

    found: list[Result]
    page: FoundPage
    explained: list[tuple[str, str, str]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @property
    def next(self) -> int | None:
        """Where the next page begins, as far as results can be turned over."""
        return self.page.next if self.page.next and self.page.next <= LAST_PLACE else None


class Sought(forms.CharField):
    """What is looked for: of any length, of which as much is read as says what is meant."""

    def to_python(self, value: Any) -> str:
        """Its beginning, without what no keyboard writes."""
        return str(super().to_python(value)).replace("\0", "")[:LONGEST]


class SearchForm(forms.Form):
    """What is looked for, and where the page begins."""

    q = Sought(
        label=gettext_lazy("What are you looking for?"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autocapitalize": "none"}),
    )
    after = forms.IntegerField(min_value=0, max_value=LAST_PLACE, required=False, widget=forms.HiddenInput)


@sensitive_post_parameters()
def search(request: Request) -> HttpResponse:
    """The box, and what was found."""
    if request.method != "POST":
        return _page(request, SearchForm())
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _count(request)
    except TooMany as too_many:
        form.add_error(None, wait_words(too_many))
        return _page(request, form, status=429)
    text, after = form.cleaned_data["q"], form.cleaned_data["after"] or 0
    if not after:
        say_where_help_is(request, text)
    results = _results(request, text, after)
    return _page(request, form, results)


def _page(request: Request, form: SearchForm, results: Results | None = None, status: int = 200) -> HttpResponse:
    return render(request, "web/search.html", {"form": form, "results": results}, status=status)


def _count(request: Request) -> None:
    """Keep the pace. That somebody searched is counted, what for is not kept.

    Raises:
        TooMany: as many pages were asked for as may be for now.
    """
    if isinstance(request.user, Member):
        with transaction.atomic():
            keep_pace(SEARCHES, request.user)
    else:
        try_door(SEARCH, request)


def _results(request: Request, text: str, after: int) -> Results:
    question = read_question(text)
    page = search_for(text, request.viewer, size=PAGE, after=after)
    shown = [one for one in page.found if not isinstance(one.thing, Presence) or can_be_met(one.thing)]
    facts = _facts(shown)
    return Results([_result(one, question, facts) for one in shown], page, _explained(text), _also(text))


def _facts(shown: list[Found]) -> dict[Name, list[str]]:
    """What each of the stories and people is about, in words."""
    told = told_of([one.thing for one in shown if isinstance(one.thing, Story)])
    people = facts_of([one.thing for one in shown if isinstance(one.thing, Presence)])
    return {(STORY, key): words for key, words in told.items()} | {
        (PERSON, key): pairs_in_words(pairs) for key, pairs in people.items()
    }


def _result(found: Found, question: Question, facts: Mapping[Name, list[str]]) -> Result:
    thing = found.thing
    pieces = snippet(thing.full_text(), question.terms, settings.LANGUAGE_CODE) or [Piece(thing.excerpt())]
    kind = KINDS.get(found.kind) or capfirst(str(thing._meta.verbose_name))
    return Result(found, str(kind), pieces, facts.get((found.kind, found.thing_id), []))


def _explained(text: str) -> list[tuple[str, str, str]]:
    try:
        return [(short, plain, _line_about(short)) for short, plain in explain(text, settings.LANGUAGE_CODE)]
    except LookupError:
        return []


def _line_about(short: str) -> str:
    known = about(short, settings.LANGUAGE_CODE)
    return known.about if known else ""


def _also(text: str) -> list[str]:
    """What the question is widened by: acronyms and their words, and what a slip of the keys may have meant."""
    try:
        more = expand(text, settings.LANGUAGE_CODE)
        meant = [one for word in text.split() for one in corrections(word.strip(".,;:?"), settings.LANGUAGE_CODE)[:1]]
    except LookupError:
        return []
    return list(dict.fromkeys([*meant, *more]))[:MOST_ALSO]
