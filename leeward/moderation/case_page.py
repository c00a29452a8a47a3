"""What the page of an opened case shows: what is needed, and no more."""

from __future__ import annotations

from typing import Any

from leeward.members.models import Member
from leeward.moderation.actions.concerns import two_have_read
from leeward.moderation.actions.deciding import acts_for
from leeward.moderation.actions.opening import may_decide, thing_of
from leeward.moderation.desks import desk_of, other_moderators
from leeward.moderation.forms import DecisionForm, OpinionForm, TakeBackForm
from leeward.moderation.models import Case, Decision, Opinion
from leeward.moderation.plain_reasons import why
from leeward.moderation.reasons import REASON
from leeward.moderation.showing import (
    kind_in_words,
    prefilled_clause,
    same_words_from_several,
    shown_around,
    shown_quote,
    shown_thing,
)
from leeward.moderation.signs import CARE
from leeward.moderation.sparing import spared_notes
from leeward.moderation.telling_words import telling_on


def case_context(found: Case, moderator: Member, form: DecisionForm | None, *, anew: bool) -> dict[str, Any]:
    """Everything that the page's template shows of a case that the moderator has opened.

    Args:
        found: the case.
        moderator: who looks.
        form: what she sent, if it has to be looked at again.
        anew: whether it has because the text has changed: then what she wrote stays, beside the text as it is now.
    """
    shown = shown_thing(found, moderator)
    reports = list(found.reports.order_by("at"))
    if form is None or anew:
        acts = acts_for(found, thing_of(found, moderator))
        kept = form.cleaned_data if form else {"clause": prefilled_clause(found, [row.reason for row in reports])}
        kept |= {"seen": shown.touched_at if shown else None}
        form = DecisionForm(initial=kept, acts=acts, two_have_read=two_have_read(found, moderator))
    return {
        "case": found,
        "kind": kind_in_words(found),
        "why": why(found, [row.reason for row in reports]),
        "danger": bool(CARE & set(found.signs)) or any(REASON[r.reason].help for r in reports if r.reason in REASON),
        "shown": shown,
        "quoted": shown_quote(found, moderator),
        "spared": spared_notes(found, desk_of(moderator)),
        "around": shown_around(found, moderator),
        "several": shown is not None and same_words_from_several(found, shown),
        "reports": [(REASON.get(row.reason), row) for row in reports],
        "evidence": [row for row in found.evidence.order_by("taken_at") if not shown or row.text != shown.text],
        "decisions": _decisions(found),
        "may_decide": may_decide(found, moderator),
        "form": form,
        "back": TakeBackForm(),
        "anew": anew,
        "telling": telling_on(found, moderator),
        **_second_reading(found, moderator),
    }


def _second_reading(found: Case, moderator: Member) -> dict[str, Any]:
    """What other readers wrote, what she wrote as one, and whether she is asked, or could ask."""
    opinions = list(found.opinions.order_by("at"))
    mine: Opinion | None = next((said for said in opinions if said.by_id == moderator.pk), None)
    asked_herself = found.second_asked_by_id == moderator.pk
    return {
        "opinions": [said for said in opinions if said is not mine],
        "my_opinion": mine,
        "opinion": OpinionForm(initial={"words": mine.words} if mine else None),
        "is_asked": found.is_open and not asked_herself and (found.needs_second or mine is not None),
        "has_asked": asked_herself and found.needs_second,
        "others": bool(other_moderators(moderator)) if found.is_open else False,
    }


def _decisions(found: Case) -> list[Decision]:
    """Everything that was decided about the same thing."""
    same = Decision.objects.filter(case__kind=found.kind, case__thing_id=found.thing_id)
    return list(same.select_related("case").order_by("at"))
