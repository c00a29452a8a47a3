"""Public stories as pages show them: those in the library, by what they tell, and the text on the editors' desk."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet
from django.db.models.lookups import GreaterThan

from leeward.audience.viewers import Viewer
from leeward.journeys.facts import Pair, is_known, place_of
from leeward.journeys.vocabulary import FACET
from leeward.library.public_stories.models import PublicFact, PublicStory, State

PAGE = 20
_NO_DAY = datetime.date.max
LISTED = ("kind", "relation", "path", "now", "diagnosis", "remembrance")
"""The questions by which the list can be narrowed: what happened, to whom, on which ways, and what came then."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `marked` where it suggests something."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Suggested:
    """What an editor can tick: its key, how it is said, the words that suggest it, if any, and whether it is ticked."""

    key: str
    label: str
    words: tuple[str, ...]
    ticked: bool

    @property
    def is_other(self) -> bool:
        """Whether it is neither suggested nor ticked: it stands behind one more press."""
        return not (self.words or self.ticked)


def in_the_library(viewer: Viewer) -> QuerySet[PublicStory]:
    """The stories that everybody may see, without those with something inside that this viewer asked not to meet."""
    shown = PublicStory.objects.filter(state=State.APPROVED, hidden_at=None)
    if viewer.shield:
        shown = shown.exclude(GreaterThan(F("notes").bitand(viewer.shield), 0))
    facts = Prefetch("facts", PublicFact.objects.order_by("pk"))
    return shown.select_related("telling").prefetch_related(facts).order_by("-approved_at", "-pk")


def telling_of(pair: Pair, stories: QuerySet[PublicStory]) -> QuerySet[PublicStory]:
    """Those of the stories that tell this."""
    facet, key = pair
    return stories.filter(facts__facet=facet, facts__key=key)


def choices_among(stories: QuerySet[PublicStory]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the stories tell of, by question, to choose from. How many tell it is counted nowhere. One question."""
    told = PublicFact.objects.filter(story__in=stories.order_by().values("pk"), facet__in=LISTED)
    pairs = {(facet, key) for facet, key in told.values_list("facet", "key").distinct() if is_known((facet, key))}
    found = []
    for facet in LISTED:
        terms = [(f"{facet}:{key}", words_of((facet, key))) for of, key in sorted(pairs, key=place_of) if of == facet]
        if terms:
            found.append((str(FACET[facet].question), terms))
    return found


def facets_in_words(story: PublicStory) -> list[str]:
    """What a story tells, in words, in the vocabulary's order."""
    pairs = [(fact.facet, fact.key) for fact in story.facts.all()]
    return [words_of(pair) for pair in sorted(filter(is_known, pairs), key=place_of)]


def words_of(pair: Pair) -> str:
    """How a term is said. KeyError: it is none."""
    facet, key = pair
    return str(FACET[facet].term(key).label)


def told_by_the_same(story: PublicStory, viewer: Viewer) -> list[PublicStory]:
    """What the same person told at one time and another, this one among it, in its order; [] if there is no other."""
    if story.telling_id is None:
        return []
    others = in_the_library(viewer).filter(telling=story.telling_id).exclude(pk=story.pk)
    found = sorted([*others, story], key=lambda one: (one.place, one.published_on or _NO_DAY, one.pk))
    return found if len(found) > 1 else []


def marked(story: PublicStory) -> list[list[Piece]]:
    """The paragraphs of a text on the desk, with the words marked that suggest something."""
    spans = sorted((start, end) for rows in _rows(story) for _key, places in rows for start, end in places)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    pieces: list[Piece] = []
    at = 0
    for start, end in merged:
        pieces += [Piece(story.body[at:start]), Piece(story.body[start:end], marked=True)]
        at = end
    pieces.append(Piece(story.body[at:]))
    return _paragraphs(pieces)


def suggested(story: PublicStory, what: str) -> dict[str, tuple[str, ...]]:
    """What was suggested of a story ("facets", "notes", "weeks"), each key with its words; {} once it is approved."""
    return {key: tuple(story.body[start:end] for start, end in places) for key, places in story.suggested.get(what, [])}


def _rows(story: PublicStory) -> Iterable[list[tuple[str, list[tuple[int, int]]]]]:
    return [story.suggested.get(what, []) for what in ("facets", "notes", "weeks")]


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        for nth, text in enumerate(piece.text.split("\n\n")):
            if nth:
                found.append([])
            if text:
                found[-1].append(Piece(text, piece.marked))
    return [paragraph for paragraph in found if paragraph]
