"""What a member decides of being counted: that she is, by which loss, and that she is no more."""

from __future__ import annotations

from django.db import transaction

from leeward.journeys.models import Loss
from leeward.members.consents import give, withdraw
from leeward.members.models import Member, Purpose
from leeward.members.turns import once_at_a_time
from leeward.numbers.actions.settling import hold_agreements, let_go
from leeward.numbers.journeys_read import Told
from leeward.numbers.models import Counted
from leeward.numbers.months import this_month


class AlreadyCounted(ValueError):
    """She is counted by a loss already: another would be several changes at once."""


def be_counted(member: Member) -> None:
    """Agree to be counted, from the next month on at the earliest."""
    give(member, Purpose.COUNTED)


def stop_being_counted(member: Member) -> None:
    """Take the agreement back: out of the next month's numbers, and what she was counted as is erased now."""
    withdraw(member, Purpose.COUNTED)


def forget_cells(member: Member) -> None:
    """Erase as what a member is counted. Called when she takes back that she is counted, or that her journey is kept.

    The numbers of this month are out; she is missing from the next. That she was counted, in which list, and how often
    she has changed it stays until she leaves: without it nobody could keep to the caps.
    """
    Counted.objects.filter(member=member).exclude(cells=b"").update(cells=b"", left=this_month() + 1, loss=None)
    Counted.objects.filter(member=member, generation=None).delete()


def take_out_what_is_gone(member: Member) -> None:
    """Erase of a member's cells what she has just taken back. Called in the transaction in which her facts change.

    Where nothing is left to count her by, her agreement ends with it: whether she returns, which she can once, is hers
    to say.
    """
    if not Counted.objects.filter(member=member).exclude(cells=b"").exists():
        return
    hold_agreements([member.pk])
    row = Counted.objects.select_for_update(of=("self",)).select_related("generation").get(member=member)
    if not row.is_counted:
        return
    if let_go(row, Told([member.pk])):
        row.save(update_fields=["cells", "changes"])
    else:
        stop_being_counted(member)


def choose_loss(member: Member, loss: Loss) -> None:
    """Choose by which loss she is counted, before she is.

    Raises:
        PermissionError: somebody else's loss.
        AlreadyCounted: she is counted now.
    """
    if loss.member_id != member.pk:
        raise PermissionError("Only who told of a loss is counted by it.")
    with transaction.atomic():
        once_at_a_time(member)
        row, _made = Counted.objects.select_for_update().get_or_create(member=member)
        if row.is_counted:
            raise AlreadyCounted
        row.loss = loss
        row.save(update_fields=["loss"])  # never the rest: which list she is in is hers for life
