"""Cases under one story as one line: a campaign is read on one page and settled with one decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.kit.excerpts import first_words
from leeward.kit.moments import moment_said
from leeward.members.models import Member
from leeward.moderation.actions.together import opened_by, things_of
from leeward.moderation.looked_at import is_looked_at
from leeward.moderation.models import Because, Case
from leeward.moderation.plain_reasons import why
from leeward.moderation.showing import Shown, shown_of
from leeward.moderation.sparing import Offered, offered_to

FROM = 3
"""From so many on, cases under the same thing are one line."""
ON_A_PAGE = 500
"""Most texts on the page of a group; the others come up when these are decided."""
SHORT = 160
"""Of each text so many characters are shown at first."""
WHOLE = 1500
"""Up to so many characters the whole text stands on the page of the group; a longer one has a page of its own."""

Key = tuple[str, int, int, bool, bool]

_GROUPED = frozenset({Because.DOUBTFUL, Because.FIRST_TEXT, Because.REPORT})


@dataclass(frozen=True)
class Text:
    """One text of a group that was opened.

    Args:
        case: its case.
        shown: the text, or None if its author has taken it back.
        short: its first words.
        why: why it waits, in plain words.
        value: what its tick sends: the case's name, and the stamp of the text as it is read here.
    """

    case: Case
    shown: Shown | None
    short: str
    why: str
    value: str

    @property
    def is_long(self) -> bool:
        """Whether it is too long for the page of the group, or is to be looked at."""
        return self.shown is not None and (len(self.shown.text) > WHOLE or is_looked_at(self.case.kind))

    @property
    def whole(self) -> str:
        """The whole text, if the first words are not all of it, or stand covered; else nothing."""
        if self.shown is None or self.is_long:
            return ""
        return self.shown.text if self.shown.notes or self.short.endswith("…") else ""


@dataclass(frozen=True)
class Section:
    """The texts of a group that wait for the same first reason."""

    key: str
    label: str
    texts: list[Text]


def key_of(one: Offered) -> Key | None:
    """What a case is grouped by; None if it always stands alone.

    Care stands alone; so do the outermost thing itself, what she pointed out, and what asks for a second reader.
    """
    case = one.case
    alone = one.is_hers or case.needs_second or case.because not in _GROUPED
    if alone or not case.under_kind or (case.kind, case.thing_id) == (case.under_kind, case.under_id):
        return None
    return case.under_kind, case.under_id, case.priority, bool(one.spared), one.handed_on


def makes_a_group(some: Sequence[Offered]) -> bool:
    """Whether so many cases of one key are one line."""
    return len(some) >= FROM


def group_of(head: Case, moderator: Member) -> list[Offered]:
    """The cases that stand in one line with this one, or did before it was decided; as they are offered to her now."""
    offered = offered_to(moderator)
    own = next((key_of(one) for one in offered if one.case.pk == head.pk), None)
    if own is not None:
        return [one for one in offered if key_of(one) == own]
    beside = (head.under_kind, head.under_id, head.priority)
    found = [(key_of(one), one) for one in offered]
    return [one for key, one in found if key is not None and key[:3] == beside]


def texts_of(some: Sequence[Offered], moderator: Member) -> list[Section]:
    """The texts that she has opened, by the first reason for which each waits."""
    by_case = {one.case.pk: one for one in some}
    cases = opened_by(moderator, [one.case for one in some])[:ON_A_PAGE]
    things = things_of(cases, moderator)
    sections: dict[str, Section] = {}
    for case in cases:
        key, label = why(case, by_case[case.pk].reasons)[0]
        thing = things.get(case.pk)
        shown = shown_of(case, thing) if thing is not None else None
        reasons = "; ".join(words for _key, words in why(case, by_case[case.pk].reasons))
        short = first_words(shown.text, SHORT) or shown.title if shown else ""
        text = Text(case, shown, short, reasons, f"{case.ref}:{shown.touched_at if shown else ''}")
        sections.setdefault(key, Section(key, label, [])).texts.append(text)
    return sorted(sections.values(), key=lambda section: -len(section.texts))


def ticked(values: Iterable[str], some: Sequence[Offered]) -> tuple[list[Case], dict[int, int]]:
    """The cases that were ticked, and the stamp of each text as it was read. What is no longer there is left out."""
    by_ref = {one.case.ref: one.case for one in some}
    cases, seen = [], {}
    for value in dict.fromkeys(values):
        ref, _colon, stamp = value.partition(":")
        if ref in by_ref:
            cases.append(by_ref[ref])
            read = moment_said(stamp)
            if read is not None:
                seen[by_ref[ref].pk] = read
    return cases, seen
