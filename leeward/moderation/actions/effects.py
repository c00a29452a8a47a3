"""What a decision does to things and to their writer, kept so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from leeward.audience.publishing import hold, publish, withdraw
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, model_of, shared_models
from leeward.kit.moments import now_us, to_datetime
from leeward.members.models import Member
from leeward.moderation.actions.cases import case_of
from leeward.moderation.models import Act, Because, Decision, Effect

_when_kept_from_writing: list[Callable[[Member], None]] = []


def when_kept_from_writing(do: Callable[[Member], None]) -> None:
    """Register what a room ends when a member is kept from writing, or her membership ends. Called at start-up."""
    _when_kept_from_writing.append(do)


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
    let_write_as_decided(author)
    for do in _when_kept_from_writing:
        do(author)
    if decision.act == Act.PAUSE:
        return
    for model in shared_models():
        for thing in model.objects.written_by(author).filter(state__in=[State.LIVE, State.HELD]):
            put_out_of_sight(decision, thing)


def let_write_as_decided(author: Member) -> None:
    """Set from when until when she is kept from writing, from all decisions that stand: the longest pause counts."""
    standing = Decision.objects.filter(case__author=author, undone_at=None)
    pauses = list(standing.filter(Q(until=None) | Q(until__gt=now_us()), act=Act.PAUSE).order_by("at"))
    ended = standing.filter(act=Act.END).order_by("at").first()
    ends = [pause.until for pause in pauses if pause.until is not None]
    Member.objects.filter(pk=author.pk).update(
        suspended_at=to_datetime(pauses[0].at) if pauses else None,
        suspended_until=to_datetime(max(ends)) if ends and len(ends) == len(pauses) else None,
        ended_at=to_datetime(ended.at) if ended else None,
    )


def undo(decision: Decision, author: Member | None) -> None:
    """Give back what a decision took: each thing that was not touched since, and the writer's right to write."""
    if author is None:
        return
    let_write_as_decided(author)
    for effect in decision.effects.all():
        thing = model_of(effect.kind).objects.written_by(author).filter(pk=effect.thing_id).first()
        if thing is None:
            continue
        other = _still_hidden_by(author, effect)
        if other is not None:
            _leave_to(other, thing, effect)
        else:
            _give_back(thing, decision, effect)


def _still_hidden_by(author: Member, effect: Effect) -> Decision | None:
    """Another decision that stands and keeps the same thing out of sight: about it, or the end of her membership."""
    standing = Decision.objects.filter(undone_at=None).exclude(pk=effect.decision_id)
    about_it = Q(effects__kind=effect.kind, effects__thing_id=effect.thing_id)
    return standing.filter(about_it | Q(act=Act.END, case__author=author)).order_by("-at").first()


def _leave_to(other: Decision, thing: Shared, effect: Effect) -> None:
    """Leave a thing out of sight, and let the other decision give back what this one took first."""
    kept, made = Effect.objects.get_or_create(
        decision=other,
        kind=effect.kind,
        thing_id=effect.thing_id,
        defaults={"state_before": effect.state_before, "touched_at": effect.touched_at},
    )
    if made:
        withdraw(thing)
    elif effect.state_before == State.LIVE and thing.touched_at == effect.touched_at:
        kept.state_before = State.LIVE
        kept.save(update_fields=["state_before"])


def _give_back(thing: Shared, decision: Decision, effect: Effect) -> None:
    left_as = State.HELD if decision.act in {Act.ASK, Act.HIDE} else State.WITHDRAWN
    if thing.state not in {left_as, State.HELD}:
        return  # another decision, or she herself, has done something else with it since
    if thing.state == left_as and thing.touched_at == effect.touched_at and effect.state_before == State.LIVE:
        publish(thing)
    else:
        hold(thing)
        case_of(thing, Because.FIRST_TEXT)
