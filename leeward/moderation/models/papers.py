"""The host's papers: versions of the rules, and what was ever given to an authority."""

from __future__ import annotations

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
