"""The management command `suggest_notes`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from leeward.audience.publishing import changed
from leeward.audience.shared import Shared, State
from leeward.audience.things import shared_models
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.suggesting import keep_suggestions


class Command(BaseCommand):
    """Look through the texts that stand here for what is plainly inside and was not ticked."""

    help = (
        "Look through all texts that are shown for what is plainly inside and was not ticked: it is said as 'perhaps', "
        "readers are spared by it, and each author is asked. Run it once after an upgrade that reads texts anew; it "
        "can be broken off and begun again, beside the running server."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the texts of one member after the other."""
        suggested = 0
        members = Member.objects.order_by("pk")
        for member in tqdm(members.iterator(), total=members.count(), desc="members", disable=None):
            suggested += sum(_look_at(member, model) for model in shared_models())
        self.stdout.write(f"{suggested} texts have something inside that their authors are asked about anew.")


def _look_at(member: Member, model: type[Shared]) -> int:
    """Suggest what is inside what a member shows of one kind; of how many something was not known before."""
    shown = model.objects.written_by(member).exclude(state=State.DRAFT)
    return sum(_suggest(member, model, pk) for pk in list(shown.values_list("pk", flat=True)))


@transaction.atomic
def _suggest(member: Member, model: type[Shared], pk: int) -> bool:
    once_at_a_time(member)
    thing = model.objects.written_by(member).filter(pk=pk).first()
    if thing is None:  # taken back meanwhile
        return False
    before = thing.notes
    keep_suggestions(thing)
    if thing.notes == before:
        return False
    changed(thing)
    return True
