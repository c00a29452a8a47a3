"""What this room keeps of a member, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us, to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.moderation.actions.locking import tend_locked
from leeward.moderation.begun import put_begun_away
from leeward.moderation.models import (
    Act,
    Appeal,
    Case,
    CaseState,
    Decision,
    Evidence,
    FirstTexts,
    HardPhrase,
    Locked,
    LockedStep,
    Report,
    Telling,
)
from leeward.moderation.papers.tally import keep_as_numbers, tally_cases, tally_reports
from leeward.moderation.statements import decisions_about, reports_by


def register_belongings() -> None:
    """Register first texts, reports and decisions with members, and their tending. Called at start-up."""
    register(Belonging("first_texts", _("First texts"), (FirstTexts,), _export_first_texts, _erase_first_texts))
    register(
        Belonging("hard_phrases", _("Words I would rather not meet"), (HardPhrase,), _export_phrases, _erase_phrases)
    )
    register(Belonging("reports", _("What I reported"), (Report,), _export_reports, _erase_reports))
    register(
        Belonging("moderation_log", _("Decisions about what I wrote"), (Case, Decision), _export_log, _erase_from_log)
    )
    register(Belonging("locked", _("What I did about what is locked"), (LockedStep,), _export_steps, _erase_steps))
    tending.register("locked", tend_locked)
    tending.register("reports", _tend_reports)
    tending.register("moderation_evidence", _tend_evidence)
    tending.register("moderation_log", _tend_log)


def _export_first_texts(member: Member) -> Iterator[Row]:
    for row in FirstTexts.objects.filter(member=member):
        yield {"read_and_released": row.released, "photos_seen_and_released": row.photos_released}


def _erase_first_texts(member: Member, farewell: Farewell) -> None:
    FirstTexts.objects.filter(member=member).delete()


def _export_phrases(member: Member) -> Iterator[Row]:
    for words in HardPhrase.objects.filter(member=member).order_by("words").values_list("words", flat=True):
        yield {"words": words}


def _erase_phrases(member: Member, farewell: Farewell) -> None:
    HardPhrase.objects.filter(member=member).delete()


def _export_reports(member: Member) -> Iterator[Row]:
    words = Report.objects.filter(reporter=member).order_by("-at").values_list("words", flat=True)
    for outcome, said in zip(reports_by(member), words, strict=True):
        yield {"when": _when(outcome.at), "reason": outcome.reason, "words": said, "what_became_of_it": outcome.what}


def _erase_reports(member: Member, farewell: Farewell) -> None:
    """What she pointed out stays with the case, without her; her own words go unless she leaves them."""
    hers = Report.objects.filter(reporter=member)
    if farewell is Farewell.TAKE_ALL:
        hers.update(words="")
    hers.update(reporter=None)


def _export_log(member: Member) -> Iterator[Row]:
    for said in decisions_about(member):
        yield {
            "when": _when(said.at),
            "what": said.what,
            "rule": str(said.clause.title) if said.clause else "",
            "facts": said.facts,
            "stands": said.stands,
        }
    for decision in Decision.objects.filter(by=member).order_by("at"):
        yield {"when": _when(decision.at), "decided_by_me_as_a_moderator": str(Act(decision.act).label)}


def _erase_from_log(member: Member, farewell: Farewell) -> None:
    """The decision stays, tied to nobody, without the facts that were hers; nor are they in one that was begun."""
    put_begun_away(Case.objects.filter(author=member))
    Decision.objects.filter(case__in=Case.objects.filter(author=member)).update(reason="")
    Case.objects.filter(author=member).update(author=None)
    Case.objects.filter(also=member).update(also=None)
    Decision.objects.filter(by=member).update(by=None)


def _export_steps(member: Member) -> Iterator[Row]:
    for step in LockedStep.objects.filter(by=member).order_by("at"):
        yield {"when": _when(step.at), "what": step.get_what_display(), "words": step.words}


def _erase_steps(member: Member, farewell: Farewell) -> None:
    """What a host did stays written down, without her."""
    LockedStep.objects.filter(by=member).update(by=None)


def _tend_reports() -> int:
    old = Report.objects.filter(at__lt=kept_since("reports"), case__state=CaseState.DECIDED)
    with transaction.atomic():
        keep_as_numbers(tally_reports(old))
        return old.delete()[0]


def _tend_evidence() -> int:
    """As long as one can object, and longer where somebody has, or where somebody was told of a threat."""
    since = kept_since("moderation_evidence")
    old = Evidence.objects.filter(taken_at__lt=since, case__state=CaseState.DECIDED, case__decided_at__lt=since)
    return old.exclude(_still_needed("case_id")).delete()[0]


def _tend_log() -> int:
    """Cases go with all that hangs on them; not while one keeps somebody from writing, or nobody could take it back."""
    stops = Q(act=Act.END) | Q(act=Act.PAUSE, until=None) | Q(act=Act.PAUSE, until__gt=now_us())
    in_force = Decision.objects.filter(stops, undone_at=None).values("case_id")
    old = Case.objects.filter(state=CaseState.DECIDED, decided_at__lt=kept_since("moderation_log"))
    old = old.exclude(Q(author__isnull=False) & Q(pk__in=in_force)).exclude(_still_needed("pk"))
    with transaction.atomic():  # what the yearly report counts stays as numbers
        put_begun_away(old)
        keep_as_numbers(tally_cases(old), tally_reports(Report.objects.filter(case__in=old)))
        return old.delete()[0]


def _still_needed(case: str) -> Q:
    """On which cases somebody waits to be heard, was told of a threat, or something is locked. `case`: its name."""
    waits = Appeal.objects.filter(heard_at=None).values("decision__case_id")
    locked = Locked.objects.filter(over_at=None).values("decision__case_id")
    told = Telling.objects.values("case_id")
    return Q(**{f"{case}__in": waits}) | Q(**{f"{case}__in": told}) | Q(**{f"{case}__in": locked})


def _when(moment: int) -> str:
    return to_datetime(moment).isoformat()
