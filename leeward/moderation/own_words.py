"""Whose words a case stands under: inside her own nobody moderates, for there she would meet what is aimed at her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.models import Case


def under_words_of(member: Member, cases: Iterable[Case]) -> set[int]:
    """The keys of those cases whose thing this member wrote, or that stand inside something she wrote."""
    around: dict[tuple[str, int], set[int]] = defaultdict(set)
    hers = set()
    for case in cases:
        if member.pk in case.tellers:
            hers.add(case.pk)
        for kind, thing_id in case.around:
            around[kind, thing_id].add(case.pk)
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, thing_id in around:
        ids[kind].add(thing_id)
    for kind, asked in ids.items():
        try:
            model = model_of(kind)
        except LookupError:  # the room that made it is no more
            continue
        for thing_id in told_by(member, model).filter(pk__in=asked).values_list("pk", flat=True):
            hers |= around[kind, thing_id]
    return hers


def told_by(member: Member, model: type[Shared]) -> QuerySet[Any]:
    """What she wrote, or is the second of two who tell it."""
    hers: QuerySet[Any] = model.objects.written_by(member)
    if model.also_by:
        hers = hers | model.objects.visible_to(Viewer.member(member)).filter(**{model.also_by: member})
    return hers
