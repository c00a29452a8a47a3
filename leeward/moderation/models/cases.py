"""What a person has to look at, what was said about it, and the text as it was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref


class Because(models.TextChoices):
    """Why a thing waits for a person."""

    FIRST_TEXT = "first_text", _("One of a new member's first texts")
    REPORT = "report", _("Someone reported it")
    DOUBTFUL = "doubtful", _("It may hurt someone")
    CARE = "care", _("Someone may be in danger")


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
    also = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the second of two who tell it together
    around = models.JSONField(default=list)  # what the thing is inside of, innermost first: [["stories.story", 5]]
    because = models.CharField(max_length=12, choices=Because.choices)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    state = models.SmallIntegerField(choices=CaseState.choices, default=CaseState.OPEN)
    signs = models.JSONField(default=list)  # what the screening found: keys of moderation.signs
    notes = models.BigIntegerField(default=0)  # what is inside it and around it, so that a moderator can be spared it
    under_kind = models.CharField(max_length=40, default="")  # the outermost thing around it, or it itself:
    under_id = models.BigIntegerField(default=0)  # what the queue groups by
    few = models.BooleanField(default=False)  # when it was reported, few could see it: nobody is told that it was
    needs_second = models.BooleanField(default=False)  # a second reader was called
    second_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the moderator who called her
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
            models.Index(fields=["under_kind", "under_id", "state"], name="case_by_story"),
        ]

    @property
    def tellers(self) -> frozenset[int]:
        """The keys of those whose words it is about: one, two who told it together, or none any more."""
        return frozenset(key for key in (self.author_id, self.also_id) if key is not None)

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

    @property
    def opening_reasons(self) -> list[str]:
        """Every line under which it may stand there: why it waits can change after somebody has opened it."""
        return [f"case {self.ref}: {because}" for because in Because.values]


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


class Evidence(models.Model):
    """The text as it was when it was reported or restricted. Kept as long as retention says, then gone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    text = models.TextField()
    taken_at = models.BigIntegerField(default=now_us)
