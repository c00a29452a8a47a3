"""Telling of a loss, changing what was told, and taking it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from leeward.journeys.actions.following import follow
from leeward.journeys.actions.telling import Given, answer, ask_consent
from leeward.journeys.models import Loss
from leeward.journeys.vocabulary import FACET
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.members.unsent import put_away

FIELDS = frozenset({"year", "month", "day", "weeks", "days", "name", "own_word", "words", "not_said"})
"""What a loss itself carries; the rest are facts."""


def keep_loss(
    member: Member,
    *,
    fields: Mapping[str, Any],
    answers: Mapping[str, Given],
    loss: Loss | None = None,
    sent: str = "",
) -> Loss:
    """Keep a new loss, or what she changes in one she told of; the loss as it is kept.

    Args:
        member: who tells.
        fields: values of Loss by name (FIELDS); what is not named stays as it is.
        answers: what she answered, by facet.
        loss: one of hers to change; None for a new one.
        sent: the form that tells a new one. Sent again, by a second click, it changes that loss.

    Raises:
        NotAgreed: she has not agreed that her journey is kept.
        PermissionError: somebody else's loss.
        ValueError: a field that a loss does not have.
    """
    ask_consent(member)
    if loss is not None and loss.member_id != member.pk:
        raise PermissionError("Only who told of a loss changes it.")
    if fields.keys() - FIELDS:
        raise ValueError(f"A loss has no {sorted(fields.keys() - FIELDS)}.")
    with transaction.atomic():
        once_at_a_time(member)
        again = Loss.objects.filter(member=member, sent=sent).first() if sent else None
        kept = loss or again or Loss(member=member, place=next_place(member), sent=sent)
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.save()
        for facet, given in answers.items():
            answer(member, FACET[facet], given, loss=kept)
        follow(member)
    return kept


def remove_loss(loss: Loss, *, by: Member) -> None:
    """Take a loss away with all that was told of it.

    Raises:
        PermissionError: somebody else's loss.
    """
    if loss.member_id != by.pk:
        raise PermissionError("Only who told of a loss takes it away.")
    with transaction.atomic():
        put_away(by, reverse("journeys:loss_edit", args=[loss.pk]))  # a change that she began says it too
        loss.delete()
        follow(by)


def next_place(member: Member) -> int:
    """The place of a loss that is told of next."""
    return int(Loss.objects.filter(member=member).aggregate(last=Max("place"))["last"] or 0) + 1
