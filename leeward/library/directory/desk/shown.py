"""What a service's page at the desk shows: what was changed here, and what can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from leeward.library.directory.desk.differences import Edited, edited_fields
from leeward.library.directory.desk.editing import print_of_edit
from leeward.library.directory.desk.facts import Around
from leeward.library.directory.desk.parts import PARTS
from leeward.library.directory.models import Record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class ChangedHere:
    """A field of a record that was changed here.

    Args:
        kind: the table of the record.
        record: the record.
        edited: the field, with what stands here, what the directory said then, and what it says now.
        seen: `print_of_edit`.
    """

    kind: str
    record: Record
    edited: Edited
    seen: str


def changed_here(one: Around) -> list[ChangedHere]:
    """What was changed here of a service and of what stands around it; what needs a look first."""
    found = [
        ChangedHere(kind, record, edited, print_of_edit(record, edited.field))
        for kind, record in one.records
        for edited in edited_fields(record)
    ]
    return sorted(found, key=lambda changed: not changed.edited.differs)


def ways_to_change(one: Around) -> Iterator[tuple[_StrPromise, str, str]]:
    """The parts that can be changed: what each is called, where it is, and its address."""
    for key, part in PARTS.items():
        if part.kind == "service":
            yield part.title, "", reverse("directory:edit", args=[one.service.id, key])
    for at, place in one.places:
        where = str(place.overlaid.get("name") or "") if place is not None else ""
        for key, part in PARTS.items():
            held = {"service_at_location": at, "location": place}.get(part.kind)
            if held is not None:
                yield part.title, where, reverse("directory:edit_at", args=[one.service.id, key, held.pk])
