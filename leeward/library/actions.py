"""What the host does here."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from leeward.library.models import Confirmation
from leeward.library.standing import Confirmable
from leeward.members.models import Member


def confirm(things: Iterable[Confirmable], *, by: Member, name: str, editors: bool = False) -> int:
    """Record that a named person of the host checked these, exactly as they stand.

    Args:
        things: the lines (or the urgent signs) that were checked.
        by: the account that does it; must be a host's.
        name: the person's own name, which pages will show.
        editors: whether editors of the library may as well; of services they may, of nothing else.

    Returns:
        How many were confirmed.

    Raises:
        PermissionDenied: the account is not a host's (nor an editor's, where they may).
        ValueError: no name was given.
    """
    if not (by.is_host or (editors and by.may_edit)):
        raise PermissionDenied("Only the host confirms lines; services also editors.")
    if not name.strip():
        raise ValueError("A confirmation needs the name of a person.")
    rows = [Confirmation(line_key=thing.key, fingerprint=thing.fingerprint, by=name.strip()) for thing in things]
    return len(Confirmation.objects.bulk_create(rows))
