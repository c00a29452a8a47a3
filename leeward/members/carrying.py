"""Words that were sent by somebody who had been signed out: carried through signing in, so that nothing is lost.

They travel in a hidden input of the page that answers, signed, and come back with the sign-in form. Nothing of them is
stored here. Passphrases are never among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "carried"
"""The name of the hidden input."""
_SALT = "leeward.members.carrying"
NEVER = frozenset({"passphrase", "passphrase_again", "passkey", "code", "csrfmiddlewaretoken", FIELD})
"""Fields that are not carried: secrets, and what belongs to one page. A test compares them with the room's forms."""
_SECRETS = frozenset({"passphrase", "code"})
_REFERENCES = frozenset({"next", "stamp", "ref", "unsent"})
_WORTH_SHOWING = 12  # characters: shorter values are choices, not words


@dataclass(frozen=True)
class Carried:
    """A form that could not be taken: where it was going, and its fields in order.

    `had_secret`: it also had a passphrase or a code, which is not carried; so it has to be filled in again.
    """

    to: str
    fields: tuple[tuple[str, str], ...]
    had_secret: bool = False

    @property
    def words(self) -> list[str]:
        """What she wrote, to be shown to her."""
        return [value for name, value in self.fields if len(value) >= _WORTH_SHOWING and name not in _REFERENCES]

    def as_text(self) -> str:
        """The value of the hidden input."""
        return signing.dumps([self.to, self.fields, self.had_secret], salt=_SALT, compress=True)


def carried_by(request: HttpRequest) -> Carried:
    """What this POST was about to say."""
    pairs = ((name, str(value)) for name, values in request.POST.lists() if name not in NEVER for value in values)
    return Carried(request.get_full_path(), tuple(pairs), not _SECRETS.isdisjoint(request.POST))


def from_text(text: str) -> Carried | None:
    """What a hidden input carries; None if there is nothing, or if it is not ours."""
    if not text:
        return None
    try:
        to, fields, had_secret = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return Carried(to, tuple((name, value) for name, value in fields), had_secret)


def local_path(path: str | None, otherwise: str) -> str:
    """`path` if it stays in this place, else `otherwise`."""
    if path and path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return otherwise
