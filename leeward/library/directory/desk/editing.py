"""Changing what a record says here, over what its directory says; and taking that back, field by field.

A change is kept as `record.edits`: the field with what stands here, and with what the directory said then. Records of
the place's own are changed in themselves. Nothing is overwritten in silence: a page knows each field as it stood when
it was opened, and a field that somebody else changed meanwhile is shown before it is changed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from leeward.library.actions import refuse_all_but_editors
from leeward.library.directory import changes
from leeward.library.directory.checking import Flaw, digest_of, faults_of
from leeward.library.directory.columns import columns_of
from leeward.library.directory.desk.models import Did, Step
from leeward.library.directory.models import CORE, Record, Service
from leeward.library.directory.showing import Shown
from leeward.members.models import Member

OWN = "own"
"""The key of the source whose records the place itself keeps."""


@dataclass(frozen=True)
class At:
    """What is changed, and on whose page.

    Args:
        service: on whose page it is done.
        kind: the table of the record: the service itself, where it is given, a place.
        key: its id.
    """

    service: Service
    kind: str
    key: str


class ChangedMeanwhile(Exception):
    """Somebody else changed these fields since the page was opened. `now` is how each stands."""

    def __init__(self, now: dict[str, Any]) -> None:
        super().__init__(f"Changed meanwhile: {', '.join(now)}.")
        self.now = now


class Unsound(ValueError):
    """What was written would not be sound HSDS; `flaws` say where and why."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.path}: {flaw.reason}" for flaw in flaws))
        self.flaws = flaws


def print_of(value: Any) -> str:
    """A short name of a value as it stands, by which a page knows it again; the same for all that is empty."""
    text = "" if is_empty(value) else json.dumps(value, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def is_empty(value: Any) -> bool:
    """Whether there is nothing in it."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def change(at: At, values: Mapping[str, Any], *, seen: Mapping[str, str], by: Member) -> list[str]:
    """Write fields of a service, or of a record that it shows.

    Args:
        at: which record.
        values: field -> what it shall say; None or "" for nothing.
        seen: field -> `print_of` what it said when the page was opened.
        by: the editor.

    Returns:
        The fields that were changed.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: somebody else changed what she changed.
        Unsound: it would not be sound.
    """
    with transaction.atomic():
        record = _held(at, by)
        now = record.overlaid
        hers = {
            field: value
            for field, value in values.items()
            if not _same(value, now.get(field)) and print_of(value) != seen.get(field)
        }
        others = {field: now.get(field) for field in hers if print_of(now.get(field)) != seen.get(field)}
        if others:
            raise ChangedMeanwhile(others)
        _refuse_unsound(at.kind, now, hers)
        for field, value in hers.items():
            _say(at, by, field, Did.CHANGED, now.get(field), value)
            _put(record, field, value)
        if hers:
            _keep(record, at.kind)
        return list(hers)


def take_back(at: At, field: str, *, seen: str, by: Member) -> None:
    """Show again what the directory says.

    Args:
        at: which record.
        field: which was changed here.
        seen: `print_of_edit`, as the page showed it.
        by: the editor.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is no longer as the page showed it.
    """
    with transaction.atomic():
        record = _held(at, by)
        edit = _edit_as_seen(record, field, seen)
        del record.edits[field]
        _say(at, by, field, Did.TOOK_BACK, edit.get("is"), record.data.get(field))
        _keep(record, at.kind)


def keep_ours(at: At, field: str, *, seen: str, by: Member) -> None:
    """Let what was changed here stand, knowing what the directory says now. Arguments and errors as `take_back`."""
    with transaction.atomic():
        record = _held(at, by)
        edit = _edit_as_seen(record, field, seen)
        now = record.data.get(field)
        _say(at, by, field, Did.KEPT, edit.get("was"), now)
        record.edits[field] = {**edit, "was": now}
        _keep(record, at.kind)


def print_of_edit(record: Record, field: str) -> str:
    """A short name of what stands here and what the directory says, for a page to know."""
    return print_of([record.edits.get(field), record.data.get(field)])


def tell_of(kind: str, keys: Collection[str]) -> None:
    """Tell whoever follows the services that show these records."""
    changes.tell(Shown().by({kind: set(keys)}))


def _held(at: At, by: Member) -> Record:
    refuse_all_but_editors(by)
    held = CORE[at.kind]._default_manager.select_for_update(of=("self",))
    return held.select_related("source").get(pk=at.key)


def _edit_as_seen(record: Record, field: str, seen: str) -> dict[str, Any]:
    if field not in record.edits or print_of_edit(record, field) != seen:
        raise ChangedMeanwhile({field: record.overlaid.get(field)})
    edit: dict[str, Any] = record.edits[field]
    return edit


def _put(record: Record, field: str, value: Any) -> None:
    if record.source.key == OWN:
        rest = {name: one for name, one in record.data.items() if name != field}
        record.data = rest if is_empty(value) else {**rest, field: value}
    elif _same(value, record.data.get(field)):
        record.edits.pop(field, None)
    else:
        was = record.edits[field]["was"] if field in record.edits else record.data.get(field)
        record.edits[field] = {"is": value, "was": was}


def _keep(record: Record, kind: str) -> None:
    record.changed_at = timezone.now()
    record.digest = digest_of(record.data)
    columns = columns_of(kind, record.overlaid)
    for column, value in columns.items():
        setattr(record, column, value)
    record.save(update_fields=["data", "digest", "edits", "changed_at", *columns])
    tell_of(kind, [record.pk])


def _refuse_unsound(kind: str, now: Mapping[str, Any], hers: Mapping[str, Any]) -> None:
    """Refuse what is broken in what she wrote; what was broken before, elsewhere, is no fault of hers."""
    before = set(faults_of(kind, now))
    flaws = [flaw for flaw in faults_of(kind, {**now, **hers}) if flaw not in before and field_of(flaw) in hers]
    if flaws:
        raise Unsound(flaws)


def field_of(flaw: Flaw) -> str:
    """The field of the record in which a flaw is."""
    return flaw.path.partition(".")[0].partition("[")[0]


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or (is_empty(one) and is_empty(other))


def _say(at: At, by: Member, field: str, did: Did, before: Any, after: Any) -> None:
    of = {"service": at.service, "kind": at.kind, "record_id": at.key, "field": field}
    Step.objects.create(**of, did=did, before=before, after=after, by=by)


def seen_in(text: str) -> dict[str, str]:
    """What a page says that it knew: the inverse of `as_seen`."""
    pairs = (pair.partition(":") for pair in text[:5_000].split(",") if pair)
    return {field: digest for field, _colon, digest in pairs}


def as_seen(record: Record, fields: Iterable[str]) -> str:
    """How fields of a record stand, for a page to send back."""
    data = record.overlaid
    return ",".join(f"{field}:{print_of(data.get(field))}" for field in fields)
