"""Consents: explicit, separate, recorded, revocable."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from leeward.members.models import Consent, Member, Purpose

WORDING = "2026-11-b"
"""Version of the words in consent_words.py. Change it with them: an agreement is to those words."""

_on_withdrawal: dict[Purpose, list[Callable[[Member], None]]] = {purpose: [] for purpose in Purpose}


def has_consented(member: Member, purpose: Purpose) -> bool:
    """Whether she has agreed to this purpose and not taken it back."""
    return Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None).exists()


def consents_of(member: Member) -> set[Purpose]:
    """All purposes that she agrees to now."""
    return set(in_force(member))


def in_force(member: Member) -> dict[Purpose, Consent]:
    """Her agreements that hold now, by purpose."""
    return {Purpose(row.purpose): row for row in Consent.objects.filter(member=member, withdrawn_at=None)}


def when_withdrawn(purpose: Purpose, do: Callable[[Member], None]) -> None:
    """Register what a room erases when a consent is taken back. Called at start-up."""
    _on_withdrawal[purpose].append(do)


def give(member: Member, purpose: Purpose) -> None:
    """Record that she agrees, from now on."""
    Consent.objects.get_or_create(member=member, purpose=purpose, withdrawn_at=None, defaults={"wording": WORDING})


def withdraw(member: Member, purpose: Purpose) -> None:
    """Record that she no longer agrees, and erase what rested on it."""
    with transaction.atomic():
        Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())
        for erase in _on_withdrawal[purpose]:
            erase(member)
