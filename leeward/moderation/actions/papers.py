"""What the host writes: rules, texts of its own, what was given to an authority. Nothing of it is ever deleted here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from leeward.members.models import Member
from leeward.moderation.models import Disclosure, HostText, RulesVersion
from leeward.moderation.rules import RULES, Clause, clauses_in_force, rules_in_force
from leeward.notifications.actions import tell_everyone


class RulesChangedMeanwhile(Exception):
    """Somebody else has changed the rules since the page was opened."""


class NothingChangedError(ValueError):
    """The rules would say what they say already."""


@dataclass(frozen=True)
class Disclosed:
    """One line of the log of disclosures, without the name of any member.

    Args:
        on: the day.
        authority: who asked, or was told.
        ground: the order, the law or the danger.
        what: which kinds of data; no words of anybody.
        given: whether something was given; else it was refused, or there was nothing.
        member_told: when the member was told, or why not yet.
    """

    on: datetime.date
    authority: str
    ground: str
    what: str
    given: bool
    member_told: str


def change_rules(said: Mapping[str, tuple[str, str]], *, by: Member, why: str, seen: int) -> RulesVersion:
    """Put new rules in force, and tell every member.

    Args:
        said: title and text of each rule, by its key; rules that are not there stay as they are.
        by: the account that does it; must be a host's.
        why: what changed and why, as members read it.
        seen: the version that was in force when the page was opened.

    Raises:
        PermissionDenied: the account is not a host's.
        NothingChangedError: every rule says what it said before.
        RulesChangedMeanwhile: another version is in force by now.
    """
    _refuse_all_but_the_host(by)
    with override(settings.LANGUAGE_CODE):
        before = [_row(clause) for clause in clauses_in_force()]
        shipped = [_row(clause) for clause in RULES]
    after = [_changed(row, said) for row in before]
    if after == before:
        raise NothingChangedError
    if seen != rules_in_force():
        raise RulesChangedMeanwhile
    try:
        with transaction.atomic():
            if seen == 1:  # what the place came with, kept as it was read until now: a newer program may say it anew
                RulesVersion.objects.get_or_create(number=1, defaults={"at": 0, "clauses": shipped})
            version = RulesVersion.objects.create(number=seen + 1, by=by, clauses=after, why=why.strip())
            tell_everyone("moderation.rules", reverse("web:rules"))
    except IntegrityError as taken:
        raise RulesChangedMeanwhile from taken
    return version


def write_text(key: str, text: str, *, by: Member, role: str = "") -> HostText:
    """Keep a text of the host's own, in force from now on.

    Args:
        key: which text (moderation.papers.texts, or a published report).
        text: all of it.
        by: the account that does it; must be a host's.
        role: as what its writer confirms it; empty: it is not confirmed yet.

    Raises:
        PermissionDenied: the account is not a host's.
    """
    _refuse_all_but_the_host(by)
    return HostText.objects.create(key=key, text=text.strip(), role=role.strip(), by=by)


def write_down_disclosure(disclosed: Disclosed, *, by: Member) -> Disclosure:
    """Write down what an authority asked for, or was told, and what it got.

    Raises:
        PermissionDenied: the account is not a host's.
    """
    _refuse_all_but_the_host(by)
    return Disclosure.objects.create(**vars(disclosed), by=by)


def _refuse_all_but_the_host(by: Member) -> None:
    if not by.is_host:
        raise PermissionDenied("Only the host writes this.")


def _row(clause: Clause) -> dict[str, str]:
    return {"key": clause.key, "title": str(clause.title), "text": str(clause.text)}


def _changed(row: dict[str, str], said: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    title, text = said.get(row["key"], (row["title"], row["text"]))
    return {"key": row["key"], "title": title.strip(), "text": text.strip()}
