"""The host's papers: versions of the rules, texts of its own, what was given to an authority, and plain numbers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leeward.kit.moments import now_us


class RulesVersion(models.Model):
    """The rules of the house as they stood from a moment on. Version 1 is what the place came with."""

    number = models.PositiveIntegerField(unique=True)
    at = models.BigIntegerField(default=now_us)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    clauses = models.JSONField()  # [{"key": …, "title": …, "text": …}], in order
    why = models.CharField(max_length=1000, blank=True)  # what changed and why, as members read it


class Disclosure(models.Model):
    """That something was given to an authority, or asked for and refused. Without the member's name."""

    on = models.DateField()
    authority = models.CharField(max_length=200)
    ground = models.CharField(max_length=500)  # the order, the law, the danger
    what = models.CharField(max_length=1000)  # which kinds of data; no words of anybody
    given = models.BooleanField()
    member_told = models.CharField(max_length=500)  # when, or why not (yet)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.BigIntegerField(default=now_us)


class HostText(models.Model):
    """A text that the host stands behind, or has yet to: a route, the policy on emergencies, a published report.

    The newest of a key is in force. Rows are kept, so that it can be told what stood here and who confirmed it.
    """

    key = models.CharField(max_length=40)  # "route.child", "transparency.2027"
    text = models.TextField()
    role = models.CharField(max_length=80, blank=True)  # as what its confirmer confirmed it; empty: not confirmed
    at = models.BigIntegerField(default=now_us)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key", "-at"], name="host_text_newest")]


class DayCount(models.Model):
    """How often something happened on one day. It points at nobody, and stays when rows of persons go."""

    day = models.DateField()
    what = models.CharField(max_length=80)  # moderation.papers.counting
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "what"], name="one_count_a_day")
        ]
