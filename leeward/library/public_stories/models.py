"""What this part keeps: stories that were told in public elsewhere, what was suggested, and what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.audience.notes import ContentNote, notes_in
from leeward.kit.refs import REF_LENGTH, random_ref

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_SUMMARY = 600
"""Characters of what an editor says of a story: a few sentences, never an abridgement."""


class State(models.TextChoices):
    """How far an entry is. A removed one is no row any more: of it a keyed digest is kept (`Removed`)."""

    SUGGESTED = "suggested", _("Waits for an editor")
    APPROVED = "approved", _("In the library")


class Ground(models.TextChoices):
    """On what ground an entry is kept, in plain words."""

    PUBLICATION = "publication", _("Told in a publication by the person whose story it is")
    OWN_PAGE = "own_page", _("Told on a page of the person's own, which everybody can read")
    PUBLIC_POST = "public_post", _("Told in posts that the person made public, and that a publication repeats")
    AGREED = "agreed", _("Kept here with the agreement of the person whose story it is")


class Telling(models.Model):
    """What one person told in public, at one time and another."""

    name = models.CharField(max_length=200, unique=True)  # of the one who tells, as the articles have it

    @property
    def known_as(self) -> str:
        """Its name, for editors."""
        return self.name


class PublicStory(models.Model):
    """An article, as the library keeps it: a link, an editor's few words, and facets.

    Until it is approved, and for 30 days at most, the cleaned text stands in `body`, and in `suggested` what it
    suggests with the words; both go with the approval.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=random_ref)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    title = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=1000, blank=True)
    published_on = models.DateField(null=True, blank=True)  # as the article says; None: it does not
    language = models.CharField(max_length=12)
    notes = models.BigIntegerField(default=0)  # audience.notes
    telling = models.ForeignKey(Telling, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories")
    place = models.PositiveSmallIntegerField(default=1)  # among those of the same telling
    body = models.TextField(blank=True)
    suggested = models.JSONField(default=dict)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True)
    told_by_herself = models.BooleanField(default=False)  # the editor states it; without it nothing is approved
    text_digest = models.CharField(max_length=64, unique=True)  # keyed
    address_digest = models.CharField(max_length=64, null=True, unique=True)  # keyed; None: without a link
    brought_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)  # she asked for its removal; an editor decides
    version = models.PositiveIntegerField(default=1)  # counted up with every change by an editor

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "hidden_at", "-approved_at"], name="public_stories_shown")
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("public_stories:read", args=[self.ref])

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees it."""
        return self.state == State.APPROVED and self.hidden_at is None

    @property
    def content_notes(self) -> list[ContentNote]:
        """What is inside."""
        return notes_in(self.notes)

    @property
    def ground_in_words(self) -> str | _StrPromise:
        """On what ground it is kept."""
        return Ground(self.ground).label if self.ground else ""


class PublicFact(models.Model):
    """A facet of the vocabulary that a story tells."""

    story = models.ForeignKey(PublicStory, on_delete=models.CASCADE, related_name="facts")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["story", "facet", "key"], name="a_public_fact_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["facet", "key"], name="public_facts_by_key")]


class Asker(models.TextChoices):
    """Who asks for a removal."""

    HERSELF = "herself", _("It is my story, or that of my child")
    CLOSE = "close", _("I am close to the person who is told of")
    READER = "reader", _("I only read it here")


class RemovalAsked(models.Model):
    """That somebody asked for a story's removal. Who, is not kept: anybody may, without an account."""

    story = models.ForeignKey(PublicStory, on_delete=models.CASCADE, related_name="asked")
    who = models.CharField(max_length=8, choices=Asker.choices)
    reason = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)  # an editor looked, and the story stays

    @property
    def who_in_words(self) -> str | _StrPromise:
        """Who asked."""
        return Asker(self.who).label


class Removed(models.Model):
    """That an address or a text was here and was removed: it is not taken in again. A keyed digest alone says which."""

    digest = models.CharField(max_length=64, unique=True)
    removed_at = models.DateTimeField(default=timezone.now)
