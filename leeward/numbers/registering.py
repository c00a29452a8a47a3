"""What this room tells the rooms below at start-up."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.journeys.actions.following import when_told
from leeward.members import hub
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.consents import when_withdrawn
from leeward.members.models import Member, Purpose
from leeward.numbers.actions.agreeing import forget_cells, take_out_what_is_gone
from leeward.numbers.mine import account_of
from leeward.numbers.models import Counted
from leeward.numbers.months import first_day


def register_room() -> None:
    """Register all of it."""
    register(Belonging("counted", _("Being counted"), (Counted,), _export, _erase))
    when_told(take_out_what_is_gone)
    when_withdrawn(Purpose.COUNTED, forget_cells)
    when_withdrawn(Purpose.JOURNEY, forget_cells)
    hub.register(_("Being counted"), "numbers:mine", _("As what I am counted, what protects me, and how to stop."))
    hub.register(_("Numbers"), "numbers:every", _("How many people here live with what, as far as it can be said."))


def _export(member: Member) -> Iterator[Row]:
    for row in Counted.objects.filter(member=member).select_related("generation"):
        account = account_of(member)
        yield {
            "list": row.generation.name if row.generation else None,
            "counted_since": first_day(row.since).isoformat() if row.since else None,
            "not_counted_from": first_day(row.left).isoformat() if row.left else None,
            "counted_as": {one.question: one.answer for one in account.counted_as},
            "changes_that_were_counted": row.changes,
            "times_counted_again": row.returns,
            "counted_by_the_loss_told_as_number": row.loss.place if row.loss else None,
        }


def _erase(member: Member, farewell: Farewell) -> None:
    """All of it. The next numbers are counted from the rows that are there then; nothing else remembers her."""
    Counted.objects.filter(member=member).delete()
