"""What the editors' desk of services has to show: something told, something changed that differs, a link that fails."""

from __future__ import annotations

from typing import Any

from leeward.kit.moments import DAY, now_us
from leeward.library.directory import changes
from leeward.library.directory.desk.editing import At, change, print_of
from leeward.library.directory.desk.models import Link, LinkUse
from leeward.library.directory.desk.own import Beginning, begin
from leeward.library.directory.desk.told import tell
from leeward.library.directory.models import Service, ServiceAtLocation
from leeward.members.models import Member
from tests.promises.furnishing_services import services


def services_and_desk(host: Member) -> dict[str, dict[str, Any]]:
    """Services, and what the addresses of their desk are filled in with."""
    found = services()
    service_id = found["finding:service"]["service_id"]
    service = Service.objects.get(pk=service_id)
    change(At(service, "service", service_id), {"wait_time": "a week"}, seen={"wait_time": print_of(None)}, by=host)
    service.refresh_from_db()
    service.data = {**service.data, "wait_time": "a year", "url": "https://lamp.example/"}
    service.save()
    changes.tell([service_id])
    tell(service, what="number", words="It rings, and nobody is there.", by=None)
    times = {"asked_at": now_us(), "ask_again_at": now_us() + DAY, "first_failed_at": now_us() - 6 * DAY}
    link = Link.objects.create(
        address="https://lamp.example/", digest="lamp", failures=3, reason="It answered 404.", **times
    )
    LinkUse.objects.create(link=link, service=service)
    its = {"service_id": service_id}
    place = ServiceAtLocation.objects.filter(service_id=service_id).values_list("location_id", flat=True)[0]
    ours = begin(Beginning("Lamp walk", "A walk by the sea.", "Lamp friends", "Neighbours."), by=host)
    return {
        **found,
        "hsds:api": {"rest": "services"},
        "directory:add_place": {"service_id": ours.pk},
        "directory:show_or_not": {"service_id": ours.pk},
        "directory:desk_service": its,
        "directory:desk_field": its,
        "directory:settle": its,
        "directory:edit": {**its, "part": "words"},
        "directory:edit_at": {**its, "part": "place", "record": place},
    }
