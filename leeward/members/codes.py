"""Recovery codes: printed once, kept as digests, each good for one time."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from leeward.kit.refs import ALPHABET
from leeward.members.models import Member, RecoveryCode, today

HOW_MANY = 8
_GROUPS, _GROUP = 4, 4


class CodeUsed(Exception):
    """The code was hers, and was used before."""


class CodeUnknown(Exception):
    """This name and this code do not belong together."""


def make_codes(member: Member) -> list[str]:
    """Eight new codes of 79 bits each; her earlier ones end. What is returned is the only copy."""
    codes = [_random_code() for _ in range(HOW_MANY)]
    with transaction.atomic():
        RecoveryCode.objects.filter(member=member).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(member=member, digest=digest_of(code)) for code in codes)
    return codes


def unused_codes(member: Member) -> int:
    """How many of her codes are still good."""
    return RecoveryCode.objects.filter(member=member, used_on=None).count()


def use_code(member: Member | None, code: str) -> None:
    """Use up one code.

    Args:
        member: whose name was given; None if nobody has it (the work is the same).
        code: as typed: spaces, hyphens and capitals do not matter.

    Raises:
        CodeUnknown: nobody has this name, or it is not a code of hers.
        CodeUsed: it is one of hers that was used before.
    """
    hers = RecoveryCode.objects.filter(member_id=member.pk if member else 0, digest=digest_of(code))
    if hers.filter(used_on=None).update(used_on=today()):
        return
    if hers.exists():
        raise CodeUsed
    raise CodeUnknown


def digest_of(code: str) -> str:
    """The digest under which a code is kept. A random code of 79 bits needs no slow hash."""
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return hashlib.sha256(b"leeward recovery code " + plain.encode()).hexdigest()


def _random_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
