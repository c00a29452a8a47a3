"""What a text plainly has inside that its author did not tick: said as "perhaps" until she answers, and asked of her.

Readers are spared by it from the first moment: who asked not to meet something is not met by it because a box was
forgotten. Nothing is decided by it: one tap of hers makes it hers, or takes it away for good.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from leeward.audience.notes import NOTE, mask_of
from leeward.audience.publishing import changed
from leeward.audience.shared import Shared
from leeward.language.inside import inside
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time


def keep_suggestions(thing: Shared) -> None:
    """Suggest what the text has inside now, and let go what it no longer has. The thing is saved.

    What its author ticked stays as it is, and what she denied is not suggested again.
    """
    before = (thing.notes, thing.perhaps)
    suggest(thing)
    if (thing.notes, thing.perhaps) != before:
        thing.save(update_fields=["notes", "perhaps"])


def suggest(thing: Shared) -> None:
    """The same of a thing that the caller saves."""
    said = thing.notes & ~thing.perhaps
    thing.perhaps = _found_in(thing) & ~said & ~thing.not_inside
    thing.notes = said | thing.perhaps


def say_notes(thing: Shared, notes: int) -> None:
    """Take what an author ticked for what she says is inside; what her text suggests besides is asked of her.

    The thing is not saved: `notes`, `perhaps` and `not_inside` may have changed.

    Args:
        thing: with the text that it will have.
        notes: bit mask of all that she ticked.
    """
    thing.not_inside &= ~notes
    thing.perhaps = _found_in(thing) & ~notes & ~thing.not_inside
    thing.notes = notes | thing.perhaps


def answer_suggestion(thing: Shared, *, by: Member, note: str, is_inside: bool) -> None:
    """Say whether something that her text suggests is inside. Answered already, or not asked, it changes nothing.

    Args:
        thing: her own.
        by: its author.
        note: the key of a content note.
        is_inside: whether it is said above the text from now on; else it is taken away, and not suggested again.

    Raises:
        PermissionError: somebody else's.
        KeyError: there is no such note.
    """
    if thing.author_id != by.pk:
        raise PermissionError("Only its author says what is inside.")
    bit = NOTE[note].bit
    with transaction.atomic():
        once_at_a_time(by)
        there = type(thing).objects.written_by(by).select_for_update(of=("self",)).filter(pk=thing.pk).first()
        if there is None or not there.perhaps & bit:
            return
        there.perhaps &= ~bit
        if not is_inside:
            there.notes &= ~bit
            there.not_inside |= bit
        there.save(update_fields=["notes", "perhaps", "not_inside"])
        changed(there)


def _found_in(thing: Shared) -> int:
    """What its words have inside, as bits; nothing where the place's language has no rules for it."""
    try:
        return mask_of({found.note for found in inside(thing.full_text(), settings.LANGUAGE_CODE)})
    except LookupError:
        return 0
