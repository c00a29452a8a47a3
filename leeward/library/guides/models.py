"""What this part keeps: guides, each version of them, who did what with it, and who reviewed it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from leeward.audience.notes import ContentNote, notes_in
from leeward.kit.moments import now_us
from leeward.library.guides.content import Content
from leeward.library.guides.tongues import tongue_of


class State(models.TextChoices):
    """How far a version is."""

    DRAFT = "draft", _("A draft")
    SECOND = "second", _("With a second reader")
    AGREED = "agreed", _("Agreed, not yet published")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a newer version")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (State.DRAFT, State.SECOND, State.AGREED)
"""States of a version that is worked on."""


class What(models.TextChoices):
    """What was done with a version."""

    CAME = "came", _("Came with the program")
    WROTE = "wrote", _("Written")
    HANDED = "handed", _("Given to a second reader")
    AGREED = "agreed", _("Agreed to, as it stands")
    GIVEN_BACK = "given_back", _("Given back")
    PUBLISHED = "published", _("Published")
    REVIEWED = "reviewed", _("Reviewed again")
    REPLACED = "replaced", _("Replaced by a newer version")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Guide(models.Model):
    """A guide in one language. Those with the same key say the same in several."""

    key = models.SlugField(max_length=60)  # stands in its address: never changed
    language = models.CharField(max_length=12)  # as BCP 47 writes it: "en", "pt-BR"
    order = models.SmallIntegerField(default=100)  # where it stands in lists

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="a_guide_once_a_language")
        ]

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return self._address("read")

    @property
    def is_main(self) -> bool:
        """Whether it is in the language of the place."""
        return self.language == settings.LANGUAGE_CODE

    @property
    def tongue(self) -> Markup:
        """The attributes of its words, where they are not in the language of the place."""
        return tongue_of(self.language)

    @property
    def sheet_url(self) -> str:
        """Where its sheet is printed."""
        return self._address("sheet")

    def _address(self, door: str) -> str:
        if self.is_main:
            return reverse(f"guides:{door}", args=[self.key])
        return reverse(f"guides:{door}_in", args=[self.key, self.language])


class Version(models.Model):
    """A version of a guide: its words, and how far they are. What came with the program is never changed in place."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400)
    speaks_to = models.JSONField(default=list)  # keys of content.SPEAKS_TO
    facets = models.JSONField(default=list)  # "facet:key" of the vocabulary; empty: everybody
    notes = models.BigIntegerField(default=0)  # audience.notes
    uses = models.JSONField(default=list)  # topics of the rules of countries
    text = models.TextField()
    sources = models.JSONField(default=list)  # id, publisher, title, url, seen
    shipped = models.CharField(max_length=16, blank=True)  # the print of the text that came with the program
    touched_at = models.BigIntegerField(default=now_us)  # when its words or its state changed last, microseconds

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["guide", "number"], name="a_number_once_a_guide"),
            models.UniqueConstraint(
                fields=["guide"], condition=models.Q(state="published"), name="one_published_version"
            ),
            models.UniqueConstraint(
                fields=["guide", "shipped"], condition=~models.Q(shipped=""), name="a_shipped_text_once"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is worked on."""
        return self.state in OPEN

    @property
    def content(self) -> Content:
        """Its words, and what is said of them."""
        return Content.from_fields({name: getattr(self, name) for name in Content.__dataclass_fields__})

    @property
    def content_notes(self) -> list[ContentNote]:
        """What is inside."""
        return notes_in(self.notes)

    def as_fields(self) -> dict[str, Any]:
        """The columns that hold its content."""
        return self.content.as_fields()


class Step(models.Model):
    """That somebody did something with a version. Rows are kept; who leaves the place is no longer named in them."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.BigIntegerField(default=now_us)
    words = models.TextField(blank=True)  # why it was given back or withdrawn

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]


class Review(models.Model):
    """That a named person of the host's staff reviewed exactly this version, when, and until when that holds.

    The name is that of a person who was told that everybody sees it; it is no member's.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.CharField(max_length=80)
    reviewed_on = models.DateField()
    review_by = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    @property
    def is_over(self) -> bool:
        """Whether the day has passed by which it was to be reviewed again."""
        return timezone.localdate() > self.review_by
