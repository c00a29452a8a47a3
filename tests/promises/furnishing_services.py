"""Services behind their doors, and a gazetteer to find them near a place."""

from __future__ import annotations

from typing import Any

from leeward.library.finding.bringing_places import bring_places
from leeward.village.directory import PLACES
from tests.library.finding.keeping import LOWLAMP, at, checked, id_of, service, term, weekly


def services() -> dict[str, dict[str, Any]]:
    """What the addresses of this part are filled in with."""
    bring_places(PLACES)
    key = service(
        "Lamp line",
        at(LOWLAMP, schedules=[weekly("MO,TU,WE,TH,FR", "09:00Z", "17:00Z")]),
        phones=[{"id": id_of("lamp phone"), "number": "+44 1632 960101", "type": "voice"}],
        attributes=[term("leeward-need", "helpline"), term("leeward-audience", "partner")],
        cost_options=[{"id": id_of("lamp cost"), "amount": 0}],
    )
    service("Old lamp", at(LOWLAMP), assured_date=checked(2_000))
    return {
        "finding:service": {"service_id": key},
        "finding:organization": {"organization_id": id_of("organization")},
        "directory:no_longer_so": {"service_id": key},
    }
