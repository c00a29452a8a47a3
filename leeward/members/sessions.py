"""Signing in and out, and the list of browsers in which a member is signed in."""

from __future__ import annotations

import datetime
import time

from django.contrib.auth import login, update_session_auth_hash
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from leeward.members.browser_copies import end_all_of
from leeward.members.devices import label_of
from leeward.members.models import Member, Session, today
from leeward.members.session_store import digest_of

BACKEND = "leeward.members.backends.NameAndPassphrase"
PROOF_LASTS = datetime.timedelta(minutes=10)
"""How long after showing passphrase or passkey a member may do what cannot be undone."""
_PROVEN_AT = "proven_at"


def begin(request: HttpRequest, member: Member, *, shared: bool) -> None:
    """Sign a member in, under a new session key.

    Args:
        request: hers; its session is the one that becomes hers.
        member: who has just shown that it is she.
        shared: whether this is a shared computer: the session ends with the browser and after 30 idle minutes.
    """
    login(request, member, backend=BACKEND)  # makes a new key, so that a key planted before is worth nothing
    request.session["label"] = label_of(request.headers.get("User-Agent", ""))
    request.session["shared"] = shared
    request.session["started_on"] = today().isoformat()
    note_proof(request)


def note_proof(request: HttpRequest) -> None:
    """Remember that she has just shown passphrase or passkey."""
    request.session[_PROVEN_AT] = int(time.time())


def is_proven(request: HttpRequest) -> bool:
    """Whether she has shown passphrase or passkey in the last ten minutes."""
    at = request.session.get(_PROVEN_AT)
    return isinstance(at, int) and time.time() - at < PROOF_LASTS.total_seconds()


def sessions_of(member: Member) -> QuerySet[Session]:
    """Where she is signed in, the newest first; ended ones are left out."""
    return Session.objects.filter(member=member, expires_at__gt=timezone.now()).order_by(
        "-started_on", "-used_on", "key"
    )


def is_this_one(request: HttpRequest, session: Session) -> bool:
    """Whether the session is the one that asks."""
    return request.session.session_key is not None and digest_of(request.session.session_key) == session.key


def end(member: Member, key: str) -> bool:
    """End one of her sessions, and what her browsers keep; False if she has none of this key."""
    end_all_of(member)
    return Session.objects.filter(member=member, key=key).delete()[0] > 0


def end_others(request: HttpRequest, member: Member) -> int:
    """End all of her sessions but the one that asks, and what her browsers keep; how many."""
    end_all_of(member)
    mine = digest_of(request.session.session_key) if request.session.session_key else ""
    return Session.objects.filter(member=member).exclude(key=mine).delete()[0]


def end_all(member: Member) -> int:
    """End all of her sessions, and what her browsers keep; how many."""
    end_all_of(member)
    return Session.objects.filter(member=member).delete()[0]


def keep_only_this(request: HttpRequest, member: Member) -> None:
    """After the passphrase has changed: stay signed in here, under a new key, and nowhere else."""
    update_session_auth_hash(request, member)
    end_others(request, member)
