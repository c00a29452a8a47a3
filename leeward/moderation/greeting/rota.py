"""Who greets on which day of the week."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from leeward.members.models import Member, members_who_may_write
from leeward.moderation.models import GreetingDay


@dataclass(frozen=True)
class Day:
    """One day of the week: its name, who greets on it, whether it is today."""

    name: str
    greeters: list[str]
    is_today: bool


def todays_greeters() -> QuerySet[Member]:
    """Who greets today, by the clock of the place."""
    days = GreetingDay.objects.filter(weekday=today())
    return at_work().filter(pk__in=days.values("greeter_id"))


def the_week() -> list[Day]:
    """The rota, from Monday on."""
    rows = GreetingDay.objects.filter(greeter__in=at_work()).order_by("greeter__name_key")
    names: dict[int, list[str]] = {weekday: [] for weekday in WEEKDAYS}
    for weekday, name in rows.values_list("weekday", "greeter__name"):
        names[weekday].append(name)
    return [Day(str(WEEKDAYS[number]), names[number], number == today()) for number in sorted(names)]


def days_of(greeter: Member) -> set[int]:
    """The days of the week on which she greets; 0 is Monday."""
    return set(GreetingDay.objects.filter(greeter=greeter).values_list("weekday", flat=True))


def today() -> int:
    """The day of the week, by the clock of the place; 0 is Monday."""
    return timezone.localdate().weekday()


def at_work() -> QuerySet[Member]:
    """Greeters who may write now."""
    return members_who_may_write().filter(is_greeter=True, is_active=True)
