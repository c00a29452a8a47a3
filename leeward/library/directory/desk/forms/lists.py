"""Telephones and hours: lists of rows, each changed, emptied or added to."""

from __future__ import annotations

import datetime
import uuid
from itertools import takewhile
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.library.directory.desk.facts import said
from leeward.library.directory.desk.forms.parts import PartForm, Row, changed_row, rows_of, tidy
from leeward.library.directory.models import LONGEST_ID
from leeward.library.hours import Schedule, readable
from leeward.library.hours.reading import DAYS

NEW_ROWS = 2
"""So many empty rows stand below those that there are."""
MOST_ROWS = 200
"""So many are read of what is sent."""


class ListForm(PartForm):
    """Rows of a list, each known by its id: of two editors none writes into another row than she saw.

    A new row has its id from the page: sent twice, it is still one.
    """

    def build(self) -> None:
        """The rows that there are, then empty ones."""
        self.rows: dict[int, Row] = {}
        there = {
            str(row.get("id") or f"row {nth}"): row for nth, row in enumerate(rows_of(self.said.get(self.holds[0])))
        }
        keys = self._keys_sent() if self.is_bound else [*there, *(str(uuid.uuid4()) for _new in range(NEW_ROWS))]
        for number, key in enumerate(keys):
            self.rows[number] = there.get(key, {})
            self.add_group(self.heading(number), **{f"{number}-{name}": one for name, one in self.row(number).items()})
            self.fields[f"{number}-id"] = forms.CharField(widget=forms.HiddenInput, initial=key, max_length=LONGEST_ID)

    def _keys_sent(self) -> list[str]:
        sent = (self.data.get(f"{number}-id") for number in range(MOST_ROWS))
        return [key for key in takewhile(bool, sent) if key]

    def begun(self, number: int) -> Row:
        """What a row has before anything is written in it: a new one its id."""
        return {} if self.rows[number] else {"id": self.given(number, "id")}

    def heading(self, number: int) -> str:
        """What stands above a row."""
        return str(_("One more")) if not self.rows[number] else str(number + 1)

    def row(self, number: int) -> dict[str, forms.Field]:
        """The fields of a row."""
        raise NotImplementedError

    def given(self, number: int, name: str) -> Any:
        """What was written in a field of a row."""
        return self.cleaned_data[f"{number}-{name}"]

    def field_for(self, field: str) -> str | None:
        """A fault in the list is shown at its first row."""
        return self.groups[0][1][0] if field in self.holds else None


class PhonesForm(ListForm):
    """Telephone numbers."""

    holds = ("phones",)

    def row(self, number: int) -> dict[str, forms.Field]:
        """The number, an extension, and what it is for."""
        now = self.rows[number]
        extension = now.get("extension")
        return {
            "number": forms.CharField(
                label=gettext_lazy("Number"),
                required=False,
                max_length=60,
                initial=tidy(now.get("number")),
                help_text=gettext_lazy("Emptied, it is taken out.") if now else "",
            ),
            "extension": forms.IntegerField(
                label=gettext_lazy("Extension"),
                required=False,
                min_value=0,
                initial=extension if isinstance(extension, int) else None,
            ),
            "description": forms.CharField(
                label=gettext_lazy("What it is for"),
                required=False,
                max_length=500,
                initial=tidy(now.get("description")),
            ),
        }

    def values(self) -> dict[str, Any]:
        """The list anew."""
        found = []
        for number, row in self.rows.items():
            if self.given(number, "number"):
                texts = {name: self.given(number, name) for name in ("number", "extension", "description")}
                found.append(changed_row(row, texts, self.begun(number)))
        return {"phones": found}


class HoursForm(ListForm):
    """Hours: weekly ones with days and times, all others in words."""

    holds = ("schedules",)

    def heading(self, number: int) -> str:
        """The row as a clock understands it, if it does."""
        return said("schedules", [self.rows[number]]) or super().heading(number)

    def row(self, number: int) -> dict[str, forms.Field]:
        """Days and times, where the row has such or is new; and words."""
        now, weekly = self.rows[number], _weekly(self.rows[number])
        fields: dict[str, forms.Field] = {}
        if weekly or not now:
            fields = {
                "days": forms.MultipleChoiceField(
                    label=gettext_lazy("Days"),
                    choices=[(day, WEEKDAYS[nth]) for nth, day in enumerate(DAYS)],
                    required=False,
                    initial=_days(weekly),
                    widget=forms.CheckboxSelectMultiple,
                ),
                "opens": _time(gettext_lazy("Opens"), weekly.opens if weekly else None),
                "closes": _time(gettext_lazy("Closes"), _closes(weekly) if weekly else None),
            }
        fields["description"] = forms.CharField(
            label=gettext_lazy("In words"), required=False, max_length=500, initial=tidy(now.get("description"))
        )
        if now:
            fields["remove"] = forms.BooleanField(label=gettext_lazy("Take it out"), required=False)
        return fields

    def clean(self) -> dict[str, Any]:
        """A day needs its hours, and hours a day."""
        given: dict[str, Any] = super().clean() or {}
        for number in self.rows:
            parts = [given.get(f"{number}-{name}") for name in ("days", "opens", "closes")]
            if any(parts) and not all(parts):
                self.add_error(f"{number}-days", _("Days, the hour of opening and that of closing belong together."))
        return given

    def values(self) -> dict[str, Any]:
        """The list anew."""
        found = []
        for number, row in self.rows.items():
            if self.cleaned_data.get(f"{number}-remove"):
                continue
            new = changed_row(row, {"description": self.given(number, "description")}, self.begun(number))
            new |= self._times(number)
            if row or new.keys() - {"id"}:
                found.append(new)
        return {"schedules": found}

    def _times(self, number: int) -> Row:
        """What changes of days and times; nothing, if they say what they said."""
        given: Row = {name: self.cleaned_data.get(f"{number}-{name}") for name in ("days", "opens", "closes")}
        weekly = _weekly(self.rows[number])
        if not all(given.values()):
            return {}
        before = weekly and {"days": _days(weekly), "opens": weekly.opens, "closes": _closes(weekly)}
        if before == given:
            return {}
        zone = weekly.zone if weekly else self._zone()
        return {
            "freq": "WEEKLY",
            "byday": ",".join(given["days"] or ()),
            "timezone": _away(zone) / 60 if _away(zone) % 60 else _away(zone) // 60,
            "opens_at": _written(given["opens"], zone),
            "closes_at": _written(given["closes"], zone),
        }

    def _zone(self) -> datetime.tzinfo:
        """The zone of the hours that there are; else that of the place today."""
        known = readable(rows_of(self.said.get("schedules")))
        away = timezone.localtime().utcoffset() or datetime.timedelta()
        return known[0].zone if known else datetime.timezone(away)


def _weekly(row: Row) -> Schedule | None:
    """A row that says nothing but days of every week and hours; None for any other."""
    read = readable([row]) if row else []
    plain = read and read[0].freq == "WEEKLY" and read[0].interval == 1 and read[0].days
    others = plain and (
        read[0].month_days or read[0].year_days or read[0].weeks or any(nth for nth, _d in read[0].days)
    )
    return read[0] if plain and not others else None


def _days(weekly: Schedule | None) -> list[str]:
    return [DAYS[day] for day in sorted({day for _nth, day in weekly.days})] if weekly else []


def _closes(weekly: Schedule) -> datetime.time:
    return datetime.time(weekly.closes % 1440 // 60, weekly.closes % 60)


def _time(label: Any, now: datetime.time | None) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        initial=now,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _away(zone: datetime.tzinfo) -> int:
    """Minutes from UTC; the zones of schedules are offsets."""
    return int((zone.utcoffset(timezone.now().replace(tzinfo=None)) or datetime.timedelta()).total_seconds()) // 60


def _written(time: datetime.time, zone: datetime.tzinfo) -> str:
    """An hour as HSDS writes it, with its offset."""
    minutes = _away(zone)
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "Z"
    return f"{time:%H:%M}{offset}"
