"""Services of the place's own: made, given a place, taken out of sight and brought back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.library.actions import refuse_all_but_editors
from leeward.library.directory import changes
from leeward.library.directory.checking import digest_of, faults_of
from leeward.library.directory.columns import columns_of
from leeward.library.directory.desk.editing import OWN, ChangedMeanwhile, Unsound
from leeward.library.directory.desk.models import Did, Step
from leeward.library.directory.models import Location, Organization, Record, Service, ServiceAtLocation, Source
from leeward.members.models import Member

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Beginning:
    """What a service has to begin with; the rest is written on its page.

    Args:
        name: of the service.
        description: what it is.
        organization: the name of who gives it.
        about: what they are, in a sentence.
    """

    name: str
    description: str
    organization: str
    about: str


def begin(said: Beginning, *, by: Member, sent: uuid.UUID | None = None) -> Service:
    """Make a service of the place's own; sent twice, it is one.

    Args:
        said: what it has to begin with.
        by: the editor.
        sent: what tells this sending from every other.

    Raises:
        PermissionDenied: she is no editor.
        Unsound: it would not be sound.
    """
    with transaction.atomic():
        refuse_all_but_editors(by)
        own = Source.objects.get_or_create(key=OWN, defaults={"name": _("This place itself")})[0]
        source = Source.objects.select_for_update().get(pk=own.pk)  # one after the other
        if there := Service.objects.filter(pk=sent, data__name=said.name).first():
            return there
        owner = Organization.objects.filter(source=source, retired_at=None, data__name=said.organization).first()
        if owner is None:
            owner = _made(source, "organization", Organization, name=said.organization, description=said.about)
        words = {"name": said.name, "description": said.description, "status": "active", "organization": owner.pk}
        service = _made(source, "service", Service, sent, **words)
        Step.objects.create(service=service, did=Did.MADE, by=by)
        changes.tell([service.pk])
        return service


def add_place(service: Service, name: str, *, by: Member, sent: uuid.UUID | None = None) -> Location:
    """Say that a service of the place's own is given at one more place. Arguments and errors as `begin`."""
    with transaction.atomic():
        refuse_all_but_editors(by)
        source = Source.objects.select_for_update().get(pk=service.source_id)  # one after the other
        if there := Location.objects.filter(pk=sent, data__name=name).first():
            return there
        place = _made(source, "location", Location, sent, name=name, location_type="physical")
        _made(source, "service_at_location", ServiceAtLocation, service=service.pk, location=place.pk)
        its = {"kind": "location", "record_id": place.pk, "field": "name", "after": name}
        Step.objects.create(service=service, did=Did.CHANGED, by=by, **its)
        changes.tell([service.pk])
        return place


def show_or_not(service: Service, *, shown: bool, why: str, by: Member) -> None:
    """Take a service of the place's own out of sight, or bring it back; with the reason. It is kept.

    Raises:
        PermissionDenied: she is no editor.
        ChangedMeanwhile: it is so already: another editor was there before.
    """
    with transaction.atomic():
        refuse_all_but_editors(by)
        now = timezone.now()
        hers = Service.objects.filter(pk=service.pk, source__key=OWN, retired_at__isnull=not shown)
        if not hers.update(retired_at=None if shown else now, changed_at=now):
            raise ChangedMeanwhile({})
        did = Did.BROUGHT_BACK if shown else Did.RETIRED
        Step.objects.create(service=service, did=did, words=why.strip()[:500], by=by)
        changes.tell([service.pk])


def _made(source: Source, kind: str, model: type[R], sent: uuid.UUID | None = None, **said: Any) -> R:
    is_taken = model._default_manager.filter(pk=sent).exists()  # gone back to, with other words
    data = {"id": str(uuid.uuid4() if is_taken or sent is None else sent), **said}
    if flaws := faults_of(kind, data):
        raise Unsound(flaws)
    columns = columns_of(kind, data)
    return model._default_manager.create(id=data["id"], source=source, data=data, digest=digest_of(data), **columns)
