"""What may be asked of the API: the parameters of HSDS, read strictly, so that a slip is said and never passed over."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from django.utils.dateparse import parse_date, parse_datetime
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

MOST_A_PAGE = 100
MOST_MINIMAL = 5_000
"""Records of a page; of those with `minimal`, which the standard wants in few pages."""
A_PAGE = 50
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 300
MOST_METRES = 200_000
METRES = 25_000
"""How far from a postcode where no distance is asked for."""
_ID = r"^[^\x00]{1,120}$"


def _whole(value: Any) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", str(value)):
        raise ValueError("It is no whole number of at most nine figures.")
    return int(value)


def _yes_or_no(value: Any) -> bool:
    if str(value).lower() not in {"true", "false"}:
        raise ValueError("It is neither true nor false.")
    return str(value).lower() == "true"


def _moment(value: Any) -> datetime.datetime:
    """A date, with a time or without; without a zone it is UTC. A plus that became a space on its way is mended."""
    text = str(value).strip().upper()
    text = re.sub(r" (?=\d\d:?\d\d$)", "+", text) if "T" in text else text
    try:
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)):
            found = datetime.datetime.combine(day, datetime.time.min)
        if found is not None:
            return found.astimezone(datetime.UTC) if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("It is no date, as 2026-11-21 is one, and no date with a time, as 2026-11-21T09:30:00Z is one.")


Whole = Annotated[int, BeforeValidator(_whole)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Moment = Annotated[
    datetime.datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]


class Paged(Schema):
    """What every list takes."""

    page: Whole = Field(1, ge=1, le=LAST_PAGE, description="Page number, from 1 on.")
    per_page: Whole = Field(A_PAGE, ge=1, le=MOST_A_PAGE, description="Records of a page.")
    format: Literal["json"] = Field(
        "json", description="JSON alone. The whole directory in one piece is at /export.json and /datapackage.zip."
    )


class Searched(Paged):
    """A list that can be searched by words."""

    search: str = Field(
        "", max_length=LONGEST_SEARCH, pattern=r"^[^\x00]*$", description="Words, all of which must be said."
    )


class Nested(Searched):
    """A list whose records can be had whole."""

    full: YesOrNo = Field(False, description="Whether each record comes with all that belongs to it.")


class Filtered(Nested):
    """Services and where they are given."""

    taxonomy_term_id: str | None = Field(None, pattern=_ID, description="Services that carry this term.")
    taxonomy_id: str | None = Field(None, pattern=_ID, description="Services that carry any term of this taxonomy.")
    organization_id: str | None = Field(None, pattern=_ID, description="Services that this organization provides.")
    modified_after: Moment | None = Field(
        None,
        description="What changed here at this moment or later, or shows something that did: by an import or by hand.",
    )


class Services(Filtered):
    """The list of services."""

    per_page: Whole = Field(
        A_PAGE,
        ge=1,
        le=MOST_MINIMAL,
        description=f"Records of a page: {MOST_A_PAGE} at most; with minimal {MOST_MINIMAL}, also if nothing is said.",
    )
    minimal: YesOrNo = Field(False, description="Whether each says no more than its id, name and when it was modified.")


class Organizations(Nested):
    """The list of organizations."""

    full_service: YesOrNo = Field(False, description="Whether each comes whole, and its services whole within it.")


class Organization(Schema):
    """One organization."""

    full_service: YesOrNo = Field(False, description="Whether its services stand whole within it.")


class Places(Filtered):
    """The list of where services are given."""

    postcode: str | None = Field(
        None,
        pattern=r"^[^\x00]{2,40}$",
        description=f"Around this postcode: {METRES} metres, if proximity says nothing else.",
    )
    proximity: Whole | None = Field(
        None, ge=0, le=MOST_METRES, description="Metres from the middle of the postcode; only with postcode."
    )


class Terms(Searched):
    """The list of terms."""

    taxonomy_id: str | None = Field(None, pattern=_ID, description="Terms of this taxonomy.")
    top_only: YesOrNo = Field(False, description="Only terms that stand below no other.")
    parent_id: str | None = Field(None, pattern=_ID, description="Terms that stand directly below this one.")
