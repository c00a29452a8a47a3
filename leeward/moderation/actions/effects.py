"""What a decision does to things and to their writer, kept so that it can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Q
from django.utils import timezone

from leeward.audience.publishing import hold, publish, withdraw
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, model_of, shared_models
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.models import Member
from leeward.moderation.actions.cases import case_of
from leeward.moderation.models import Act, Because, Case, Decision, Effect


def put_out_of_sight(decision: Decision, thing: Shared) -> None:
    """Hide or withdraw a thing as decided, keeping its state for taking back."""
    if thing.state not in {State.LIVE, State.HELD}:
        return
    Effect.objects.get_or_create(
        decision=decision,
        kind=kind_of(thing),
        thing_id=thing.pk,
        defaults={"state_before": thing.state, "touched_at": thing.touched_at},
    )
    (hold if decision.act in {Act.ASK, Act.HIDE} else withdraw)(thing)


def keep_from_writing(decision: Decision, author: Member) -> None:
    """Pause her posting until the decision's end, or end her membership: then all that others saw of hers goes too."""
    if decision.act == Act.PAUSE:
        until = None if decision.until is None else datetime.fromtimestamp(decision.until / MICROSECONDS, tz=UTC)
        Member.objects.filter(pk=author.pk).update(suspended_at=timezone.now(), suspended_until=until)
        return
    Member.objects.filter(pk=author.pk).update(ended_at=timezone.now())
    for model in shared_models():
        for thing in model.objects.written_by(author).filter(state__in=[State.LIVE, State.HELD]):
            put_out_of_sight(decision, thing)


def undo(decision: Decision, author: Member | None) -> None:
    """Give back what a decision took: each thing that was not touched since, and the writer's right to write."""
    for effect in decision.effects.all():
        if author is None:
            continue
        thing = model_of(effect.kind).objects.written_by(author).filter(pk=effect.thing_id).first()
        if thing is not None:
            _give_back(thing, decision, effect)
    if author is not None:
        _let_write(author)


def _give_back(thing: Shared, decision: Decision, effect: Effect) -> None:
    left_as = State.HELD if decision.act in {Act.ASK, Act.HIDE} else State.WITHDRAWN
    untouched = thing.state == left_as and thing.touched_at == effect.touched_at
    if untouched and effect.state_before == State.LIVE:
        publish(thing)
    elif thing.state == State.HELD or untouched:
        hold(thing)
        case_of(thing, Because.FIRST_TEXT)


def _let_write(author: Member) -> None:
    """Let her write again, and be a member again, if no other decision keeps her from it."""
    standing = Decision.objects.filter(case__in=Case.objects.filter(author=author), undone_at=None)
    if not standing.filter(Q(until=None) | Q(until__gt=now_us()), act=Act.PAUSE).exists():
        Member.objects.filter(pk=author.pk).update(suspended_at=None, suspended_until=None)
    if not standing.filter(act=Act.END).exists():
        Member.objects.filter(pk=author.pk).update(ended_at=None)
