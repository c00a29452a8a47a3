"""Chosen names: which are taken, and how two spellings are known to be the same one."""

import re
import unicodedata
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHORTEST, LONGEST = 2, 40
LONGEST_KEY = 80
"""Longest `key_of` a name: some signs grow when they are taken apart (U+FDFA to eighteen letters)."""
_OFFICES = frozenset(
    {"host", "hosts", "moderator", "moderators", "moderation", "admin", "admins", "administrator", "administrators"}
    | {"support", "staff", "leeward"}
)
IN_PLACE_OF_A_NAME = (
    gettext_lazy("with no name"),
    gettext_lazy("from someone who has left"),
    gettext_lazy("From the one who told this"),
)
"""What stands where a name would stand, in templates of stories; a test compares them."""
_SCRIPTS = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "ARMENIAN",
    "CHEROKEE",
    "COPTIC",
    "LISU",
)  # scripts with letters that look alike
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Signs that are not seen though their category is a letter's, a mark's or a symbol's.

They are the rest of Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), and the empty Braille cell.
"""
_LOOKS_LIKE = str.maketrans("авекмнорстухіјѕһԛԝ" + "αβεζηικμνορτυχ", "abekmhopctyxijshqw" + "abezhikmnoptyx")
"""Cyrillic and Greek letters, folded, whose capital or small form is that of a Latin letter."""


_further_checks: list[Callable[[str], None]] = []


def register_check(check: Callable[[str], None]) -> None:
    """Have every chosen name looked over by a room above as well. Called from its AppConfig.ready().

    Args:
        check: takes a tidy name; raises ValidationError, with kind words, if it cannot be anybody's.
    """
    _further_checks.append(check)


def key_of(name: str) -> str:
    """The form by which a chosen name is found: NFKC, case folded, spaces collapsed, letters that look alike made one.

    "Ama K", "ama  k" and "ＡＭＡ K" are one name, and so are "Coca" and the Cyrillic "Соса", so that nobody can pass
    for another by spelling alone.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS_LIKE).split())


def tidy(name: str) -> str:
    """A name as it is shown: NFC, without spaces at its ends or several in a row."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check_name(name: str) -> None:
    """Whether a tidy name can be somebody's.

    Raises:
        ValidationError: it is too short or long, might tell who she is, could be taken for somebody else, or is nothing
            that others should read beside every text.
    """
    if not SHORTEST <= len(name) <= LONGEST or len(key_of(name)) > LONGEST_KEY:
        raise ValidationError(
            _("A name here has %(shortest)s to %(longest)s letters.") % {"shortest": SHORTEST, "longest": LONGEST}
        )
    if "@" in name:
        raise ValidationError(
            _("This looks like an e-mail address, which others would see. Please choose another name.")
        )
    categories = {unicodedata.category(letter) for letter in name}
    if categories & {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} or _UNSEEN.search(name):
        raise ValidationError(_("An invisible sign is in this name. Please type it with letters, numbers and spaces."))
    if not any(letter.isalnum() for letter in name):
        raise ValidationError(_("A name needs at least one letter or number."))
    if _speaks_for_the_place(name):
        raise ValidationError(_("This name could be taken for the people who run the place. Please choose another."))
    if len({script for letter in name for script in _SCRIPTS if unicodedata.name(letter, "").startswith(script)}) > 1:
        raise ValidationError(
            _("Letters of two alphabets can look like another person's name. Please use one alphabet.")
        )
    for check in _further_checks:
        check(name)


def _speaks_for_the_place(name: str) -> bool:
    """Whether a word of the name is an office, or the place's name or its words in place of a name are in it.

    "Leeward Support", "a-moderator" and "With no name" could all be taken for something that the place says.
    """
    spoken = _words(name)
    return bool(_OFFICES & set(spoken.split())) or any(
        _words(said) in spoken for said in (settings.PLACE_NAME, *map(str, IN_PLACE_OF_A_NAME))
    )


def _words(text: str) -> str:
    """The words of a text, each between two spaces, so that only whole ones are found in it."""
    return " " + re.sub(r"[\W_]+", " ", key_of(text)).strip() + " "
