"""How a member is known by her chosen name and passphrase."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from leeward.members.models import Member
from leeward.members.names import key_of


class NameAndPassphrase(BaseBackend):
    """Chosen name and passphrase. An unknown name takes as long as a wrong passphrase.

    A suspended member still signs in: she may read, take her words with her, and leave.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        name: str | None = None,
        passphrase: str | None = None,
        **kwargs: Any,
    ) -> Member | None:
        """The member, or None if the two do not belong together."""
        if not name or not passphrase:
            return None
        member = Member.objects.filter(name_key=key_of(name)).first()
        if member is None:
            make_password(passphrase)  # the same work as checking one, so that the clock names nobody
            return None
        fits = member.check_password(passphrase)
        return member if fits and member.is_active else None

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session."""
        return Member.objects.filter(pk=user_id, is_active=True).first()
