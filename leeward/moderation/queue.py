"""What waits for a moderator, as lines: each says why, what kind of thing it is and since when; nothing of its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.kit.moments import to_datetime
from leeward.members.models import Member
from leeward.moderation.actions.opening import may_open
from leeward.moderation.appeals import appeals_for
from leeward.moderation.groups import Key, key_of, makes_a_group
from leeward.moderation.models import Case, CaseState, Opinion
from leeward.moderation.plain_reasons import why
from leeward.moderation.showing import kind_in_words, under_in_words
from leeward.moderation.sparing import Offered, offered_to

LATELY = 8
"""So many decided cases stand below the queue."""
PAGE = 100
"""Most lines on the page of the queue: what stands behind them comes up as they are decided."""


@dataclass(frozen=True)
class Line:
    """One line of the queue.

    Args:
        path: where it is opened.
        title: why it waits, in plain words; of a group, how many and where.
        about: what kind of thing it is.
        reasons: of a group, why each of them waits, in plain words.
        at: since when, microseconds; of a group, the oldest.
        urgent: whether it stands first.
        size: how many texts it stands for.
        is_hers: whether she pointed it out, so that somebody else decides.
        spared: what she asked to be spared and is inside it, in words.
        handed_on: whether she handed it on, and nobody else is there.
        remark: what else she should know, or nothing.
    """

    path: str
    title: str
    about: str
    at: int
    urgent: bool = False
    size: int = 1
    reasons: tuple[str, ...] = ()
    is_hers: bool = False
    spared: tuple[str, ...] = ()
    handed_on: bool = False
    remark: str = ""

    @property
    def since(self) -> str:
        """Since when it waits, in words: today with the time, else the day."""
        moment = timezone.localtime(to_datetime(self.at))
        if moment.date() == timezone.localdate():
            return _("waits since %(time)s today") % {"time": formats.time_format(moment)}
        return _("waits since %(day)s") % {"day": formats.date_format(moment, "j F Y")}

    @property
    def stands_last(self) -> bool:
        """Whether somebody else should take it, if anybody were there."""
        return bool(self.spared) or self.handed_on


def waiting_for(moderator: Member) -> list[Line]:
    """What waits for this moderator: urgent first, then oldest first."""
    offered = offered_to(moderator)
    remarks = _remarks(moderator, [one.case for one in offered])
    grouped: dict[Key, list[Offered]] = defaultdict(list)
    for one in offered:
        if (key := key_of(one)) is not None:
            grouped[key].append(one)
    lines, in_groups = [], set()
    for some in grouped.values():
        if makes_a_group(some):
            lines.append(_group(some))
            in_groups |= {one.case.pk for one in some}
    lines += [_single(one, remarks) for one in offered if one.case.pk not in in_groups]
    lines += _appeals(moderator)
    return sorted(lines, key=lambda line: (not line.urgent, line.stands_last, line.at))


def urgent_texts(lines: Iterable[Line]) -> int:
    """How many urgent texts wait for her that she could decide."""
    return sum(line.size for line in lines if line.urgent and not line.is_hers)


def _single(one: Offered, remarks: Mapping[int, str]) -> Line:
    case = one.case
    return Line(
        path=reverse("moderation:case", args=[case.ref]),
        title="; ".join(words for _key, words in why(case, one.reasons)),
        about=kind_in_words(case),
        at=case.at,
        urgent=case.is_urgent,
        is_hers=one.is_hers,
        spared=one.spared,
        handed_on=one.handed_on,
        remark=remarks.get(case.pk, ""),
    )


def _group(some: Sequence[Offered]) -> Line:
    first = some[0].case
    words = ngettext("%(number)d text under one %(thing)s", "%(number)d texts under one %(thing)s", len(some))
    reasons = dict.fromkeys(said for one in some for _key, said in why(one.case, one.reasons))
    return Line(
        path=reverse("moderation:group", args=[first.ref]),
        title=words % {"number": len(some), "thing": under_in_words(first)},
        about=kind_in_words(first),
        at=min(one.case.at for one in some),
        urgent=first.is_urgent,
        size=len(some),
        reasons=tuple(reasons),
        spared=tuple(dict.fromkeys(label for one in some for label in one.spared)),
        handed_on=some[0].handed_on,
    )


def _appeals(moderator: Member) -> list[Line]:
    return [
        Line(
            path=reverse("moderation:appeal", args=[appeal.pk]),
            title=_("Somebody objects to a decision"),
            about=_("an appeal, which another person hears than the one who decided"),
            at=appeal.at,
        )
        for appeal in appeals_for(moderator)
    ]


def _remarks(moderator: Member, cases: Sequence[Case]) -> dict[int, str]:
    """What she should know of calls for a second reader."""
    asked = [case for case in cases if case.needs_second or case.second_asked_by_id is not None]
    readers: dict[int, set[int | None]] = defaultdict(set)
    if asked:
        for case_id, by in Opinion.objects.filter(case__state=CaseState.OPEN).values_list("case", "by"):
            readers[case_id].add(by)
    return {case.pk: _remark(case, moderator, readers[case.pk]) for case in asked}


def _remark(case: Case, moderator: Member, readers: set[int | None]) -> str:
    if moderator.pk in readers:
        return _("you have written what you think of it")
    if case.second_asked_by_id == moderator.pk:
        return _("another reader has written") if readers else _("you asked another person to read it, too")
    return _("somebody asks for another reader") if case.needs_second else ""


def decided_lately(moderator: Member) -> list[Case]:
    """The newest decided cases that this moderator may look at: a decision can be taken back from there."""
    decided = Case.objects.filter(state=CaseState.DECIDED).order_by("-decided_at")
    return [case for case in decided[: 2 * LATELY] if may_open(case, moderator)][:LATELY]
