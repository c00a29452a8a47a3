"""What an editor changes at once: a form for each part of a service, with the record to which it belongs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.library.directory.desk.facts import NAMES, STATUS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = dict[str, Any]
Group = tuple[str, list[str]]
"""Fields that stand together, under a heading; "" for none."""

_LONG = ("description", "application_process", "eligibility_description", "fees_description", "alert")


class PartForm(forms.Form):
    """A part of a record.

    Args:
        said: what the record says now, as this place shows it.
    """

    holds: ClassVar[tuple[str, ...]] = ()
    """The fields of the record that it changes."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, said: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.groups: list[Group] = []
        self.build()

    def build(self) -> None:
        """Make the fields, with what they say now."""

    def values(self) -> dict[str, Any]:
        """The fields of the record, once the form is valid."""
        raise NotImplementedError

    def field_for(self, field: str) -> str | None:
        """The field of the form at which a fault in a field of the record is shown."""
        return field if field in self.fields else None

    def add_group(self, heading: str, **fields: forms.Field) -> None:
        """Add fields that stand together."""
        self.groups.append((heading, list(fields)))
        self.fields.update(fields)

    def kept_or(self, field: str, given: str) -> Any:
        """What is written; what stands there already, if only its spaces differ."""
        now = self.said.get(field)
        return now if tidy(now) == tidy(given) else tidy(given)


class WordsForm(PartForm):
    """What the service says of itself."""

    holds = (
        "name", "alternate_name", "status", "alert", "description", "application_process", "eligibility_description",
        "fees_description", "wait_time", "interpretation_services", "url", "email",
    )  # fmt: skip

    def build(self) -> None:
        """Plain texts, and whether it is offered."""
        self.add_group("", **{field: self._made(field) for field in self.holds})

    def _made(self, field: str) -> forms.Field:
        label, now = NAMES[field], tidy(self.said.get(field))
        if field == "status":
            return forms.ChoiceField(label=label, choices=list(STATUS.items()), initial=now)
        if field in _LONG:
            area = forms.Textarea(attrs={"rows": 5 if field == "description" else 3})
            return forms.CharField(label=label, required=False, max_length=20_000, initial=now, widget=area)
        return forms.CharField(label=label, required=field == "name", max_length=2_000, initial=now)

    def values(self) -> dict[str, Any]:
        """Each field."""
        return {field: self.kept_or(field, self.cleaned_data[field]) for field in self.holds}


class PlaceForm(PartForm):
    """Where it is: the name of the place, how to get there, its address."""

    holds = ("name", "transportation", "addresses", "latitude", "longitude")
    lines = ("address_1", "address_2", "city", "region", "state_province", "postal_code", "country")
    labels: ClassVar[dict[str, _StrPromise]] = {
        "address_1": _("House and street"),
        "address_2": _("Second line"),
        "city": _("Town or village"),
        "region": _("District"),
        "state_province": _("County, state or province"),
        "postal_code": _("Postcode"),
        "country": _("Country, in two letters"),
    }

    def build(self) -> None:
        """The place, then each address; one to fill in where there is none."""
        self.add_group(
            "",
            name=forms.CharField(label=_("Name of the place"), required=False, initial=tidy(self.said.get("name"))),
            transportation=forms.CharField(
                label=NAMES["transportation"],
                required=False,
                initial=tidy(self.said.get("transportation")),
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        )
        for number, row in enumerate(rows_of(self.said.get("addresses")) or [{}]):
            texts: dict[str, forms.Field] = {
                f"{number}-{line}": forms.CharField(
                    label=self.labels[line], required=False, max_length=200, initial=tidy(row.get(line))
                )
                for line in self.lines
            }
            self.add_group(str(_("Address")), **texts)
        latitude, longitude = self.said.get("latitude"), self.said.get("longitude")
        self.add_group(
            str(_("On a map")),
            latitude=forms.FloatField(
                label=_("Latitude"),
                required=False,
                initial=latitude,
                min_value=-90,
                max_value=90,
                help_text=_("If the address changes, so do these two. Empty both where you do not know."),
            ),
            longitude=forms.FloatField(
                label=_("Longitude"), required=False, initial=longitude, min_value=-180, max_value=180
            ),
        )

    def values(self) -> dict[str, Any]:
        """The place with its addresses; one whose lines are all emptied is taken out."""
        given, found = self.cleaned_data, []
        for number, row in enumerate(rows_of(self.said.get("addresses")) or [{}]):
            texts = {line: given[f"{number}-{line}"] for line in self.lines}
            if any(texts.values()):
                new = {} if row else {"id": str(uuid.uuid4()), "address_type": "physical"}
                found.append(changed_row(row, texts, new))
        return {
            "name": self.kept_or("name", given["name"]),
            "transportation": self.kept_or("transportation", given["transportation"]),
            "addresses": found,
            "latitude": given["latitude"],
            "longitude": given["longitude"],
        }

    def field_for(self, field: str) -> str | None:
        """A fault in an address is shown at its first line."""
        return "0-address_1" if field == "addresses" else super().field_for(field)


def changed_row(row: Row, texts: Mapping[str, Any], otherwise: Mapping[str, Any]) -> Row:
    """A row with what was written in it; what is not asked for stays, what was not touched stays as it came.

    Args:
        row: as it stands; empty for a new one.
        texts: what was written, by field.
        otherwise: what a new row has besides.
    """
    new = {**otherwise, **row}
    for field, value in texts.items():
        if tidy(row.get(field)) != tidy(value):
            if value in (None, ""):
                new.pop(field, None)
            else:
                new[field] = tidy(value) if isinstance(value, str) else value
    return new


def rows_of(value: Any) -> list[Row]:
    """The rows of a list; what is no row is left out."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def tidy(value: Any) -> str:
    """A text without the differences that a form makes: ends of lines, and spaces around it."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class Part:
    """A part of a service's page that is changed at once.

    Args:
        title: what it is called.
        kind: the table of the record.
        form: its form.
    """

    title: _StrPromise
    kind: str
    form: type[PartForm]
