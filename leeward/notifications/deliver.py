"""Letters, worded at the moment of sending, for one reader: nothing in them says what this place is for.

A letter says that there is something new, and links to the bell. What it is about is asked of the database again just
before: taken back, hidden, muted, switched off, read already or addressed to nobody any more, and no letter goes.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from leeward.audience.viewers import Viewer
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.models import Member
from leeward.notifications.actions import wanted
from leeward.notifications.bell import still_to_see
from leeward.notifications.kinds import kind_named, known_keys
from leeward.notifications.models import Letter, LetterState

MINUTE = 60 * MICROSECONDS
TRIES = 5
"""How often one letter is tried before it is given up."""
STALE = 15 * MINUTE
"""After this time a claim is taken for that of a worker that died."""

log = logging.getLogger("leeward.letters")


@dataclass
class Delivered:
    """What one round did: letters that went out (one a member), and outbox rows dropped or put off."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0


def deliver_letters() -> Delivered:
    """Send what waits: one letter a member, however much is new for her. Several workers may run at once.

    A worker that dies between handing a letter over and noting it makes the letter go again after STALE, with the same
    Message-ID; better twice than never.
    """
    done = Delivered()
    if not settings.LETTERS_ON:
        return done
    _free_stale_claims()
    due = Letter.objects.filter(state=LetterState.WAITING, due_at__lte=now_us())
    for member_id in due.order_by("member_id").values_list("member_id", flat=True).distinct():
        claim = _claim(member_id)
        if claim:
            _deliver(claim, done)
    return done


def _claim(member_id: int) -> str:
    """Take all that waits for a member; empty if another worker was first."""
    claim = secrets.token_hex(16)
    due = Letter.objects.filter(member_id=member_id, state=LetterState.WAITING, due_at__lte=now_us())
    taken = due.update(state=LetterState.SENDING, claim=claim, claimed_at=now_us(), tries=F("tries") + 1)
    return claim if taken else ""


def _free_stale_claims() -> None:
    stale = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=now_us() - STALE)
    stale.filter(tries__gte=TRIES).update(state=LetterState.FAILED, claim="")
    stale.filter(tries__lt=TRIES).update(state=LetterState.WAITING, claim="")


def _deliver(claim: str, done: Delivered) -> None:
    claimed = Letter.objects.filter(claim=claim)
    letters = list(claimed.select_related("notice", "member").order_by("pk"))
    worth = _worth_sending(letters)
    done.dropped += claimed.exclude(pk__in=[letter.pk for letter in worth]).update(state=LetterState.DROPPED, claim="")
    if not worth:
        return
    try:
        _word(worth[0]).send()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("A letter could not be sent: %s", type(error).__name__)  # its words would name an address
        done.put_off += len(worth)
        _put_off(worth)
        return
    claimed.filter(pk__in=[letter.pk for letter in worth]).update(state=LetterState.SENT, claim="")
    done.sent += 1


def _worth_sending(letters: list[Letter]) -> list[Letter]:
    """Those whose reader still has an address, still wants them, has not read them, and may see what they are about."""
    member = letters[0].member
    if not (member.email and member.is_active):
        return []
    fresh = [letter for letter in letters if letter.notice.read_at is None and _is_wanted(letter, member)]
    seen = {notice.pk for notice, _path in still_to_see([letter.notice for letter in fresh], Viewer.member(member))}
    return [letter for letter in fresh if letter.notice_id in seen]


def _is_wanted(letter: Letter, member: Member) -> bool:
    key = letter.notice.kind
    return key in known_keys() and wanted(member, kind_named(key))[1]


def _word(letter: Letter) -> EmailMessage:
    """The letter: plain text, no excerpt, no name, nothing that reports back."""
    with override(settings.LANGUAGE_CODE):
        said = {"place": settings.PLACE_NAME, "base": settings.BASE_URL}
        subject = _("Something new for you at %(place)s") % said
        body = _(
            "There is something new for you at %(place)s.\n\n%(base)s/bell/\n\n"
            "You asked for letters like this one. Choose which you get, or none:\n%(base)s/me/letters/\n"
        )
    mark = salted_hmac("leeward.letters", str(letter.pk), algorithm="sha256").hexdigest()[:32]
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip(" >") or "localhost"
    headers = {"Message-ID": f"<{mark}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body % said, sender, [letter.member.email], headers=headers)


def _put_off(letters: Iterable[Letter]) -> None:
    for letter in letters:
        last = letter.tries >= TRIES
        Letter.objects.filter(pk=letter.pk).update(
            state=LetterState.FAILED if last else LetterState.WAITING,
            claim="",
            due_at=now_us() + 5 * MINUTE * 2**letter.tries,
        )
