"""What a form says of a field that needs another look: one text for each reason, in the voice of the place.

Django's own texts order and count. These ask, blame nobody, and say what would do. A form that has a better word for
one of its fields still gives it with `error_messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NOT_OFFERED = _("This choice is not here any more. Please choose from those shown.")

WORDS: dict[type[forms.Field], dict[str, str | _StrPromise]] = {
    forms.Field: {
        "required": _("This one is needed. It is still empty."),
        "max_length": _("This is longer than we can keep: %(limit_value)d characters fit, and it has %(show_value)d."),
        "min_value": _("Please write %(limit_value)s or more."),
        "max_value": _("Please write %(limit_value)s or less."),
        "null_characters_not_allowed": _("There is a sign in it that cannot be kept. Please write it once more."),
    },
    forms.CharField: {"required": _("Nothing is written here yet.")},
    forms.EmailField: {"invalid": _("This does not look like an e-mail address yet.")},
    forms.IntegerField: {"invalid": _("Please write a whole number here, such as 12.")},
    forms.DateField: {"invalid": _("We could not read this day. Please write it like 2026-05-03.")},
    forms.BooleanField: {"required": _("This is not ticked yet.")},
    forms.ChoiceField: {"required": _("Nothing is chosen yet."), "invalid_choice": _NOT_OFFERED},
    forms.MultipleChoiceField: {
        "required": _("Nothing is ticked yet."),
        "invalid_choice": _NOT_OFFERED,
        "invalid_list": _NOT_OFFERED,
    },
}
"""By the kind of field, and Django's name of the reason."""


def speak_kindly() -> None:
    """Set these words for every form of the place. Call it once, at the start, before any form is made."""
    for kind, words in WORDS.items():
        own = kind.__dict__.get("default_error_messages", {})
        kind.default_error_messages = {**own, **words}
