"""Who may see a shared thing, and what a reader wants to see. Written here, once, as a set; everything asks it.

You may see it if you wrote it, or are the second of two who tell it; or if it is live and not past its date, no block
lies between you and who tells it, and it is for everyone, or for members and you are one, or for a ring you are in; or
if it belongs to a case that you have opened, which is logged. A thing inside others (an answer in a chapter in a
story) may be seen only if each of them may; that a case opened what is around it shows nothing else inside. What the
author of the outermost has hidden is seen by its writer as before, and by her who hid it and can bring it back
(docs/decisions/0028-on-her-own-terms.md). Of two who tell together: docs/decisions/0035-told-together.md.

A block hides what its author signed. What she did not sign it leaves as it is, for everyone: otherwise the text would
betray its author by vanishing (docs/decisions/0011-unsigned-texts-and-blocks.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan

from leeward.audience.models import Aside, Mute, Opening, RingMember, Wall
from leeward.audience.prepared import prepared
from leeward.audience.shared import Shared, State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member

Within = Mapping[str, int | None]
"""Inside of which things rows are asked for: for foreign keys of `Shared.inside`, the key, or None for "of none"."""
_ANYWHERE: Within = MappingProxyType({})


def may_see(model: type[Shared], viewer: Viewer, within: Within = _ANYWHERE) -> Q:
    """The rule, as a condition on rows of `model`. Parameters never grow with the viewer.

    `within` narrows it to what is inside of these things. It says the same of those rows, but asks about what is around
    them once, where a database would ask anew for each row, or prepare to ask about what none of them is inside of.
    """
    assert set(within) <= set(model.inside), f"{model.__name__} is not inside of all these."
    seen = Q(state=State.LIVE, until__gt=viewer.now) & _no_block_between(model, viewer)
    if model.audience_rows is not None:
        seen &= _is_for(model.audience_rows, viewer)
    if model.hidden_by_around:
        seen &= _not_hidden(model, viewer, within)
    if viewer.is_member:
        seen = _hers(model, viewer) | seen
    if model.inside:
        # What was opened for one thing inside it does not show the others: a moderator reads the line of her case.
        seen &= _around_may_be_seen(model, replace(viewer, on_cases=False), within)
    if viewer.on_cases:
        opened = _opened_by(model, viewer)
        seen |= opened & _around_may_be_seen(model, viewer, within) if model.inside else opened
    return seen


def wants_to_see(model: type[Shared], viewer: Viewer) -> Q:
    """What this reader did not ask to be spared, as a condition on rows of `model`. Her own words always stay."""
    if not viewer.is_member:
        return Q()
    aside = Aside.objects.filter(member_id=viewer.member_id, kind=model._meta.label_lower, thing_id=OuterRef("pk"))
    gentle = ~Q(Exists(aside)) & _signed_by_none(model, Mute.objects.filter(member_id=viewer.member_id), "muted_id")
    if viewer.shield:
        # "None of these", said so that PostgreSQL expects many rows: of an equality of masks it expects almost none.
        gentle &= ~Q(GreaterThan(F("notes").bitand(viewer.shield), 0))
    return _hers(model, viewer) | gentle


def wants_what_is_around(model: type[Shared], viewer: Viewer) -> Q:
    """That she did not ask to be spared what a thing is inside of: else lists would show a part of it."""
    return _each_around(model, lambda rows: rows.visible_to(viewer).gentle_for(viewer))


def is_visible_to(thing: Shared, viewer: Viewer) -> bool:
    """Whether this viewer may see this one thing: derived from the same set."""
    return thing.pk is not None and bool(_seen(viewer, type(thing), pk=thing.pk))


@prepared
def _seen(viewer: Viewer, model: type[Shared], *, pk: int) -> QuerySet[Any, tuple[int]]:
    rows: QuerySet[Any, tuple[int]] = model.objects.filter(pk=pk).visible_to(viewer).values_list("pk")
    return rows


def _hers(model: type[Shared], viewer: Viewer) -> Q:
    """That she wrote it, or is the second of two who tell it together."""
    hers = Q(author_id=viewer.member_id)
    return hers | Q(**{f"{model.also_by}_id": viewer.member_id}) if model.also_by else hers


def _no_block_between(model: type[Shared], viewer: Viewer) -> Q:
    if not viewer.is_member:
        return Q()
    return _signed_by_none(model, Wall.objects.filter(a_id=viewer.member_id), "b_id")


def _signed_by_none(model: type[Shared], them: QuerySet[Any], key: str) -> Q:
    """That none of them has signed it, neither as its author nor as the second of two. `key`: the column of them."""
    by_none = ~Q(Exists(them.filter(**{key: OuterRef("author_id")})))
    if model.also_by:
        second = f"{model.also_by}_id"
        by_none &= Q(**{f"{second}__isnull": True}) | ~Q(Exists(them.filter(**{key: OuterRef(second)})))
    return Q(signed=False) | by_none


def _is_for(rows: Any, viewer: Viewer) -> Q:
    of_thing = rows._default_manager.filter(thing_id=OuterRef("pk"))
    if not (viewer.is_member and viewer.in_rings):
        return Q(Exists(of_thing.filter(ring_id__lte=viewer.great)))
    in_ring = RingMember.objects.filter(
        ring_id=OuterRef("ring_id"), member_id=viewer.member_id, counts_from__lte=viewer.now
    )
    return Q(Exists(of_thing.filter(Q(ring_id__lte=viewer.great) | Q(Exists(in_ring)))))


def _not_hidden(model: type[Shared], viewer: Viewer, within: Within) -> Q:
    shown, outermost = Q(**{f"{model.hidden_by_around}__isnull": True}), model.inside[-1]
    if not viewer.is_member:
        return shown
    key = within.get(outermost)
    if key is None:
        return shown | Q(**{f"{outermost}__author_id": viewer.member_id})
    hers = _container(model, outermost).objects.written_by(Member(pk=viewer.member_id))
    return shown | Q(Exists(hers.filter(pk=key)))


def _opened_by(model: type[Shared], viewer: Viewer) -> Q:
    return Q(
        Exists(
            Opening.objects.filter(
                moderator_id=viewer.member_id,
                kind=model._meta.label_lower,
                thing_id=OuterRef("pk"),
                closed_at=None,
            )
        )
    )


def _around_may_be_seen(model: type[Shared], viewer: Viewer, within: Within) -> Q:
    """An answer in a chapter is inside the chapter and inside the story."""
    return _each_around(model, lambda rows: rows.visible_to(viewer), within)


def _each_around(model: type[Shared], asked: Callable[[Any], Any], within: Within = _ANYWHERE) -> Q:
    """That each thing around it is among those that are asked for; where it is inside of none, nothing is."""
    seen = Q()
    for name in model.inside:
        rows, of_none = _container(model, name).objects, Q(**{f"{name}__isnull": True})
        if name in within:
            key = within[name]
            seen &= of_none if key is None else Q(**{f"{name}_id": key}) & Q(Exists(asked(rows.filter(pk=key))))
        else:
            there = Q(Exists(asked(rows.filter(pk=OuterRef(f"{name}_id")))))
            seen &= there | of_none if model._meta.get_field(name).null else there
    return seen


def _container(model: type[Shared], name: str) -> type[Shared]:
    container = model._meta.get_field(name).related_model
    assert isinstance(container, type)
    assert issubclass(container, Shared)
    return container
