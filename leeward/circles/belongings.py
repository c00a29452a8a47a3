"""What this room keeps of a member, how it is given to her, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from leeward.audience.known import Known
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.circles.actions.being_found import erase_presence
from leeward.circles.actions.ending import unshow
from leeward.circles.lights import in_words
from leeward.circles.models import FoundBy, Light, LightCall, Line, Meeting, Presence
from leeward.circles.shown import facts_of
from leeward.journeys.shown import pairs_in_words
from leeward.kit.moments import now_us, written_out
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member


def register_belongings() -> None:
    """Register presence, meetings, lines and lights with members. Called at start-up."""
    register(Belonging("presence", _("As what people find me"), (Presence,), _export_presence, _erase_presence))
    register(Belonging("meetings", _("Notes and meetings"), (Meeting,), _export_meetings, _erase_meetings))
    register(Belonging("lines", _("What I wrote to people I met"), (Line,), _export_lines, _erase_lines))
    register(Belonging("lights", _("Lights that I left on"), (Light,), _export_lights, _erase_lights))
    register(Belonging("light_calls", _("What lights asked me"), (LightCall,), _export_calls, _erase_calls))


def _export_presence(member: Member) -> Iterator[Row]:
    for presence in Presence.objects.written_by(member):
        yield {
            "text": presence.text,
            "found_by": str(FoundBy(presence.found_by).label),
            "shown_facts": pairs_in_words(facts_of([presence])[presence.pk]),
            **presence.notes_in_words,
            "state": str(State(presence.state).label),
            "shown_from": written_out(presence.shown_from),
        }


def _export_meetings(member: Member) -> Iterator[Row]:
    """Her own notes, and with whom she met. What others wrote to her is theirs."""
    known = Known(member)
    for meeting in Meeting.objects.written_by(member).select_related("asked").order_by("pk"):
        yield {
            "i_wrote_to": known.name_of(meeting.asked) or None,
            "text": meeting.text,
            "answered": written_out(meeting.answered_at),
            "ended": written_out(meeting.ended_at),
            "i_have_read_until": written_out(meeting.author_read_at),
        }
    received = everything(Meeting, reason="a member takes home with whom she met").filter(asked=member)
    answered = received.exclude(answered_at=None, declined_at=None).select_related("author").order_by("pk")
    for meeting in answered:
        yield {
            "who_wrote_to_me": known.name_of(meeting.author) or None,
            "i_answered": written_out(meeting.answered_at),
            "i_left_it_unanswered": written_out(meeting.declined_at),
            "ended": written_out(meeting.ended_at),
            "i_have_read_until": written_out(meeting.asked_read_at),
        }


def _export_lines(member: Member) -> Iterator[Row]:
    for line in Line.objects.written_by(member).order_by("pk"):
        yield {
            "text": line.text,
            "state": str(State(line.state).label),
            "written": written_out(line.at),
            **line.notes_in_words,
        }


def _export_lights(member: Member) -> Iterator[Row]:
    """What a light found, she is told when the other has agreed; here it is not told before."""
    for lit in Light.objects.filter(member=member).order_by("pk"):
        yield {"for_whom": in_words(lit), "lit": written_out(lit.lit_at)}


def _export_calls(member: Member) -> Iterator[Row]:
    for call in LightCall.objects.filter(newcomer=member).order_by("pk"):
        yield {"asked": written_out(call.asked_at), "i_said_yes": call.agreed}


def _erase_presence(member: Member, farewell: Farewell) -> None:
    # It says where she is now, under her name: it goes with either farewell.
    erase_presence(member)


def _erase_meetings(member: Member, farewell: Farewell) -> None:
    """An unanswered note goes. Of a meeting the other keeps her own words; with LEAVE_WORDS also what she got."""
    hers = everything(Meeting, reason="a member leaves with her notes").filter(author=member)
    unanswered = list(hers.filter(answered_at=None).values_list("pk", flat=True))
    unshow(unanswered)
    everything(Line, reason="an answer that was never shown goes with the note").filter(meeting__in=unanswered).delete()
    hers.filter(pk__in=unanswered).delete()
    if farewell is Farewell.TAKE_ALL:
        hers.update(text="", notes=0, perhaps=0)
    hers.filter(ended_at=None).update(ended_at=now_us())
    hers.update(author=None, author_read_at=0)
    received = everything(Meeting, reason="a member leaves, and what was written to her").filter(asked=member)
    received.exclude(answered_at=None).filter(ended_at=None).update(ended_at=now_us())
    received.update(asked=None, asked_read_at=0, declined_at=None)
    _forget_empty()


def _forget_empty() -> None:
    """A meeting of which both have left is nobody's."""
    nobodys = everything(Meeting, reason="both of a meeting have left").filter(author=None, asked=None)
    ids = list(nobodys.values_list("pk", flat=True))
    unshow(ids)
    everything(Line, reason="both of a meeting have left").filter(meeting__in=ids).delete()
    nobodys.filter(pk__in=ids).delete()


def _erase_lines(member: Member, farewell: Farewell) -> None:
    """Lines are letters: left behind, they stay with whom they were written to, without a name."""
    hers = everything(Line, reason="a member leaves with her lines").filter(author=member)
    if farewell is Farewell.LEAVE_WORDS:
        answered = everything(Meeting, reason="lines of meetings stay").filter(pk=OuterRef("meeting"))
        hers.filter(Exists(answered.exclude(answered_at=None)), state=State.LIVE).update(author=None)
    everything(Line, reason="a member takes her lines").filter(author=member).delete()


def _erase_lights(member: Member, farewell: Farewell) -> None:
    Light.objects.filter(member=member).delete()


def _erase_calls(member: Member, farewell: Farewell) -> None:
    LightCall.objects.filter(newcomer=member).delete()
