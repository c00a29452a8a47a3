"""What was decided, what it did, what is said against it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.models.cases import Case


class Act(models.TextChoices):
    """What a moderator can decide."""

    RELEASE = "release", _("Release: show it")
    DISMISS = "dismiss", _("Leave it as it is")
    WORD = "word", _("Leave it, and write a kind word to the writer")
    WARN = "warn", _("Leave it, and warn the writer")
    ASK = "ask", _("Ask the writer to change it: hidden until then")
    HIDE = "hide", _("Hide it")
    REMOVE = "remove", _("Remove it")
    PAUSE = "pause", _("Remove it, and pause the writer’s posting")
    END = "end", _("Remove it, and end the writer’s membership")
    LOCK = "lock", _("Lock it at once: the law may forbid it")
    LIFT = "lift", _("Take the decision back")


RESTRICTIONS = frozenset({Act.WARN, Act.ASK, Act.HIDE, Act.REMOVE, Act.PAUSE, Act.END, Act.LOCK})
"""Decisions that take something from a member, or warn her: each needs a clause and the facts, and is told to her."""

OF_ONE = frozenset({Act.PAUSE, Act.END})
"""Decisions about a member, not about her words alone: of two who told something together the other is not told."""

OUT_OF_SIGHT = frozenset({Act.ASK, Act.HIDE, Act.REMOVE, Act.PAUSE, Act.END, Act.LOCK})
"""Decisions that take the thing out of others' sight."""


class Found(models.TextChoices):
    """How a text came before a person, as its writer is told (docs/decisions/0015-what-a-statement-says.md)."""

    UNSAID = "", _("not said: few people could see it")
    NOTICE = "notice", _("someone pointed it out")
    READING = "reading", _("a person reads such texts before others see them")
    SCREENING = "screening", _("the screening asked a person to read it")


class Decision(models.Model):
    """One decision on a case: what, under which clause, the facts, and by whom. The name of `by` is never shown."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(max_length=8, choices=Act.choices)
    clause = models.CharField(max_length=20, blank=True)  # moderation.rules
    reason = models.TextField(blank=True)  # the facts, as the member is told
    at = models.BigIntegerField(default=now_us)
    law = models.CharField(max_length=300, blank=True)  # which law, where the law is the reason
    rules = models.PositiveIntegerField(default=1)  # the version of the rules that it rests on
    until = models.BigIntegerField(null=True)  # when a pause ends by itself; null: when it is taken back
    together = models.CharField(max_length=14, blank=True, db_index=True)  # shared by decisions made in one stroke
    touched_at = models.BigIntegerField(null=True)  # the thing's last change as the moderator read it
    undone_at = models.BigIntegerField(null=True)
    found = models.CharField(max_length=10, choices=Found.choices, blank=True, default=Found.UNSAID)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-at"], name="decision_newest_first")]

    @property
    def told_to(self) -> list[Member]:
        """Who is told of it: whose words it is about, both of two. What keeps one from writing concerns her alone."""
        both = (self.case.author, None if self.act in OF_ONE else self.case.also)
        return [member for member in both if member is not None]

    @property
    def is_restriction(self) -> bool:
        """Whether it took something from a member."""
        return self.act in RESTRICTIONS

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.undone_at is None


class Effect(models.Model):
    """What a decision did to one thing, so that it can be undone: the state before. Ending a membership has many."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="effects")
    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    state_before = models.SmallIntegerField()
    touched_at = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "kind", "thing_id"], name="one_effect_a_thing")
        ]


class Appeal(models.Model):
    """That a member objects to a decision. Another person than the first decides."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    words = models.CharField(max_length=4000, blank=True)
    at = models.BigIntegerField(default=now_us)
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    heard_at = models.BigIntegerField(null=True)
    granted = models.BooleanField(null=True)  # null and heard: the decision had ended by itself
    answer = models.TextField(blank=True)  # why, as the member is told


class Telling(models.Model):
    """That the person whom a threat or an exposure was aimed at is told of it: two moderators decide so."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="telling")
    told = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.BigIntegerField(default=now_us)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.BigIntegerField(null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    declined_at = models.BigIntegerField(null=True)  # a second reader would not tell; it may be proposed anew
