"""Sessions in the database, each tied to its member so that she can see and end them. The SESSION_ENGINE.

A session lasts 60 days from signing in; on a shared computer it ends with the browser, and after 30 minutes without a
request; a stranger's, an hour. The database holds a digest of the cookie's value, so that a copy of the database opens
no session.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leeward.members.models import Session

LASTS = datetime.timedelta(days=60)
"""How long a sign-in lasts at most; also the row `sessions` in docs/privacy/retention.toml (a test compares them)."""
SHARED_IDLE = datetime.timedelta(minutes=30)
"""How long a session on a shared computer outlives its last request."""
STRANGER_LASTS = datetime.timedelta(hours=1)
"""How long something is remembered for a person without an account: a passkey's challenge, one message."""
_BUMP_EVERY = datetime.timedelta(minutes=1)


def digest_of(session_key: str) -> str:
    """The 40 hexadecimal digits under which a session stands in the database."""
    return hashlib.blake2b(session_key.encode(), digest_size=20).hexdigest()


class SessionStore(SessionBase):
    """One session. Its data may hold `label`, `shared`, `started_on` (ISO date), written when a member signs in."""

    def load(self) -> dict[str, Any]:
        """The session's data; empty if it has ended. Notes at most once a minute that it is in use."""
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        _note_use(row)
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return _rows().filter(key=digest_of(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # private in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        Raises:
            CreateError: the key is taken (only with `must_create`).
            UpdateError: it was ended meanwhile, elsewhere.
        """
        if self.session_key is None:
            self.create()
            return
        row = self._as_row(self._get_session(no_load=must_create))  # type: ignore[attr-defined]  # private in the stubs
        if not must_create:
            kept = {field: getattr(row, field) for field in ("member_id", "data", "expires_at", "label", "shared")}
            if not _rows().filter(key=row.key).update(**kept):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken

    def delete(self, session_key: str | None = None) -> None:
        """End a session: this one, or the one with the key given."""
        key = session_key or self.session_key
        if key is not None:
            _rows().filter(key=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete the sessions that have ended."""
        delete_ended()

    def get_expiry_date(self, **kwargs: Any) -> datetime.datetime:
        """When it ends if nothing more happens."""
        return _end_of(self._get_session())  # type: ignore[attr-defined]  # private in the stubs

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds until then."""
        return max(0, int((self.get_expiry_date() - timezone.now()).total_seconds()))

    def get_expire_at_browser_close(self) -> bool:
        """Whether the cookie goes when the browser is closed."""
        data = self._get_session()  # type: ignore[attr-defined]  # private in the stubs
        return bool(data.get("shared")) or SESSION_KEY not in data

    def _row(self) -> Session | None:
        if not self.session_key:
            return None
        return _rows().filter(key=digest_of(self.session_key), expires_at__gt=timezone.now()).first()

    def _as_row(self, data: dict[str, Any]) -> Session:
        from leeward.members.models import Session  # noqa: PLC0415  # loaded before the models are

        assert self.session_key is not None
        member_id = data.get(SESSION_KEY)
        return Session(
            key=digest_of(self.session_key),
            member_id=int(member_id) if member_id else None,
            data=self.encode(data),
            expires_at=_end_of(data),
            label=data.get("label", ""),
            shared=bool(data.get("shared")),
        )


def delete_ended() -> int:
    """Delete the sessions that have ended; how many there were."""
    return _rows().filter(expires_at__lte=timezone.now()).delete()[0]


def _rows() -> QuerySet[Session]:
    from leeward.members.models import Session  # noqa: PLC0415  # loaded before the models are

    return Session.objects.all()


def _end_of(data: dict[str, Any]) -> datetime.datetime:
    now = timezone.now()
    if SESSION_KEY not in data:
        return now + STRANGER_LASTS
    if data.get("shared"):
        return now + SHARED_IDLE
    started = data.get("started_on")
    if not started:
        return now + LASTS
    midnight = datetime.datetime.combine(datetime.date.fromisoformat(started), datetime.time(), tzinfo=datetime.UTC)
    return midnight + LASTS


def _note_use(row: Session) -> None:
    """Write the day of use once a day, and on a shared computer the new end at most once a minute."""
    now = timezone.now()
    changes: dict[str, Any] = {}
    if row.used_on != now.date():
        changes["used_on"] = now.date()
    if row.shared and row.expires_at < now + SHARED_IDLE - _BUMP_EVERY:
        changes["expires_at"] = now + SHARED_IDLE
    if changes:
        _rows().filter(pk=row.pk).update(**changes)
