"""What is kept of a member where drafts are read by one person first, how it is given to her, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.audience.known import Known
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.moderation.actions import stop_waiting
from leeward.stories.models import FirstReading, Remark
from leeward.stories.together.ending import forget_author, forget_reader
from leeward.stories.together.questions import asked_of


def register_belongings() -> None:
    """Register first readings and what is written about them. They go before the stories. Called at start-up."""
    readings, remarks = _("What one person read first"), _("What I wrote about what was read first")
    register(Belonging("first_readings", readings, (FirstReading,), _export_readings, _erase_readings))
    register(Belonging("remarks", remarks, (Remark,), _export_remarks, _erase_remarks))


def _export_readings(member: Member) -> Iterator[Row]:
    """What she handed over and to whom; and who asks her now. Others' words are theirs."""
    known = Known(member)
    hers = FirstReading.objects.written_by(member).select_related("reader", "story", "chapter").order_by("pk")
    for reading in hers:
        yield {
            "of": reading.part.title_words(),
            "i_handed_it_to": known.name_of(reading.reader) or None,
            "title": reading.title,
            "text": reading.text,
            **reading.notes_in_words,
            "handed_over": written_out(reading.at),
            "until": written_out(reading.until),
            "i_asked_to_tell_it_together": written_out(reading.asked_jointly_at),
            "ended": written_out(reading.ended_at),
        }
    for reading in asked_of(member, Viewer.member(member)).select_related("author").order_by("pk"):
        yield {
            "who_asks_me": known.name_of(reading.author) or None,
            "since": written_out(reading.at),
            "to_tell_it_together_since": written_out(reading.asked_jointly_at),
        }


def _export_remarks(member: Member) -> Iterator[Row]:
    for remark in Remark.objects.written_by(member).order_by("pk"):
        yield {
            "text": remark.text,
            "state": str(State(remark.state).label),
            "written": written_out(remark.at),
            **remark.notes_in_words,
        }


def _erase_readings(member: Member, farewell: Farewell) -> None:
    """Drafts are nobody's but hers: with either farewell they go. What she was handed ends."""
    forget_author(member)
    forget_reader(member)


def _erase_remarks(member: Member, farewell: Farewell) -> None:
    """Letters: left behind, those to others stay with whom they were written to, without a name."""
    hers = Remark.objects.written_by(member)
    if farewell is Farewell.LEAVE_WORDS:
        hers.exclude(reading__author=member).filter(state=State.LIVE).update(author=None)
    for remark in Remark.objects.written_by(member):
        stop_waiting(remark)
        remark.delete()
