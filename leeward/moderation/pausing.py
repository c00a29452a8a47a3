"""The pause before words to somebody are sent: which of its words may hurt, why, and what might be said instead.

It never refuses anything: "send it as it is" is always there. What the story's author would rather not meet counts
most; under what she did not sign her list is not asked, and only what counts for everybody is: else somebody who tries
one word after the other could find out whose list it is (docs/decisions/0017-hard-phrases-and-unsigned-stories.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.language.phrases import about
from leeward.members.models import Member
from leeward.members.pace import HOUR, Pace, ask_pace, keep_pace
from leeward.moderation.actions import hurtful_words
from leeward.moderation.papers.counting import count
from leeward.moderation.phrases import Found, found_for_everybody, found_of

LOOKS = Pace("looked_at", ((120, HOUR),))
"""Words looked at before they are sent: each look keeps the reader busy, also if nothing is ever sent."""
MOST_PAUSES = 2
"""How often in a row one text is looked at: then it goes, whatever is in it."""


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is marked."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Reason:
    """Why some words are marked.

    Args:
        words: the words, as they were written.
        why: why they hurt; "" if her list is the only reason.
        instead: what might be said instead.
    """

    words: tuple[str, ...]
    why: str
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Pause:
    """What is shown before words are sent.

    Args:
        pieces: the whole text, cut where marks begin and end.
        of_hers: marked words that the reader would rather not meet, as they were written.
        reasons: why words are marked, each kind once, in the order of the text.
        shown: what the form carries, so that the same words are not looked at again.
    """

    pieces: tuple[Piece, ...]
    of_hers: tuple[str, ...]
    reasons: tuple[Reason, ...]
    shown: str


def pause_over(
    member: Member, text: str, phrases: Sequence[str], *, shown: str = "", before: str = "", sent_as: Pace | None = None
) -> Pause | None:
    """The pause before a text is sent to somebody; None if it goes at once.

    Args:
        member: who writes.
        text: what she is about to send.
        phrases: what the one who reads it would rather not meet; none where her list is not asked.
        shown: what the form carried: one mark for each time that it was looked at.
        before: the words as they stand, if a text is changed: what was in them is not looked at again.
        sent_as: as what the caller counts each text that goes at once, which then counts as no look besides.

    Raises:
        TooOften: as much of hers was looked at, or sent, as may be for now.
    """
    looked_at = shown.split()
    if len(looked_at) >= MOST_PAUSES or digest_of(text) in looked_at:
        return None
    if sent_as:
        ask_pace(member, sent_as, LOOKS)
    else:
        keep_pace(LOOKS, member)
    of_hers, of_all = _found_new(phrases, text, before)
    if not of_hers and not of_all:
        return None
    if sent_as:
        keep_pace(LOOKS, member)
    count("paused")
    return Pause(
        pieces=tuple(_cut(text, [*of_hers, *of_all])),
        of_hers=tuple(dict.fromkeys(text[one.start : one.end] for one in of_hers)),
        reasons=tuple(_reasons(text, [*of_hers, *of_all])),
        shown=" ".join([*looked_at, digest_of(text)]),
    )


def pause_page(
    request: HttpRequest, form: forms.Form, pause: Pause, *, away: str, changing: bool = False
) -> HttpResponse:
    """The page of a pause, which sends the form to where it was sent, as it is or changed.

    Args:
        request: that sent the form.
        form: what was sent, with a field `paused`.
        pause: what is shown.
        away: where it leads to leave the words unsent.
        changing: whether words that stand already are changed.
    """
    context = {"form": form, "pause": pause, "here": request.path, "away": away, "changing": changing}
    return render(request, "moderation/pause.html", context)


def digest_of(text: str) -> str:
    """A short name for exactly these words, whatever the spaces."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _found_new(phrases: Sequence[str], text: str, before: str) -> tuple[list[Found], list[Found]]:
    """What is found of hers, and of what counts for everybody, that was not found before the words were changed."""
    of_hers, of_all = found_of(phrases, text), _of_everybody(text)
    known = _worded(found_of(phrases, before) + _of_everybody(before), before) if before else set()
    of_hers, of_all = ([one for one in found if _key(one, text) not in known] for found in (of_hers, of_all))
    return of_hers, of_all


def _of_everybody(text: str) -> list[Found]:
    return [*(Found(one.start, one.end, one.kind) for one in hurtful_words(text)), *found_for_everybody(text)]


def _worded(found: Iterable[Found], text: str) -> set[str]:
    return {_key(one, text) for one in found}


def _key(one: Found, text: str) -> str:
    return " ".join(text[one.start : one.end].casefold().split())


def _reasons(text: str, found: Iterable[Found]) -> Iterable[Reason]:
    of_kind: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        words, said = text[one.start : one.end].strip(), of_kind.setdefault(one.kind, [])
        if not any(words in longer for longer in said):
            said.append(words)
    of_kind.pop("", None)
    for kind, said in of_kind.items():
        phrase = about(kind, settings.LANGUAGE_CODE.partition("-")[0])
        yield Reason(tuple(said), phrase.why, phrase.instead)


def _cut(text: str, found: Iterable[Found]) -> Iterable[Piece]:
    """The text in pieces. Marks that touch or overlap are one."""
    at = 0
    for start, end in _merged(found):
        if at < start:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _merged(found: Iterable[Found]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if merged and one.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], one.end))
        else:
            merged.append((one.start, one.end))
    return merged
