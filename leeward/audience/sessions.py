"""A session, looked up with its member and what is kept from her: what each page needs first. The SESSION_ENGINE.

What a session is, and how it is written, is in members.session_store. Here it is only read, in one question instead of
three (docs/decisions/0034-how-a-page-is-made-fast.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from leeward.audience.prepared import prepared
from leeward.audience.shields import KEPT_COLUMNS, Kept
from leeward.audience.viewers import Viewer
from leeward.members import session_store
from leeward.members.models import Member, Session


class SessionStore(session_store.SessionStore):
    """A session that knows whose it is, from the same row."""

    _member: Member | None = None
    _kept: Kept | None = None

    def signed_in(self) -> tuple[Member, Kept] | None:
        """Whom this session has signed in, and what is kept from her; None if that needs a closer look, or nobody is.

        It asks the same as `django.contrib.auth.get_user`, which is for every case but the usual one.
        """
        hers = self.get(SESSION_KEY)  # loads the row
        member, kept = self._member, self._kept
        if member is None or kept is None or hers != str(member.pk) or not member.is_active:
            return None
        if self.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        fits = constant_time_compare(self.get(HASH_SESSION_KEY, ""), member.get_session_auth_hash())
        return (member, kept) if fits else None

    def _row(self) -> Session | None:
        if not self.session_key:
            return None
        found = _found(Viewer.stranger(), key=session_store.digest_of(self.session_key))
        if not found:
            return None
        values = iter(found[0])
        session: Session = _made(Session, values)
        if session.expires_at <= timezone.now():
            return None
        if session.member_id is not None:
            self._member = _made(Member, values)
            kept = list(values)
            self._kept = Kept() if kept[0] is None else Kept(*kept)
        return session


@prepared
def _found(viewer: Viewer, *, key: str) -> QuerySet[Any, tuple[Any, ...]]:
    of_shield = [f"member__shield__{column}" for column in KEPT_COLUMNS]
    of_member = [f"member__{column}" for column in _columns(Member)]
    return Session.objects.filter(key=key).values_list(*_columns(Session), *of_member, *of_shield)


def _columns(model: type[Model]) -> Sequence[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _made(model: type[Any], values: Any) -> Any:
    columns = _columns(model)
    return model.from_db(DEFAULT_DB_ALIAS, columns, list(islice(values, len(columns))))
