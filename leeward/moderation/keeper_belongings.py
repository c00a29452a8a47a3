"""What is kept of those who moderate, as their desks and their notes hold it; and of whom a concern is about."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.audience.notes import notes_in
from leeward.kit.moments import to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.moderation.models import Case, Concern, ConcernAbout, Debrief, Desk, HandedOn, Opinion


def register_keepers() -> None:
    """Register desks, notes, readings and concerns with members, and their tending. Called at start-up."""
    register(Belonging("desks", _("How I work as a moderator"), (Desk, HandedOn), _export_desk, _erase_desk))
    register(Belonging("debriefs", _("My notes to myself as a moderator"), (Debrief,), _export_notes, _erase_notes))
    readings = _("What I read for another moderator")
    register(Belonging("second_readings", readings, (Opinion, Case), _export_readings, _erase_readings))
    concerns = _("Concerns that I raised or read as a moderator")
    register(Belonging("concerns", concerns, (Concern, ConcernAbout), _export_concerns, _erase_concerns))
    tending.register("debriefs", _tend_notes)
    tending.register("concerns", _tend_concerns)


def _export_desk(member: Member) -> Iterator[Row]:
    for desk in Desk.objects.filter(moderator=member):
        yield {
            "what_i_am_spared": [str(note.label) for note in notes_in(desk.avoids)],
            "losses_that_i_am_spared": desk.avoids_losses,
            "away_from": desk.away_from.isoformat() if desk.away_from else None,
            "away_until": desk.away_until.isoformat() if desk.away_until else None,
            "cases_a_day": desk.daily_cap,
        }
    for row in HandedOn.objects.filter(moderator=member).order_by("at"):
        yield {"handed_on_by_me": _when(row.at)}


def _erase_desk(member: Member, farewell: Farewell) -> None:
    Desk.objects.filter(moderator=member).delete()
    HandedOn.objects.filter(moderator=member).delete()


def _export_notes(member: Member) -> Iterator[Row]:
    for note in Debrief.objects.filter(moderator=member).order_by("at"):
        yield {"when": _when(note.at), "words": note.words}


def _erase_notes(member: Member, farewell: Farewell) -> None:
    Debrief.objects.filter(moderator=member).delete()


def _export_readings(member: Member) -> Iterator[Row]:
    """When, and not what: the words are about somebody else's case."""
    for opinion in Opinion.objects.filter(by=member).order_by("at"):
        yield {"read_by_me_for_another": _when(opinion.at)}


def _erase_readings(member: Member, farewell: Farewell) -> None:
    """What was said of a case stays with it, by nobody."""
    Opinion.objects.filter(by=member).update(by=None)
    Case.objects.filter(second_asked_by=member).update(second_asked_by=None)


def _export_concerns(member: Member) -> Iterator[Row]:
    """What she did as a moderator: when, and not what, which is about others. Whom one is about is never told."""
    for concern in Concern.objects.filter(raised_by=member).order_by("at"):
        yield {"raised_by_me": _when(concern.at)}
    for concern in Concern.objects.filter(second=member).order_by("at"):
        yield {"read_by_me_as_the_second_of_two": _when(concern.at)}


def _erase_concerns(member: Member, farewell: Farewell) -> None:
    """A concern goes with the last account that it is about; what a moderator wrote stays, by nobody."""
    about_her = list(ConcernAbout.objects.filter(member=member).values_list("concern", flat=True))
    ConcernAbout.objects.filter(member=member).delete()
    Concern.objects.filter(pk__in=about_her, about=None).delete()
    Concern.objects.filter(raised_by=member).update(raised_by=None)
    Concern.objects.filter(second=member).update(second=None)


def _tend_notes() -> int:
    return Debrief.objects.filter(at__lt=kept_since("debriefs")).delete()[0]


def _tend_concerns() -> int:
    return Concern.objects.filter(at__lt=kept_since("concerns")).delete()[0]


def _when(moment: int) -> str:
    return to_datetime(moment).isoformat()
