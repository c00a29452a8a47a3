"""Keeping what is found in step with the directory: in the same transaction, whoever changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from leeward.kit import bulk
from leeward.library.directory import changes
from leeward.library.directory.freshness import checked_here
from leeward.library.directory.gathering import Whole, gathered
from leeward.library.directory.models import Service
from leeward.library.finding.deriving import derived, is_ours, mark_of
from leeward.library.finding.models import Listing, ListingPlace, OtherTerm, SpokenLanguage
from leeward.library.finding.placing import Placing, without_coordinates


def register_following() -> None:
    """Be told what changes in the directory."""
    changes.follow(refresh)


def refresh(services: Sequence[str], wholes: Sequence[Whole]) -> None:
    """Make what these services are found by anew. Called by whoever changes them (`directory.changes`).

    Args:
        services: their ids.
        wholes: those of them that there are; which are no longer offered are found no more.
    """
    offered = [whole for whole in wholes if whole.is_offered]
    checked = checked_here(whole.record for whole in offered)
    placing = Placing(offered)
    made = [derived(whole, placing, checked.get(whole.record.id)) for whole in offered]
    gone = list(Listing.objects.filter(service_id__in=services).values_list("pk", flat=True))
    if gone:
        ListingPlace.objects.filter(listing__in=gone)._raw_delete(ListingPlace.objects.db)
        Listing.objects.filter(pk__in=gone)._raw_delete(Listing.objects.db)
    bulk.insert(Listing, [one.listing for one in made])
    keys = dict(Listing.objects.filter(service_id__in=services).values_list("service_id", "pk"))
    bulk.insert(
        ListingPlace,
        [{**place, "listing_id": keys[one.listing["service_id"]]} for one in made for place in one.places],
    )
    _learn_terms(offered)
    spoken = {code for one in made for code in one.places[0]["languages"].split("|") if code}
    SpokenLanguage.objects.bulk_create([SpokenLanguage(code=code) for code in sorted(spoken)], ignore_conflicts=True)


def refind(step: Callable[[int], object] = lambda count: None) -> int:
    """Make all anew, some at a time; the place can be used meanwhile.

    Args:
        step: called with how many services were looked at since it was called last.

    Returns:
        How many can be found.
    """
    _refresh_all(Service.objects.all(), step)
    Listing.objects.exclude(service_id__in=Service.objects.values("id")).delete()
    count_terms()
    return Listing.objects.count()


def place_anew(step: Callable[[int], object] = lambda count: None) -> int:
    """Place those anew that are placed by a postcode: what the gazetteer says has changed.

    Args:
        step: called with how many services were looked at since it was called last.

    Returns:
        How many services were looked at.
    """
    return _refresh_all(without_coordinates(), step)


def _refresh_all(services: QuerySet[Service], step: Callable[[int], object]) -> int:
    last, count = "", 0
    while True:
        with transaction.atomic():  # what is read must still be so when what follows from it is written
            wholes = gathered(services.filter(id__gt=last).order_by("id")[: changes.AT_ONCE])
            refresh([whole.record.id for whole in wholes], wholes)
        if not wholes:
            return count
        last, count = wholes[-1].record.id, count + len(wholes)
        step(len(wholes))


def count_terms() -> None:
    """Count how many services each term of others stands for; a term that none has left is forgotten."""
    uses: dict[str, int] = {}
    for marks in Listing.objects.exclude(marks="").values_list("marks", flat=True).iterator():
        for mark in marks.split():
            uses[mark] = uses.get(mark, 0) + 1
    terms = list(OtherTerm.objects.all())
    for term in terms:
        term.uses = uses.get(mark_of(term.term_id), 0)
    OtherTerm.objects.bulk_update(terms, ["uses"], batch_size=changes.AT_ONCE)
    OtherTerm.objects.filter(uses=0).delete()


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
