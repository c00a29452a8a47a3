"""Sending a text on its way: written down and held, read by the reader, then shown, or held for a person.

Two steps, so that a crash between them loses nothing and shows nothing. `hand_in` is part of the transaction that
writes the text: from then on it is held and known to wait. `settle` asks the reader and acts on what it says. What was
handed in and not settled, because the reader was down or the server was killed, `settle_waiting` takes up.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from leeward.audience.publishing import hold, publish
from leeward.audience.rows import read_anew
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, model_of
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.kit.statements import Written, asked, taken_away
from leeward.language.judgement import Hurtful, Judgement
from leeward.language.reader.client import ReaderUnavailable, read
from leeward.members.turns import who_acts
from leeward.moderation.actions.cases import call_moderators, case_of, is_hidden
from leeward.moderation.actions.deciding import announce
from leeward.moderation.actions.outcome import Fate, Outcome
from leeward.moderation.actions.storms import is_in_storm
from leeward.moderation.conduct import Trace, signs_of_conduct, write_down_sent
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.models import Because, Case, CaseState, Priority, Screening, Sent
from leeward.moderation.papers.counting import count
from leeward.moderation.signs import CARE, SIGN
from leeward.moderation.suggesting import keep_suggestions
from leeward.notifications.actions import tell

log = logging.getLogger("leeward.moderation")

READ_AT_ONCE = 300
"""Longest text, in words, that is read while its writer waits; longer ones are read in the background."""
LETTERS_AT_ONCE = 4000
"""The same in characters: twice what so many words have."""
TRY_AGAIN = 5 * MICROSECONDS
"""After how long (microseconds) the reader is asked again when it did not answer; doubled each time, up to an hour."""
PRESSED_TWICE = 60 * MICROSECONDS
"""For how long (microseconds) whoever sends something again may have pressed twice."""
LEFT_TO_ITS_SENDER = 5 * MICROSECONDS
"""For how long (microseconds) a text is left to the request that sent it, before the background takes it up."""


def hand_in(thing: Shared, found: Trace | None = None) -> None:
    """Hold a text until it was read; suggest what is inside. Call it inside the transaction that writes the text.

    Args:
        thing: the text.
        found: what `looking_through` found, if this transaction has just written the text, held.
    """
    assert thing.author_id is not None  # whose author has left her words is live, and nobody changes it
    kind, now = kind_of(thing), now_us()
    with transaction.atomic(savepoint=False):
        if found is None:
            keep_suggestions(thing)
            hold(thing)
            _waits_no_more.now(kind=kind, thing=thing.pk)
        _WAITS.now(kind=kind, thing_id=thing.pk, author=thing.author_id, at=now, due_at=now + LEFT_TO_ITS_SENDER)
        write_down_sent(thing, found)


def settle(thing: Shared, *, in_background: bool = False, as_written: bool = False) -> Outcome:
    """Have a text read that was handed in, and show it or hold it for a person. The thing's state is kept in step.

    Args:
        thing: what was handed in; if it was not, or is settled already, nothing changes.
        in_background: whether nobody waits for it: then long texts are read too.
        as_written: whether it was written or fetched a moment ago: then it is not looked up before it is read.
    """
    if not as_written:
        if not _waits(False, kind=kind_of(thing), thing=thing.pk):
            return _settled_already(thing, in_background=in_background)
        if not read_anew(thing):  # what stands written is read, not what an older page knows; or it is taken back
            _waiting(thing).delete()
            return Outcome(Fate.KEPT)
    text = thing.full_text()
    if not in_background and _is_long(text):
        if not _waiting(thing).update(due_at=now_us()):  # sent twice, and settled already
            return Outcome(_fate_of(thing))
        return Outcome(Fate.WAITS, long=True)
    try:
        judgement = read(text, in_background=in_background)
    except ReaderUnavailable:
        _try_later(thing)
        count("unread")
        return Outcome(Fate.WAITS)
    return _act_on(judgement, thing, text)


def settle_waiting(limit: int = 50) -> int:
    """Settle what waits and is due: long texts, and those that the reader could not be asked about; how many."""
    settled = 0
    for row in Screening.objects.filter(due_at__lte=now_us()).order_by("due_at").select_related("author")[:limit]:
        thing = model_of(row.kind).objects.written_by(row.author).filter(pk=row.thing_id).first()
        if thing is None:
            row.delete()
            continue
        try:
            outcome = settle(thing, in_background=True)
        except Exception as error:  # noqa: BLE001  # one text that cannot be settled must not keep all others waiting
            _say_where(error)
            _try_later(thing)
            continue
        if outcome.fate is Fate.WAITS:
            break  # the reader is down: the others would wait too
        settled += 1
        if outcome.care:
            tell(row.author, "moderation.care", path=reverse("library:help_now"))
        if outcome.fate is Fate.HELD:
            tell(row.author, "moderation.held", path=reverse("moderation:waiting"))
    return settled


def _say_where(error: Exception) -> None:
    """Log where it stumbled: the error's own words may hold somebody's, who wrote or who is named in a row."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    said = "A text could not be settled (%s at %s:%s); it stays held and is tried again."
    log.error(said, type(error).__name__, where.filename, where.lineno)


def hurtful_words(text: str) -> tuple[Hurtful, ...]:
    """Platitudes and unasked advice in an answer that is not sent yet; none if the reader cannot be asked."""
    if _is_long(text):
        return ()
    try:
        return read(text).hurtful
    except ReaderUnavailable:
        return ()


def may_need_help(text: str) -> bool:
    """Whether help that is open now is shown to who wrote this where nothing is sent; not if it cannot be read."""
    try:
        return read(text).care
    except ReaderUnavailable:
        return False


def _is_long(text: str) -> bool:
    return len(text) > LETTERS_AT_ONCE or len(text.split()) > READ_AT_ONCE


def _act_on(judgement: Judgement, thing: Shared, text: str) -> Outcome:
    with transaction.atomic():
        there = _as_it_is_now(thing)
        about = {"kind": kind_of(thing), "thing": thing.pk}
        if there and thing.full_text() != text and _waits(True, **about):
            return Outcome(Fate.WAITS)  # changed meanwhile: whoever changed it settles it, or the background does
        if not (_waits_no_more.now(**about) and there):  # taken back, or settled by another meanwhile
            return Outcome.of(judgement, _fate_of(thing) if there else Fate.KEPT)
        if thing.state != State.HELD:
            return Outcome(Fate.KEPT)
        signs = signs_of_conduct(thing, judgement.signs)
        signs |= {"storm"} if is_in_storm(thing, signs) else set()
        signs |= ({"risk"} if judgement.look else set()) | ({"plan"} if judgement.plan else set())
        _count(judgement, signs)
        if _must_wait(thing, signs):
            _hold_for_person(thing, signs)
            return Outcome.of(judgement, Fate.HELD)
        _show(thing)
        if signs & CARE:
            _hold_for_person(thing, signs)  # shown all the same: a person is asked to look
        return Outcome.of(judgement, Fate.SHOWN)


def _settled_already(thing: Shared, *, in_background: bool) -> Outcome:
    """What became of what another settled: whoever presses twice sees the answer to the second press alone.

    So what was sent just now is read once more, for the help that the first answer showed. In the background nobody
    would see that, and what she keeps to herself nobody reads.
    """
    fate, text = _fate_of(thing), thing.full_text()
    just_now = Sent.objects.filter(kind=kind_of(thing), thing_id=thing.pk, at__gt=now_us() - PRESSED_TWICE)
    if in_background or fate is Fate.KEPT or _is_long(text) or not just_now.exists() or not thing.is_for_others():
        return Outcome(fate)
    try:
        return Outcome.of(read(text), fate)
    except ReaderUnavailable:
        return Outcome(fate)


def _count(judgement: Judgement, signs: frozenset[str]) -> None:
    """Count, without persons, for the report of the year."""
    count("screened")
    if signs - {"risk"}:
        count("held")
    if judgement.care:
        count("helped")


def _as_it_is_now(thing: Shared) -> bool:
    """Fetch a thing anew and keep it from being changed until the transaction ends; whether it is still there.

    Its writer's turn is taken first, as by all that she does: else her change could slip in between the comparison of
    the words that were read and their being shown.
    """
    try:
        writer = who_acts(thing.author_id or 0)
    except ObjectDoesNotExist:
        return False
    there = read_anew(thing, locked=True)
    if there:
        thing.author = writer
    return there


def _fate_of(thing: Shared) -> Fate:
    """What became of a thing that waits no more, as it is now."""
    state = type(thing).objects.written_by(thing.author).filter(pk=thing.pk).values_list("state", flat=True).first()
    if state is not None:
        thing.state = state
    return {State.LIVE: Fate.SHOWN, State.HELD: Fate.HELD}.get(state, Fate.KEPT)


def _must_wait(thing: Shared, signs: frozenset[str]) -> bool:
    """Whether others do not see it until a person has read it. Risk alone hides nothing."""
    if signs - {"risk"} or is_hidden(thing) or _waits_for_person(thing):
        return True
    # Fetched anew with the thing: a decision may have kept her from writing since she sent it.
    return thing.author is not None and (thing.author.is_suspended or must_be_read_first(thing.author, kind_of(thing)))


def _waits_for_person(thing: Shared) -> bool:
    """Whether an open case keeps it from others. One that only asks to look at what is shown does not, nor a report."""
    for because, signs in _open_case(kind=kind_of(thing), thing=thing.pk):
        return bool(set(signs) - {"risk"}) or because == Because.FIRST_TEXT or thing.at is None
    return False


@asked
def _open_case(*, kind: str, thing: int) -> QuerySet[Case, tuple[str, list[str]]]:
    return Case.objects.filter(kind=kind, thing_id=thing, state=CaseState.OPEN).values_list("because", "signs")[:1]


def _show(thing: Shared) -> None:
    shown_before = thing.at is not None
    publish(thing)
    if not shown_before:
        announce(thing)


def _hold_for_person(thing: Shared, signs: frozenset[str]) -> None:
    """Put it into the queue, with what was found."""
    because = Because.CARE if signs & CARE else Because.DOUBTFUL if signs else Because.FIRST_TEXT
    case = case_of(thing, because)
    urgent = any(SIGN[key].urgent for key in signs)
    call = urgent and not case.is_urgent
    if case.because != Because.REPORT and signs:
        case.because = because
    case.signs = sorted({*case.signs, *signs})
    case.priority = Priority.URGENT if urgent else case.priority
    case.save(update_fields=["because", "signs", "priority"])
    if call:
        call_moderators(case)


def _try_later(thing: Shared) -> None:
    tries = _waiting(thing).values_list("tries", flat=True).first() or 0
    later = now_us() + min(TRY_AGAIN * 2 ** min(tries, 10), 3600 * MICROSECONDS)
    _waiting(thing).update(tries=F("tries") + 1, due_at=later)


_WAITS = Written(Screening, "kind", "thing_id", "author", "at", "due_at")


@asked
def _waits(locked: bool, *, kind: str, thing: int) -> QuerySet[Screening, tuple[int]]:
    rows = Screening.objects.filter(kind=kind, thing_id=thing).values_list("pk")
    return rows.select_for_update() if locked else rows


@taken_away
def _waits_no_more(*, kind: str, thing: int) -> QuerySet[Screening, Any]:
    return Screening.objects.filter(kind=kind, thing_id=thing)


def _waiting(thing: Shared) -> QuerySet[Screening]:
    return Screening.objects.filter(kind=kind_of(thing), thing_id=thing.pk)
