"""What counts for her when what is near is looked for: each question more, as usual, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.journeys.facts import Pair
from leeward.journeys.models import Weighing
from leeward.journeys.nearness import Profile
from leeward.journeys.vocabulary import FACETS
from leeward.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WEEKS, WHEN = "weeks", "when"

QUESTIONS: dict[str, _StrPromise] = {
    "kind": _("what happened"),
    WEEKS: _("the weeks"),
    WHEN: _("when it was"),
    "path": _("the path"),
    "now": _("where I am now"),
    "relation": _("who I am in it"),
    "exactly": _("what it was exactly"),
    "count": _("how many losses"),
    "cause": _("the cause"),
    "stage": _("the treatment"),
    "diagnosis": _("what was found"),
    "how": _("how it went"),
    "alive": _("whether born alive"),
    "children": _("living children"),
    "body": _("the body"),
    "heart": _("what I carry"),
    "support": _("what helps"),
    "told": _("who knows"),
    "remembrance": _("how I remember"),
    "faith": _("faith"),
}
"""Each question that is compared, in few words; the most telling first."""


class Counts(models.TextChoices):
    """How much a question counts to her."""

    MORE = "more", _("counts more")
    AS_USUAL = "as_usual", _("as usual")
    NOT = "not", _("not at all")


def questions_in(profile: Profile) -> list[str]:
    """The questions that a profile answers, the most telling first."""
    answered = {facet.key for facet in FACETS if profile.of(facet.key)}
    answered |= {WEEKS} if profile.weeks else set()
    answered |= {WHEN} if profile.years else set()
    return [key for key in QUESTIONS if key in answered]


def question_of(pair: Pair) -> str:
    """The question that a fact answers: that of its facet; when it was, for a year or a month."""
    return WHEN if pair[0] in {"year", "month"} else pair[0]


def weighings_of(member: Member) -> dict[str, Counts]:
    """What she said of each question; of others nothing, and they count as usual."""
    rows = _weighings_of(Viewer(member.pk))
    return {facet: Counts.MORE if more else Counts.NOT for facet, more in rows}


@prepared
def _weighings_of(she: Viewer) -> QuerySet[Weighing, tuple[str, bool]]:
    return Weighing.objects.filter(member_id=she.member_id).values_list("facet", "more")
