"""The yearly report on how the place is moderated, from its data: numbers without persons.

It follows what articles 15 and 24 of Regulation (EU) 2022/2065 (the Digital Services Act) ask, also where a small place
need not publish it; its numbers help to show how the place keeps sections 20 and 21 (reports and complaints) of the
Online Safety Act 2023 of the United Kingdom.
"""

from __future__ import annotations

import csv
import datetime
import io
from itertools import groupby

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from leeward.language.folders import has_screening
from leeward.members.models import Member
from leeward.moderation.models import Act, Case, DayCount, Disclosure
from leeward.moderation.models.decisions import RESTRICTIONS
from leeward.moderation.papers.facts import moderators_now
from leeward.moderation.papers.tally import ENDINGS, day_of
from leeward.moderation.papers.yearly import Numbers, said, share
from leeward.moderation.reasons import REASON
from leeward.moderation.rules import clauses_in_force

Row = tuple[str, str, str]
"""One line: the section, what it says something of, and the number or the words. Without the middle it is a note."""


def report(year: int) -> list[Row]:
    """The report on a year; for one that is not over, up to today."""
    numbers = Numbers(year)
    return [
        *_about(year),
        *_authorities(numbers),
        *_notices(numbers),
        *_own_initiative(numbers),
        *_automated(numbers),
        *_objections(numbers),
        *_people(numbers),
    ]


def as_csv(rows: list[Row]) -> str:
    """The report for programs: section, what, value."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(("section", "what", "value"))
    writer.writerows(rows)
    return written.getvalue()


def from_csv(text: str) -> list[Row]:
    """What `as_csv` wrote."""
    return [(section, what, value) for section, what, value in list(csv.reader(io.StringIO(text)))[1:]]


def sections(rows: list[Row]) -> list[tuple[str, list[str], list[tuple[str, str]]]]:
    """The report for a page: each section's title, its notes, and its lines."""
    laid = []
    for title, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        notes = [value for _section, what, value in lines if not what]
        laid.append((title, notes, [(what, value) for _section, what, value in lines if what]))
    return laid


def years() -> list[int]:
    """The years of which there is something to say, newest first; this year always."""
    firsts = [
        DayCount.objects.order_by("day").values_list("day__year", flat=True).first(),
        Disclosure.objects.order_by("on").values_list("on__year", flat=True).first(),
    ]
    first_case = Case.objects.order_by("at").values_list("at", flat=True).first()
    firsts.append(day_of(first_case).year if first_case else None)
    this = timezone.localdate().year
    return list(range(this, min([this, *(year for year in firsts if year)]) - 1, -1))


def _about(year: int) -> list[Row]:
    title, today = _("About this report"), timezone.localdate()
    until = min(today, datetime.date(year, 12, 31))
    days = {"first": _day(datetime.date(year, 1, 1)), "last": _day(until)}
    return [
        (title, _("Place"), settings.PLACE_NAME),
        (title, _("Run by"), settings.PLACE_HOST),
        (title, _("Responsible"), settings.PLACE_RESPONSIBLE),
        (title, _("Time"), _("%(first)s to %(last)s") % days),
        (title, _("Made on"), _day(today)),
        (
            title,
            "",
            _(
                "Numbers from one to four are said as “fewer than five”, and larger ones are rounded to the nearest "
                "five, so that they point at nobody."
            ),
        ),
        (
            title,
            "",
            _(
                "It follows articles 15 and 24 of Regulation (EU) 2022/2065. Micro and small enterprises need not "
                "publish all of it (articles 15(2) and 19(1)). The Online Safety Act 2023 of the United Kingdom asks "
                "yearly reports of the largest services only (section 77). No lawyer has checked this report."
            ),
        ),
    ]


def _authorities(numbers: Numbers) -> list[Row]:
    title = _("Orders and questions of authorities (article 15(1)(a))")
    return [
        (title, _("In all"), said(numbers.of("authority"))),
        (title, _("Something was given"), said(numbers.of("authority", "given"))),
        (title, _("Nothing was given"), said(numbers.of("authority", "nothing"))),
    ]


def _notices(numbers: Numbers) -> list[Row]:
    title = _("What was pointed out to the moderators (article 15(1)(b))")
    rows = [(title, _("In all"), said(numbers.of("notice")))]
    for key in numbers.spread("notice"):
        label = str(REASON[key].label) if key in REASON else key
        for outcome, words in _outcomes().items():
            number = numbers.of("notice", key, outcome)
            if number:
                rows.append((title, f"{label}: {words}", said(number)))
    if numbers.of("notice_hours"):
        rows.append((title, _("Hours until a decision, for half of them"), numbers.median_hours("notice_hours")))
    return [
        *rows,
        (title, _("Decided by a machine alone"), said(0)),
        (
            title,
            "",
            _("The place does not know trusted flaggers as such. Everyone can point something out."),
        ),
    ]


def _outcomes() -> dict[str, str]:
    return {
        "rules": _("something was done, under the rules of the house"),
        "law": _("something was done, because of the law"),
        "stays": _("it stayed as it was"),
        "waits": _("it waits"),
    }


def _own_initiative(numbers: Numbers) -> list[Row]:
    title = _("What was decided without being pointed out (article 15(1)(c))")
    clauses = {clause.key: str(clause.title) for clause in clauses_in_force()}
    rows: list[Row] = []
    for source, words in (("screening", _("Found by the screening")), ("reading", _("Read as a first text"))):
        rows.append((title, _("%(found)s: texts decided on") % {"found": words}, said(numbers.of("hours", source))))
        for act in Act:
            by_clause = numbers.spread("decision", source, act)
            if act not in RESTRICTIONS and by_clause:
                rows.append((title, f"{words}: {act.label}", said(sum(by_clause.values()))))
                continue
            for key, number in by_clause.items():
                rows.append((title, f"{words}: {act.label}. {clauses.get(key, '–')}", said(number)))
        if numbers.of("hours", source):
            hours = _("%(found)s: hours until a decision, for half of them") % {"found": words}
            rows.append((title, hours, numbers.median_hours("hours", source)))
    return [*rows, (title, "", _("Every decision was made by a person. Nobody is hidden in silence."))]


def _automated(numbers: Numbers) -> list[Row]:
    title = _("The screening: use of automated means (article 15(1)(e))")
    if not has_screening(settings.LANGUAGE_CODE):
        return [(title, "", _("No text is screened: there is no screening for the language of this place."))]
    shown, kept = numbers.of("judged", "shown"), numbers.of("judged", "kept")
    return [
        (title, _("Texts screened"), said(numbers.of("screened"))),
        (title, _("Held for a person"), said(numbers.of("held"))),
        (title, _("Writers who were shown help"), said(numbers.of("helped"))),
        (title, _("Held texts that a person has judged"), said(shown + kept)),
        (title, _("Of these, shown after all: the screening was wrong, as a person judged it"), said(shown)),
        (title, _("Share of held texts that were shown after all"), share(shown, shown + kept)),
        (
            title,
            "",
            _(
                "Every text that others will read is read by a program before anyone else sees it, on the place’s own "
                "machine. It can hold a text for a person, and show its writer where help is. It decides nothing: a "
                "person does, the writer is told, and can object. How often it errs on texts of which the answer is "
                "known stands in docs/screening.md of the program. What it missed is not in these numbers, unless "
                "somebody pointed it out."
            ),
        ),
    ]


def _objections(numbers: Numbers) -> list[Row]:
    title = _("Objections (articles 15(1)(d) and 24(1))")
    hours = _("Hours until it was heard, for half of them")
    heard = [(title, hours, numbers.median_hours("appeal_hours"))] if numbers.of("appeal_hours") else []
    return [
        (title, _("In all"), said(numbers.of("appeal"))),
        (title, _("The writer was right"), said(numbers.of("appeal", "granted"))),
        (title, _("The decision stands"), said(numbers.of("appeal", "upheld"))),
        (title, _("The decision had ended by itself"), said(numbers.of("appeal", "ended"))),
        (title, _("Still to be heard"), said(numbers.of("appeal", "waits"))),
        *heard,
        (title, _("Decisions taken back, with or without an objection"), said(numbers.of("decision", "*", Act.LIFT))),
        (title, "", _("Out-of-court disputes are not known to the program; the host adds them.")),
    ]


def _people(numbers: Numbers) -> list[Row]:
    title = _("People (articles 15(1)(c) and 24)")
    rows = [(title, _("Moderators, when this report was made"), str(moderators_now()))]
    for act, words in zip(ENDINGS, (_("Pauses of posting"), _("Memberships ended")), strict=True):
        rows.append((title, words, said(numbers.of("decision", "*", act))))
    accounts = said(Member.objects.filter(is_active=True).count())
    return [
        *rows,
        (title, _("Accounts, when this report was made"), accounts),
        (
            title,
            "",
            _(
                "Visits are not counted here, so nobody can say how many people read the place in a month. How "
                "moderators are prepared and looked after is for the host to add."
            ),
        ),
    ]


def _day(day: datetime.date) -> str:
    return formats.date_format(day, "j F Y")
