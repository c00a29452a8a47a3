"""What everything shown to others has in common: an author, an audience, a state, a place in time, content notes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.changing import gone
from leeward.audience.guard import GuardedManager, lock_row
from leeward.audience.models import Ring
from leeward.audience.notes import ContentNote, notes_in
from leeward.kit.moments import FAR_FUTURE, now_us
from leeward.kit.refs import random_ref
from leeward.members.models import Member


class State(models.IntegerChoices):
    """Where a thing is on its way. Only what is live is shown to others."""

    LIVE = 0, gettext_lazy("shown")
    DRAFT = 1, gettext_lazy("a draft")
    HELD = 2, gettext_lazy("waiting to be read by a person")
    WITHDRAWN = 3, gettext_lazy("taken out of sight")


class Shared(models.Model):
    """The base of everything shown to others. Its rows are seen through `visible_to` alone.

    A model of its own audience also has a table of `Audience` rows and names it in `audience_rows`.
    A thing inside others names the foreign keys to all of them in `inside`, the nearest first; it may be seen only if
    each of them may. One that may be empty counts where it is not. If the author of the outermost can hide it, it names
    the field with the moment of that in `hidden_by_around`. What two tell together names the foreign key to the second,
    which is empty where one tells alone, in `also_by`; such a thing is always signed.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.BooleanField(default=True)
    ref = models.CharField(max_length=14, unique=True, default=random_ref, editable=False)
    state = models.SmallIntegerField(choices=State.choices, default=State.DRAFT)
    at = models.BigIntegerField(null=True, unique=True)  # moment of publication, microseconds; pages are turned by it
    until = models.BigIntegerField(default=FAR_FUTURE)
    notes = models.BigIntegerField(default=0)  # bit mask, audience.notes: what readers are spared by
    perhaps = models.BigIntegerField(default=0)  # those of `notes` that only the text suggests, until its author says
    not_inside = models.BigIntegerField(default=0)  # what the text suggested and its author said is not inside
    touched_at = models.BigIntegerField(default=now_us)  # last change, to notice two tabs

    objects: ClassVar[Any] = GuardedManager()

    inside: ClassVar[tuple[str, ...]] = ()
    hidden_by_around: ClassVar[str] = ""
    also_by: ClassVar[str] = ""
    audience_rows: ClassVar[Any] = None  # a concrete Audience, or None; Any, because each adds its own `thing`

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Where it can be read."""
        raise NotImplementedError(f"{type(self).__name__} must say where it is read.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it, from the search too. Its row is locked first: what is tied to it just now is seen, and goes."""
        with transaction.atomic():
            lock_row(type(self), self.pk)
            gone(type(self), [self.pk])
            return super().delete(*args, **kwargs)

    def title_words(self) -> str:
        """A short name for lists."""
        raise NotImplementedError(f"{type(self).__name__} must have a title.")

    def excerpt(self) -> str:
        """Its first words, plain."""
        raise NotImplementedError(f"{type(self).__name__} must have an excerpt.")

    def full_text(self) -> str:
        """All words of it that a reader meets: what is screened, kept as evidence, exported."""
        raise NotImplementedError(f"{type(self).__name__} must have a text.")

    @property
    def also_id(self) -> int | None:
        """The key of the second of two who tell it together; None where one tells it."""
        return getattr(self, f"{self.also_by}_id") if self.also_by else None

    @property
    def also(self) -> Member | None:
        """The second of two who tell it together."""
        return getattr(self, self.also_by) if self.also_id is not None else None

    @property
    def tellers(self) -> frozenset[int]:
        """The keys of those who tell it: one, two, or none if its author has left."""
        return frozenset(key for key in (self.author_id, self.also_id) if key is not None)

    @property
    def writer_names(self) -> str | None:
        """The name that stands under it where it is signed, or both names; None if its author has left."""
        if self.author is None:
            return None
        other = self.also
        if other is None:
            return self.author.name
        return _("%(one)s and %(other)s") % {"one": self.author.name, "other": other.name}

    @property
    def things_around(self) -> list[Shared]:
        """What it is inside of, the nearest first, the outermost last."""
        return [around for around in (getattr(self, name) for name in self.inside) if around is not None]

    @property
    def content_notes(self) -> list[ContentNote]:
        """What is inside, as its author says, or perhaps is, as only its text suggests."""
        return notes_in(self.notes, perhaps=self.perhaps)

    @property
    def said_notes(self) -> list[ContentNote]:
        """What its author says is inside."""
        return notes_in(self.notes & ~self.perhaps)

    @property
    def suggested_notes(self) -> list[ContentNote]:
        """What only its text suggests is inside, and its author is asked about."""
        return notes_in(self.perhaps)

    @property
    def denied_notes(self) -> list[ContentNote]:
        """What its text suggested, and its author said is not inside."""
        return notes_in(self.not_inside)

    @property
    def notes_in_words(self) -> dict[str, list[str]]:
        """What is inside and what is not, as its author's copy of everything says it."""
        inside = {"inside": self.content_notes, "said_not_inside": self.denied_notes}
        return {key: [str(note.label) for note in notes] for key, notes in inside.items()}

    def is_for_others(self) -> bool:
        """Whether anybody but its author is meant. What has no audience of its own has that of what it is inside."""
        rows = self.audience_rows
        if rows is None:
            return all(around.is_for_others() for around in self.things_around)
        return bool(rows._default_manager.filter(thing_id=self.pk).exists())

    @property
    def is_live(self) -> bool:
        """Whether it is shown to its audience now."""
        return self.state == State.LIVE and self.until > now_us()

    @property
    def is_held(self) -> bool:
        """Whether it waits for a person to read it first."""
        return self.state == State.HELD


class Audience(models.Model):
    """That a thing is shown to a ring. A concrete table adds the foreign key `thing`.

    `at` is copied from the thing, so that who may see very little is served by going through her rings.
    """

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
