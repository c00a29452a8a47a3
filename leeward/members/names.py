"""Chosen names: which are taken, and how two spellings are known to be the same one."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 2, 40
_OFFICES = frozenset(
    {"host", "the host", "moderator", "moderation", "admin", "administrator", "support", "staff", "leeward"}
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")  # scripts whose letters look alike


def key_of(name: str) -> str:
    """The form by which a chosen name is found: NFKC, case folded, spaces collapsed.

    "Ama K", "ama  k" and "ＡＭＡ K" are one name, so that nobody can pass for another by spelling alone.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def tidy(name: str) -> str:
    """A name as it is shown: NFC, without spaces at its ends or several in a row."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check_name(name: str) -> None:
    """Whether a tidy name can be somebody's.

    Raises:
        ValidationError: it is too short or long, might tell who she is, or could be taken for somebody else.
    """
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValidationError(
            _("A name here has %(shortest)s to %(longest)s letters.") % {"shortest": SHORTEST, "longest": LONGEST}
        )
    if "@" in name:
        raise ValidationError(
            _("This looks like an e-mail address, which others would see. Please choose another name.")
        )
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} for letter in name):
        raise ValidationError(_("An invisible sign is in this name. Please type it with letters, numbers and spaces."))
    if not any(letter.isalnum() for letter in name):
        raise ValidationError(_("A name needs at least one letter or number."))
    if key_of(name) in _OFFICES:
        raise ValidationError(_("This name could be taken for the people who run the place. Please choose another."))
    if len({script for letter in name for script in _SCRIPTS if unicodedata.name(letter, "").startswith(script)}) > 1:
        raise ValidationError(
            _("Letters of two alphabets can look like another person's name. Please use one alphabet.")
        )
