"""What the host and the editors do here."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from leeward.library.models import Confirmation
from leeward.library.standing import Confirmable
from leeward.members.models import Member


def refuse_all_but_editors(by: Member) -> None:
    """Ask the database: it may have been taken from her since the page was asked for.

    Raises:
        PermissionDenied: she is no editor of the library, or no longer.
    """
    now = Member.objects.filter(pk=by.pk).first()
    if now is None or not now.may_edit:
        raise PermissionDenied("Only editors of the library do this.")


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
