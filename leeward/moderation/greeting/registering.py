"""What greeting keeps of a member, what rings for it, and the way to it. Registered at start-up."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.members import hub, tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.moderation.actions.cover import COVER
from leeward.moderation.greeting.rota import days_of
from leeward.moderation.models import Greeting, GreetingDay
from leeward.notifications import kinds


def register_greeting() -> None:
    """Register the rota and what was taken with members, its tending, the bell and the way from the hub."""
    days, taken = _("On which days I greet"), _("First words that I said I would answer")
    register(Belonging("greeting_days", days, (GreetingDay,), _export_days, _erase_days))
    register(Belonging("greeting", taken, (Greeting,), _export_taken, _erase_taken))
    tending.register("greeting", _tend_taken)
    label, sentence = _("For greeters: first words still wait for an answer"), _("Something waits for an answer.")
    kinds.register(kinds.Kind(COVER, label, sentence, for_greeters=True))
    title, hint = _("First words"), _("Stories that nobody has answered yet, and who greets on which day.")
    hub.register(title, "moderation:greeting", hint, hub.For.GREETERS)


def _export_days(member: Member) -> Iterator[Row]:
    for weekday in sorted(days_of(member)):
        yield {"day": str(WEEKDAYS[weekday])}


def _erase_days(member: Member, farewell: Farewell) -> None:
    GreetingDay.objects.filter(greeter=member).delete()


def _export_taken(member: Member) -> Iterator[Row]:
    for row in Greeting.objects.filter(greeter=member, taken_at__isnull=False).order_by("taken_at"):
        yield {"when": to_datetime(row.taken_at or 0).isoformat(), "what": str(_("I said that I would answer"))}


def _erase_taken(member: Member, farewell: Farewell) -> None:
    Greeting.objects.filter(greeter=member).update(greeter=None)


def _tend_taken() -> int:
    """Rows whose every moment is long past."""
    since = kept_since("greeting")
    fresh = Greeting.objects.filter(taken_at__gte=since) | Greeting.objects.filter(cover_called_at__gte=since)
    return Greeting.objects.exclude(pk__in=fresh.values("pk")).delete()[0]
