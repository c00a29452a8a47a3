"""What a person has to look at, what was said about it, and what was decided: rows with who, when and why."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref


class FirstTexts(models.Model):
    """How many of a member's texts a person has read and released."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_texts")
    released = models.PositiveIntegerField(default=0)


class Because(models.TextChoices):
    """Why a thing waits for a person."""

    FIRST_TEXT = "first_text", _("One of a new member's first texts")
    REPORT = "report", _("Someone reported it")


class CaseState(models.IntegerChoices):
    """Whether a case still waits."""

    OPEN = 0, _("open")
    DECIDED = 1, _("decided")


class Priority(models.IntegerChoices):
    """What is looked at first."""

    ORDINARY = 0, _("ordinary")
    URGENT = 1, _("urgent")


class Case(models.Model):
    """One thing that a person has to look at. A thing has one open case at most."""

    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    kind = models.CharField(max_length=40)  # "stories.story"
    thing_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    around = models.JSONField(default=list)  # what the thing is inside of, innermost first: [["stories.story", 5]]
    because = models.CharField(max_length=12, choices=Because.choices)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    state = models.SmallIntegerField(choices=CaseState.choices, default=CaseState.OPEN)
    at = models.BigIntegerField(default=now_us)
    decided_at = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "thing_id"], condition=models.Q(state=CaseState.OPEN), name="one_open_case_a_thing"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-priority", "at"], name="case_queue"),
            models.Index(fields=["kind", "thing_id"], name="case_by_thing"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state == CaseState.OPEN

    @property
    def is_urgent(self) -> bool:
        """Whether it is looked at first."""
        return self.priority == Priority.URGENT

    @property
    def opening_reason(self) -> str:
        """The line under which the log of openings names this case."""
        return f"case {self.ref}: {self.because}"


class Report(models.Model):
    """That someone asked a person to look, in a reason from the list and, if she liked, in her own words.

    Without a reporter it came from a stranger, or from a member who has left.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=20)  # moderation.reasons
    words = models.CharField(max_length=1000, blank=True)
    at = models.BigIntegerField(default=now_us)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "reporter"], name="one_report_a_case_and_reporter")
        ]


class Act(models.TextChoices):
    """What a moderator can decide."""

    RELEASE = "release", _("Release: show it")
    DISMISS = "dismiss", _("Leave it as it is")
    HIDE = "hide", _("Hide it until it is changed")
    REMOVE = "remove", _("Remove it")
    SUSPEND = "suspend", _("Remove it, and keep the writer from writing")
    LIFT = "lift", _("Take the decision back")


RESTRICTIONS = frozenset({Act.HIDE, Act.REMOVE, Act.SUSPEND})
"""Decisions that take something from a member: each needs a clause and the facts, and is told to her."""


class Decision(models.Model):
    """One decision on a case: what, under which clause, the facts, and by whom. The name of `by` is never shown."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(max_length=8, choices=Act.choices)
    clause = models.CharField(max_length=20, blank=True)  # moderation.rules
    reason = models.TextField(blank=True)  # the facts, as the member is told
    at = models.BigIntegerField(default=now_us)
    state_before = models.SmallIntegerField(null=True)  # the thing's state, and its touched_at just after: to take back
    touched_at = models.BigIntegerField(null=True)
    undone_at = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-at"], name="decision_newest_first")]

    @property
    def is_restriction(self) -> bool:
        """Whether it took something from a member."""
        return self.act in RESTRICTIONS

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.undone_at is None


class Evidence(models.Model):
    """The text as it was when it was reported or restricted. Kept as long as retention says, then gone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    text = models.TextField()
    taken_at = models.BigIntegerField(default=now_us)
