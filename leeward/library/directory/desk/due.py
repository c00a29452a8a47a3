"""What is due: services that somebody should look at, in lists that stay quick however large the directory is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.link_uses import FAILS_AFTER
from leeward.library.directory.desk.models import Entry, LinkUse, Word
from leeward.library.directory.freshness import oldest_current
from leeward.library.directory.models import Source
from leeward.search.documents import plain

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AT_ONCE = 50
"""So many stand on a page."""
MOST_COUNTED = 1_000
"""Counted up to here; beyond it a page says "more than"."""
MOST_PAGES = 400
"""The last page that is turned to; whoever looks for a service further on searches for its name."""

Entries = QuerySet[Entry]


@dataclass(frozen=True)
class Pile:
    """One list.

    Args:
        key: its name in the address.
        title: what it is called.
        chosen: takes what belongs on it out of all entries.
        order: what stands first.
    """

    key: str
    title: _StrPromise
    chosen: Callable[[Entries], Entries]
    order: tuple[str, ...] = ("plain", "service")


def _with_words(entries: Entries) -> Entries:
    return entries.filter(service__in=Word.objects.filter(settled_at=None).values("service"))


def _with_failing_links(entries: Entries) -> Entries:
    failing = LinkUse.objects.filter(link__failures__gte=FAILS_AFTER).values("service")
    return entries.filter(retired=False, service__in=failing)


PILES = (
    Pile("told", _("People say it is no longer so"), _with_words),
    Pile("differs", _("The directory changed what was changed here"), lambda all_: all_.filter(differs__gt=0)),
    Pile("links", _("A link does not work"), _with_failing_links),
    Pile("never", _("Never checked"), lambda all_: all_.filter(retired=False, checked_on=None)),
    Pile(
        "old",
        _("Checked too long ago"),
        lambda all_: all_.filter(retired=False, checked_on__lt=oldest_current()),
        ("checked_on", "plain", "service"),
    ),
    Pile(
        "retired", _("No longer shown: its directory or an editor took it away"), lambda all_: all_.filter(retired=True)
    ),
    Pile("all", _("All that are shown"), lambda all_: all_.filter(retired=False)),
)
PILE = {pile.key: pile for pile in PILES}


@dataclass(frozen=True)
class Count:
    """How many, as far as was counted.

    Args:
        number: at most MOST_COUNTED.
        more: whether there are more.
    """

    number: int
    more: bool


@dataclass(frozen=True)
class Page:
    """One page of a list, and whether another follows."""

    entries: Sequence[Entry]
    number: int
    has_next: bool


def narrowed(source: Source | None, words: str) -> Entries:
    """The entries of a source, or of all, whose name has these words in it.

    Args:
        source: None: of all.
        words: each is looked for in the name, without accents; "": any name.
    """
    found = Entry.objects.all() if source is None else Entry.objects.filter(source=source)
    for word in plain(words).casefold().split()[:8]:
        found = found.filter(plain__contains=word)
    return found


def counts(entries: Entries) -> dict[str, Count]:
    """How many stand on each list, counted no further than a page says. One question for each."""
    found = {}
    for pile in PILES:
        number = pile.chosen(entries).order_by()[: MOST_COUNTED + 1].count()
        found[pile.key] = Count(min(number, MOST_COUNTED), number > MOST_COUNTED)
    return found


def page_of(pile: Pile, entries: Entries, number: int) -> Page:
    """A page of a list, with what each entry waits for.

    Args:
        pile: which list.
        entries: `narrowed`.
        number: from 1 on.
    """
    waits = Word.objects.filter(service=OuterRef("pk"), settled_at=None)
    fails = LinkUse.objects.filter(service=OuterRef("pk"), link__failures__gte=FAILS_AFTER)
    chosen = pile.chosen(entries).annotate(told=Exists(waits), fails=Exists(fails), source_name=F("source__name"))
    start = (number - 1) * AT_ONCE
    some = list(chosen.order_by(*pile.order)[start : start + AT_ONCE + 1])
    return Page(some[:AT_ONCE], number, len(some) > AT_ONCE and number < MOST_PAGES)
