"""Keeping what is found in step with the directory: in the same transaction, whoever changes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from leeward.library.directory import changes
from leeward.library.directory.freshness import standing_of
from leeward.library.directory.models import Service
from leeward.library.finding.deriving import derived, is_ours, mark_of
from leeward.library.finding.gathering import Whole, gathered
from leeward.library.finding.models import Listing, ListingPlace, OtherTerm, SpokenLanguage
from leeward.library.models import Confirmation

AT_ONCE = 1_000
"""So many services are read and written together."""


def register_following() -> None:
    """Be told what changes in the directory."""
    changes.follow(refresh)


def refresh(services: Collection[str]) -> None:
    """Make what these services are found by anew, all of it or nothing.

    Args:
        services: their ids; those that are no longer there, or no longer offered, are found no more.
    """
    ids = sorted(set(services))
    with transaction.atomic():
        for start in range(0, len(ids), AT_ONCE):
            _refresh(ids[start : start + AT_ONCE])


def refind(step: Callable[[int], object] = lambda count: None) -> int:
    """Make all anew, some at a time; the place can be used meanwhile.

    Args:
        step: called with how many services were looked at since it was called last.

    Returns:
        How many can be found.
    """
    last = ""
    while True:
        ids = list(Service.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:AT_ONCE])
        if not ids:
            break
        with transaction.atomic():
            _refresh(ids)
        last = ids[-1]
        step(len(ids))
    Listing.objects.exclude(service_id__in=Service.objects.values("id")).delete()
    count_terms()
    return Listing.objects.count()


def count_terms() -> None:
    """Count how many services each term of others stands for; a term that none has left is forgotten."""
    uses: dict[str, int] = {}
    for marks in Listing.objects.exclude(marks="").values_list("marks", flat=True).iterator():
        for mark in marks.split():
            uses[mark] = uses.get(mark, 0) + 1
    terms = list(OtherTerm.objects.all())
    for term in terms:
        term.uses = uses.get(mark_of(term.term_id), 0)
    OtherTerm.objects.bulk_update(terms, ["uses"], batch_size=AT_ONCE)
    OtherTerm.objects.filter(uses=0).delete()


def _refresh(ids: Sequence[str]) -> None:
    wholes = [whole for whole in gathered(Service.objects.filter(id__in=ids).order_by("id")) if whole.is_offered]
    checked = _checked_here(wholes)
    made = [derived(whole, checked.get(whole.record.id)) for whole in wholes]
    gone = list(Listing.objects.filter(service_id__in=ids).values_list("pk", flat=True))
    if gone:
        ListingPlace.objects.filter(listing__in=gone)._raw_delete(ListingPlace.objects.db)
        Listing.objects.filter(pk__in=gone)._raw_delete(Listing.objects.db)
    Listing.objects.bulk_create([one.listing for one in made])
    ListingPlace.objects.bulk_create([place for one in made for place in one.places])
    _learn_terms(wholes)
    spoken = {code for one in made for code in one.places[0].languages.split("|") if code}
    SpokenLanguage.objects.bulk_create([SpokenLanguage(code=code) for code in sorted(spoken)], ignore_conflicts=True)


def _checked_here(wholes: Iterable[Whole]) -> dict[str, datetime.date]:
    """When each was checked by a named person of the host, as it stands now; most never were."""
    services = {f"service:{whole.record.id}": whole.record for whole in wholes}
    known = Confirmation.objects.filter(line_key__in=list(services)).values("line_key").annotate(last=Max("at"))
    found = standing_of([services[row["line_key"]] for row in known])
    return {key: fresh.on for key, fresh in found.items() if fresh.here and fresh.on}


def _learn_terms(wholes: Iterable[Whole]) -> None:
    terms = {term.id: term for whole in wholes for term in whole.terms if not is_ours(term) and term.name}
    OtherTerm.objects.bulk_create(
        [
            OtherTerm(term_id=term.id, name=term.name[:200], taxonomy=term.taxonomy[:200], uses=1)
            for term in terms.values()
        ],
        update_conflicts=True,
        unique_fields=["term_id"],
        update_fields=["name", "taxonomy"],
    )
