"""What is asked at the doors of this room, and how it is looked over. Passphrases are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.members.models import Member
from leeward.members.names import LONGEST, check_name, key_of, tidy

LONGEST_PASSPHRASE = 256
"""Longer ones would only make the hashing slow."""

_needed_to_join = gettext_lazy("This is asked of everyone who joins.")


def _passphrase(label: Any, *, new: bool = False, hint: Any = "") -> forms.CharField:
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        strip=False,
        max_length=LONGEST_PASSPHRASE,
        widget=forms.PasswordInput(attrs=attributes),
    )


def _name_input() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})


def _hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


def _shared() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("This is a shared computer"),
        help_text=gettext_lazy(
            "Or a borrowed one. You are signed out when the browser is closed, or after 30 minutes without a page, "
            "and it keeps nothing of what you write."
        ),
        required=False,
    )


class NameField(forms.CharField):
    """A chosen name that is being taken: tidied and looked over. Whether it is free, the form asks."""

    def clean(self, value: Any) -> str:
        """The tidy name."""
        name = tidy(super().clean(value))
        check_name(name)
        return name


class _TakesName(forms.Form):
    """A form in which a name is taken. While its door waits it does not say whether the name is free."""

    member: Member | None = None
    door_waits = False

    def clean_name(self) -> str:
        """The name, if nobody else has it."""
        name: str = self.cleaned_data["name"]
        return name if self.door_waits else _free(name, but=self.member)

    def make_wait(self, words: str) -> None:
        """Say that the door waits, and nothing of the name."""
        self.door_waits = True
        self.add_error(None, words)


class _NewPassphrase(forms.Form):
    """Two fields that must agree. A form of this kind sets `member` for the comparison with her name."""

    member: Member | None = None
    passphrase_is_needed = True

    def clean(self) -> dict[str, Any]:
        """Look the new passphrase over: typed twice alike, long enough, not one that everyone guesses."""
        cleaned = super().clean() or {}
        first, again = cleaned.get("passphrase", ""), cleaned.get("passphrase_again", "")
        if not (self.passphrase_is_needed or first or again):
            return cleaned
        if not first:
            self.add_error("passphrase", _("Please choose a passphrase: a few words that only you would put together."))
        elif first != again:
            self.add_error("passphrase_again", _("The two are not the same. Please type both again."))
        else:
            self._look_over(first, cleaned)
        return cleaned

    def _look_over(self, passphrase: str, cleaned: dict[str, Any]) -> None:
        try:
            validate_password(passphrase, self.member or Member(name=cleaned.get("name", "")))
        except forms.ValidationError as weak:
            self.add_error("passphrase", weak)


class JoinForm(_TakesName, _NewPassphrase):
    """A name, a passphrase or a passkey, the age, the rules. Nothing else is asked."""

    name = NameField(
        label=gettext_lazy("A name for this place"),
        help_text=gettext_lazy(
            "Others see it. It need not be yours: please not your full name, nor one used elsewhere."
        ),
        max_length=LONGEST,
        widget=_name_input(),
        error_messages={"required": gettext_lazy("Please choose a name. It can be any word.")},
    )
    passphrase = _passphrase(
        gettext_lazy("A passphrase"),
        new=True,
        hint=gettext_lazy("At least 10 letters. A few words in a row are easy to keep and hard to guess."),
    )
    passphrase_again = _passphrase(gettext_lazy("The same passphrase again"), new=True)
    passkey = _hidden()
    of_age = forms.BooleanField(label="", error_messages={"required": _needed_to_join})
    agrees = forms.BooleanField(
        label=gettext_lazy("I have read the rules and the privacy notice, and agree to them"),
        error_messages={"required": _needed_to_join},
    )
    shared = _shared()
    next = _hidden()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_age"].label = _("I am %(age)s or over") % {"age": settings.MINIMUM_AGE}
        self.passphrase_is_needed = not self.data.get("passkey")


class SignInForm(forms.Form):
    """A chosen name and a passphrase, or a passkey; and whatever was being said when the session had ended."""

    name = forms.CharField(label=gettext_lazy("Your name here"), required=False, max_length=200, widget=_name_input())
    passphrase = _passphrase(gettext_lazy("Your passphrase"))
    passkey = _hidden()
    shared = _shared()
    carried = _hidden()
    next = _hidden()

    def clean(self) -> dict[str, Any]:
        """A passkey, or both of the others."""
        cleaned = super().clean() or {}
        if not cleaned.get("passkey"):
            if not cleaned.get("name"):
                self.add_error("name", _("Please type the name that you chose here."))
            if not cleaned.get("passphrase"):
                self.add_error("passphrase", _("Please type your passphrase."))
        return cleaned


class ConfirmForm(forms.Form):
    """Passphrase or passkey once more, before what cannot be undone."""

    passphrase = _passphrase(gettext_lazy("Your passphrase"))
    passkey = _hidden()
    carried = _hidden()
    next = _hidden()


class RecoverForm(_NewPassphrase):
    """A name, a printed code, and a new passphrase."""

    name = forms.CharField(label=gettext_lazy("Your name here"), max_length=200, widget=_name_input())
    code = forms.CharField(
        label=gettext_lazy("One of your printed codes"),
        help_text=gettext_lazy("Sixteen letters and numbers. Spaces, hyphens and capitals do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    passphrase = _passphrase(gettext_lazy("A new passphrase"), new=True, hint=gettext_lazy("At least 10 letters."))
    passphrase_again = _passphrase(gettext_lazy("The same passphrase again"), new=True)
    shared = _shared()


class PassphraseForm(_NewPassphrase):
    """A new passphrase."""

    passphrase = _passphrase(gettext_lazy("The new passphrase"), new=True, hint=gettext_lazy("At least 10 letters."))
    passphrase_again = _passphrase(gettext_lazy("The same passphrase again"), new=True)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member


class NameForm(_TakesName):
    """Another chosen name."""

    name = NameField(label=gettext_lazy("Your name here"), max_length=LONGEST, widget=_name_input())

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member


class EmailForm(forms.Form):
    """Where letters go; empty for none."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail for letters"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LeaveForm(forms.Form):
    """That she means it."""

    meant = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone, and I want to leave"))


def _free(name: str, but: Member | None = None) -> str:
    others = Member.objects.filter(name_key=key_of(name))
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise forms.ValidationError(name_is_taken())
    return name


def name_is_taken() -> str:
    """What is said of a name that somebody has, and what to do."""
    return _(
        "Somebody here has this name. A second word or a number makes it yours. If it already is, sign in instead."
    )
