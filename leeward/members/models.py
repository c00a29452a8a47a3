"""Who belongs here: members, what they agreed to, and the ways in which they sign in."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref
from leeward.members.names import LONGEST_KEY, key_of


def today() -> datetime.date:
    """This day in UTC: where a date is kept and not a moment, more need not be known."""
    return timezone.now().date()


class MemberManager(BaseUserManager["Member"]):
    """Members are found by their chosen name, however it is cased or composed."""

    def get_by_natural_key(self, name: str | None) -> Member:
        """The member with this chosen name; DoesNotExist if there is none."""
        return self.get(name_key=key_of(name or ""))


class Member(AbstractBaseUser):
    """A person with an account: a chosen name and a way to sign in. Nothing else is needed.

    No real name, birth date, telephone, time of last visit or network address is kept.
    """

    last_login = None  # When she was last here is nobody's business.
    name = models.CharField(_("chosen name"), max_length=40)
    name_key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)
    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    email = models.EmailField(_("e-mail for letters"), blank=True)
    is_active = models.BooleanField(default=True)
    is_moderator = models.BooleanField(default=False)
    is_host = models.BooleanField(default=False)
    is_greeter = models.BooleanField(default=False)  # on which days: moderation.models.GreetingDay
    is_editor = models.BooleanField(default=False)  # of the library: guides, services, public stories
    is_invented = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)  # null: until the decision is taken back
    ended_at = models.DateTimeField(null=True, blank=True)  # a decision ended her membership
    joined_on = models.DateField(default=today)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "name_key"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Every page asks whether there is one: where there is none, all members would be looked through.
            models.Index(fields=["is_invented"], condition=models.Q(is_invented=True), name="invented_members"),
            # Whatever waits for a person asks for the few who moderate or host, among all members.
            models.Index(fields=["is_moderator"], condition=models.Q(is_moderator=True), name="moderators"),
            models.Index(fields=["is_host"], condition=models.Q(is_host=True), name="hosts"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        """Keep the key by which the name is found in step with the name."""
        self.name_key = key_of(self.name)
        super().save(**kwargs)  # type: ignore[arg-type]  # passed through unchanged

    @property
    def is_suspended(self) -> bool:
        """Whether a decision keeps her from writing now."""
        if self.ended_at is not None:
            return True
        if self.suspended_at is None:
            return False
        return self.suspended_until is None or self.suspended_until > timezone.now()

    @property
    def has_ended(self) -> bool:
        """Whether a decision ended her membership: then she sees what a stranger sees, and her own words."""
        return self.ended_at is not None

    @property
    def may_greet(self) -> bool:
        """Whether first texts that nobody has answered yet are brought before her."""
        return self.is_greeter or self.is_moderator or self.is_host

    @property
    def may_edit(self) -> bool:
        """Whether she tends the library: an editor or the host, unless a decision keeps her from writing."""
        return (self.is_editor or self.is_host) and self.may_write

    @property
    def may_write(self) -> bool:
        """Whether she may put words before others. Reading, exporting and leaving are never taken from her."""
        return not self.is_suspended


def members_who_may_write() -> models.QuerySet[Member]:
    """Those whom no decision keeps from writing now, as a set: a pause that has run out keeps nobody."""
    paused = models.Q(suspended_at__isnull=False) & (
        models.Q(suspended_until=None) | models.Q(suspended_until__gt=timezone.now())
    )
    return Member.objects.filter(~paused, ended_at=None)


class Purpose(models.TextChoices):
    """What a member may agree to: each asked alone, each revocable (GDPR article 9(2)(a))."""

    JOURNEY = "journey", _("keeping my journey")
    COUNTED = "counted", _("being counted")
    FOUND = "found", _("being found by others")
    FAITH = "faith", _("faith")


class Consent(models.Model):
    """One agreement to one purpose, from when until when, and the version of the words she agreed to."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    wording = models.CharField(max_length=12)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "purpose"], condition=models.Q(withdrawn_at=None), name="one_consent_in_force"
            )
        ]


class Passkey(models.Model):
    """The public half of a passkey. The private half never leaves her device."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="passkeys")
    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    credential = models.CharField(max_length=1400, unique=True)  # its id, base64url (WebAuthn: 1023 bytes at most)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    label = models.CharField(_("name of this passkey"), max_length=60)
    added_on = models.DateField(default=today)


class RecoveryCode(models.Model):
    """One printed code, as a digest. A used one stays until new ones are made, to be recognised as used."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_on = models.DateField(null=True)


class Session(models.Model):
    """One browser that is signed in, or a stranger's few minutes. Never an address."""

    key = models.CharField(max_length=40, primary_key=True)  # a digest: the cookie's value is kept by the browser alone
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="sessions")
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)
    label = models.CharField(max_length=60, blank=True)  # "Firefox on Android"
    shared = models.BooleanField(default=False)
    started_on = models.DateField(default=today)
    used_on = models.DateField(default=today)


class Attempt(models.Model):
    """One try at a limited door, by a name or a network address. Whose it was cannot be read from it."""

    door = models.CharField(max_length=12)
    subject = models.CharField(max_length=64)  # HMAC-SHA256 under the day's key
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "door", "at"], name="attempt_by_subject")
        ]


class DailyKey(models.Model):
    """The key under which one day's attempts are counted. Without it they are nobody's."""

    day = models.DateField(unique=True)
    key = models.BinaryField()


class Unsent(models.Model):
    """What she began to write to others and has not sent, or what could not be taken. Only she sees it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    to = models.CharField(max_length=200)  # the path to which its form is sent
    page = models.CharField(max_length=200)  # the path of the page on which she writes it
    fields = models.JSONField()  # the form's values by their names, each a list of texts
    touched_at = models.BigIntegerField(default=now_us, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "to"], name="unsent_once_a_form")
        ]


class BrowserKey(models.Model):
    """The key under which one of her browsers keeps what she writes. Without it the browser's copies say nothing."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    key = models.CharField(max_length=44)  # 32 random bytes, base64
    made_on = models.DateField(default=today)
