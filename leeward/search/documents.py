"""What can be found: models register how their things are found, and the index follows each change of them.

A thing is in the index while it is live and for others. What is a draft, held, withdrawn, past its date or for nobody
but its author is not. It enters and leaves in the transaction that shows it or takes it away (audience.changing).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction

from leeward.audience.changing import when_changed, when_gone
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of
from leeward.audience.unguarded import everything
from leeward.kit.moments import now_us, to_datetime
from leeward.search.models import Departure, IndexedDocument, Passage

T = TypeVar("T", bound=Shared)

AT_ONCE = 50
"""How many things are put into the index in one transaction when it is made anew. They are locked for as long."""


@dataclass(frozen=True)
class Document:
    """A thing as it can be found.

    Args:
        title: its title, without words of the place ("A story").
        text: all its words.
        facts: what its author chose to show with it, each "facet:key": "kind:tfmr", "weeks:20". No spaces.
        language: of its words; empty: that of the place.
    """

    title: str
    text: str
    facts: frozenset[str] = frozenset()
    language: str = ""


_described: dict[type[Shared], Callable[[Any], Document | None]] = {}


def register(model: type[T], describe: Callable[[T], Document | None]) -> None:
    """Let the things of a model be found. Called from AppConfig.ready() of its room.

    Args:
        model: what is found.
        describe: a thing as it can be found; None if it is not to be found at all. It may only use what is shown.

    Raises:
        ValueError: the model is registered already.
    """
    if model in _described:
        raise ValueError(f"{model.__name__} is registered twice.")
    _described[model] = describe


def kinds() -> list[str]:
    """The kinds that can be found, in the order of their registration."""
    return [model._meta.label_lower for model in _described]


def follow_what_is_shared() -> None:
    """Have the index follow each change. Called at start-up."""
    when_changed(keep_in_step)
    when_gone(take_out)


def keep_in_step(thing: Shared) -> None:
    """Put a thing into the index as it stands written now, or take it out. Part of the caller's transaction.

    Its row is locked meanwhile: else one who makes the index anew could put in what another just takes back.
    """
    model = type(thing)
    if model not in _described:
        return
    rows = everything(model, reason="what is found follows what is written")
    with transaction.atomic():
        now = rows.select_for_update(no_key=True).filter(pk=thing.pk).first()
        document = _document_of(now)
        if now is None or document is None:
            take_out(model, [thing.pk])
        else:
            _put_in(now, document)


def take_out(model: type[Shared], ids: Sequence[int]) -> None:
    """Take things out of the index, their words and vectors with them."""
    if model not in _described or not ids:
        return
    with transaction.atomic():
        there = IndexedDocument.objects.filter(kind=model._meta.label_lower, thing_id__in=ids)
        keys = list(there.values_list("pk", flat=True))
        if keys:
            Departure.objects.bulk_create(Departure(document_id=key) for key in keys)
            there.delete()


def reindex() -> Iterator[int]:
    """Make the index anew, some things at a time; gives how many are done. The place can be used meanwhile."""
    done = 0
    for model in _described:
        all_of_it = everything(model, reason="the index is made anew")
        kept = IndexedDocument.objects.filter(kind=model._meta.label_lower)
        lost = kept.exclude(thing_id__in=all_of_it.values("pk")).values_list("thing_id", flat=True)
        take_out(model, list(lost))
        last = 0
        while ids := list(all_of_it.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                for thing in all_of_it.filter(pk__in=ids).order_by("pk"):
                    keep_in_step(thing)
            last, done = ids[-1], done + len(ids)
            yield done


def forget_departures(before: int) -> int:
    """Forget what left the index before a moment (microseconds); how many."""
    return Departure.objects.filter(at__lt=before).delete()[0]


def _document_of(thing: Shared | None) -> Document | None:
    """The thing as it can be found, if it can."""
    if thing is None or thing.state != State.LIVE or thing.at is None:
        return None
    if any(one.until <= now_us() for one in (thing, *thing.things_around)):
        return None
    rows = thing.audience_rows
    if rows is not None and not rows._default_manager.filter(thing_id=thing.pk).exists():
        return None
    return _described[type(thing)](thing)


def _put_in(thing: Shared, document: Document) -> None:
    """Within the transaction that locks the thing; the finder writes into the row of the index meanwhile."""
    assert thing.at is not None
    facts = {fact for fact in document.facts if " " not in fact}
    said = {
        "at": thing.at,
        "language": document.language or settings.LANGUAGE_CODE,
        "facts": " ".join(sorted({*facts, f"said:{to_datetime(thing.at):%Y-%m}"})),
        "title": plain(document.title),
        "text": plain(document.text),
    }
    row = IndexedDocument.objects.select_for_update().filter(kind=kind_of(thing), thing_id=thing.pk).first()
    row = row or IndexedDocument(kind=kind_of(thing), thing_id=thing.pk)
    now = {name: getattr(row, name) for name in said}
    if row.pk and now == said:
        return
    if any(now[name] != said[name] for name in ("title", "text", "language")):
        row.embedded_by = ""
        Passage.objects.filter(document_id=row.pk).delete()  # what it meant may be no longer said
    for name, value in said.items():
        setattr(row, name, value)
    row.changed_at = max(now_us(), row.changed_at + 1) if row.pk else now_us()
    row.save()


def plain(text: str) -> str:
    """A text as it is indexed: one form of each letter, without accents, so that "naive" finds "naïve"."""
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
