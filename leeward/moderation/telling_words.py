"""Telling somebody of a threat or an exposure: on which cases, whom, and what the two moderators and she are shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.audience.things import find_by_id
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY
from leeward.members.models import Member
from leeward.members.retention import rule
from leeward.moderation.actions.opening import has_opened
from leeward.moderation.forms.telling import TellingForm
from leeward.moderation.models import Act, Case, Evidence, Telling

SIGN = "threat"
REASONS = frozenset({"threat", "unmasks"})


@dataclass(frozen=True)
class OnCase:
    """What a case's page shows of telling (template `moderation/_telling.html`, as `telling`).

    Args:
        form: with which one proposes, or proposes other words.
        row: what was proposed, if anything was.
        is_hers: whether this moderator proposed it: then a second one answers.
        about_her: whether it was aimed at this moderator herself: then others decide.
    """

    form: TellingForm
    row: Telling | None
    is_hers: bool
    about_her: bool


@dataclass(frozen=True)
class ToHer:
    """What the person who is told reads."""

    row: Telling
    done: list[str]
    kept_on: int | None
    kept_until: int | None


def is_of_that_kind(case: Case) -> bool:
    """Whether a case is of a threat or of an exposure, as the screening or a reporter named it."""
    return SIGN in case.signs or case.reports.filter(reason__in=REASONS).exists()


def aimed_at(case: Case, moderator: Member) -> Member | None:
    """The person at whom it was aimed: who wrote what it stands under. None if that is its writer, or nobody any more.

    Args:
        case: a case that the moderator has opened: she sees what stands around it.
        moderator: who looks.
    """
    if not is_of_that_kind(case) or (case.under_kind, case.under_id) == (case.kind, case.thing_id):
        return None
    around = find_by_id(case.under_kind, case.under_id, Viewer.moderator(moderator))
    return around.author if around is not None and around.author_id not in case.tellers else None


def telling_on(case: Case, moderator: Member, form: TellingForm | None = None) -> OnCase | None:
    """What this moderator is shown of telling on a case that she has opened; None where there is nobody to tell.

    Args:
        case: the case.
        moderator: who looks.
        form: what she has just sent, if something in it needs another look.
    """
    if not has_opened(case, moderator):
        return None
    row = Telling.objects.filter(case=case).first()
    told_id = row.told_id if row and row.agreed_at else getattr(aimed_at(case, moderator), "pk", None)
    if row is None and told_id is None:
        return None
    begun = {"words": row.words} if row else None
    return OnCase(
        form or TellingForm(initial=begun),
        row,
        is_hers=row is not None and row.proposed_by_id == moderator.pk,
        about_her=told_id == moderator.pk,
    )


def telling_to(member: Member, pk: int) -> ToHer | None:
    """What a member was told, once two have agreed; None before."""
    row = Telling.objects.filter(pk=pk, told=member, agreed_at__isnull=False).select_related("case").first()
    if row is None:
        return None
    kept = Evidence.objects.filter(case=row.case).order_by("taken_at").first()
    days = rule("tellings").days or 0
    until = (row.agreed_at or 0) + days * DAY
    return ToHer(row, _done(row.case), kept.taken_at if kept else None, until if kept else None)


def _done(case: Case) -> list[str]:
    """What has been done about it, as far as it touches her."""
    acts = {Act(decision.act) for decision in case.decisions.filter(undone_at=None)}
    done = []
    if acts & {Act.ASK, Act.HIDE, Act.REMOVE, Act.PAUSE, Act.END, Act.LOCK}:
        done.append(_("Nobody sees it any more but whoever wrote it."))
    elif case.is_open:
        done.append(_("It is still being looked at."))
    if Act.END in acts:
        done.append(_("Whoever wrote it is no longer a member here and cannot write here."))
    elif Act.PAUSE in acts and (case.author is None or case.author.is_suspended):
        done.append(_("Whoever wrote it cannot write here at present."))
    if Act.WARN in acts:
        done.append(_("Whoever wrote it has been warned."))
    return done or [_("Two people have read it.")]
