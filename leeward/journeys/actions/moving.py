"""Something has changed: one act that moves a member on, and the way back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.actions import chosen_ring
from leeward.audience.models import RingMember
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish, show_to
from leeward.journeys.actions.following import follow
from leeward.journeys.actions.losses import next_place
from leeward.journeys.actions.telling import ask_consent
from leeward.journeys.changes import CHANGE, Change
from leeward.journeys.facts import current_facts
from leeward.journeys.models import Fact, Loss, Move, News, today
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.notifications.actions import tell

NEWS = "journeys.news"
"""The notice that people get whom she lets know."""

_ONE_MORE = {"none": "one", "one": "two", "two": "three", "three": "four_or_more"}


def move_on(member: Member, what: str, *, words: str = "", tell_chosen: bool = False, sent: str = "") -> Move:
    """Keep that something has changed: end what assumed the old, begin the new, and ask nothing.

    Args:
        member: for whom.
        what: a key of CHANGES.
        words: where the change is what she writes; only she reads them.
        tell_chosen: whether the people she chose learn of it. Only those; and if it is False, nobody.
        sent: the form that says it. Sent again, by a second click, nothing more happens.

    Raises:
        NotAgreed: she has not agreed that her journey is kept.
        KeyError: there is no such change.
    """
    ask_consent(member)
    change = CHANGE[what]
    with transaction.atomic():
        once_at_a_time(member)
        again = Move.objects.filter(member=member, sent=sent).first() if sent else None
        if again is not None:
            return again
        move = Move.objects.create(member=member, what=what, sent=sent)
        _end(current_facts(member).filter(facet="now", key__in=[*change.ends, RATHER_NOT_SAY]), move)
        _end(current_facts(member).filter(facet="stage", key__in=change.ends_stages), move)
        if change.in_her_words:
            _end(current_facts(member).filter(facet="now", key=OWN_WORDS), move)
        _begin(move, change, words)
        if change.another_loss:
            _one_more_loss(move)
        if change.a_living_child:
            _end(current_facts(member).filter(facet="children", key__in=["none_living", RATHER_NOT_SAY]), move)
            _start(move, "children", "living_after")
        follow(member)
        if tell_chosen and not member.is_suspended:
            _let_know(move, change)
    return move


def go_back(move: Move, *, by: Member) -> None:
    """Put everything back as it was before a move. The news of it are gone for those who were let know.

    A loss that was added by it, and of which she has told something since, stays.

    Raises:
        PermissionError: somebody else's move.
    """
    if move.member_id != by.pk:
        raise PermissionError("Only who moved goes back.")
    with transaction.atomic():
        Fact.objects.filter(started_by=move).delete()
        held = set(current_facts(by).values_list("facet", "key", "loss_id"))
        for fact in Fact.objects.filter(ended_by=move):
            # Told anew since: it holds already, and the ended one stays what it is.
            if (fact.facet, fact.key, fact.loss_id) not in held:
                fact.ended_on = None
                fact.save(update_fields=["ended_on"])
        for loss in Loss.objects.filter(begun_by=move, facts=None, weeks=None, name="", own_word="", words=""):
            loss.delete()
        News.objects.written_by(by).filter(move=move).delete()
        move.delete()
        follow(by)


def _end(facts: QuerySet[Fact], move: Move) -> None:
    facts.update(ended_on=move.moved_on, ended_by=move)


def _begin(move: Move, change: Change, words: str) -> None:
    if change.begins:
        _start(move, "now", change.begins)
    if change.in_her_words and words:
        _start(move, "now", OWN_WORDS, words)


def _start(move: Move, facet: str, key: str, words: str = "") -> None:
    if current_facts(move.member).filter(facet=facet, key=key, loss=None).exists():
        return
    since = today() if facet == "now" else None
    Fact.objects.create(member=move.member, facet=facet, key=key, words=words, since=since, started_by=move)


def _one_more_loss(move: Move) -> None:
    Loss.objects.create(member=move.member, place=next_place(move.member), begun_by=move)
    counted = current_facts(move.member).filter(facet="count", key__in=_ONE_MORE).first()
    if counted is not None:
        _end(current_facts(move.member).filter(pk=counted.pk), move)
        _start(move, "count", _ONE_MORE[counted.key])


def _let_know(move: Move, change: Change) -> None:
    ring = chosen_ring(move.member)
    news = News.objects.create(author=move.member, move=move, notes=mask_of(change.notes))
    show_to(news, [ring.pk])
    publish(news)
    for place in RingMember.objects.filter(ring=ring).select_related("member"):
        tell(place.member, NEWS, news)
    move.told = True
    move.save(update_fields=["told"])
