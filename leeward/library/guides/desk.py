"""What the editors' desk shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from leeward.library.guides.actions import hands_in
from leeward.library.guides.content import Content
from leeward.library.guides.models import Guide, Review, State, Step, Version
from leeward.library.guides.reading import guide_context, links_to, readable, reader_of
from leeward.library.guides.tongues import language_name
from leeward.members.models import Member

SOON = datetime.timedelta(days=30)
"""So long before its day a guide that is to be reviewed again stands among what is due."""


@dataclass
class Shelf:
    """A guide with its versions, the newest first, and until when what is published was reviewed."""

    guide: Guide
    versions: list[Version] = field(default_factory=list)
    review_by: datetime.date | None = None

    @property
    def language(self) -> str:
        """Its language, by its own name."""
        return language_name(self.guide.language)

    @property
    def title(self) -> str:
        """The newest title."""
        return self.versions[0].title

    @property
    def shown(self) -> list[Version]:
        """What is worked on or published; else the newest."""
        return [one for one in self.versions if one.is_open or one.state == State.PUBLISHED] or self.versions[:1]

    @property
    def is_over(self) -> bool:
        """Whether it was to be reviewed again, and was not."""
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def is_due(self) -> bool:
        """Whether it is to be reviewed again soon."""
        return self.review_by is not None and self.review_by <= timezone.localdate() + SOON


def desk_of(member: Member) -> dict[str, Any]:
    """The guides on the desk, and what is due. Two questions."""
    newest = Review.objects.filter(version=OuterRef("pk")).order_by("-at", "-pk").values("review_by")[:1]
    rows = Version.objects.select_related("guide").defer("text", "sources").annotate(due=Subquery(newest))
    shelves: dict[int, Shelf] = {}
    for row in rows.order_by("guide__order", "guide__key", "guide__language", "-number"):
        shelf = shelves.setdefault(row.guide_id, Shelf(row.guide))
        shelf.versions.append(row)
        if row.state == State.PUBLISHED:
            shelf.review_by = row.due
    waiting = [one for shelf in shelves.values() for one in shelf.versions if one.state == State.SECOND]
    hands = hands_in(*waiting)
    return {
        "shelves": list(shelves.values()),
        "due": sorted((shelf for shelf in shelves.values() if shelf.is_due), key=lambda shelf: str(shelf.review_by)),
        "to_read": [one for one in waiting if member.pk not in hands[one.pk]],
        "agreed": [one for shelf in shelves.values() for one in shelf.versions if one.state == State.AGREED],
    }


def page_of(version: Version, member: Member) -> dict[str, Any]:
    """A version as it will be read, to its editors."""
    return guide_context(version, reader_of(member), links_to(readable(), version.guide.language))


def history_of(version: Version) -> list[Step]:
    """Who did what with a version, in order."""
    return list(Step.objects.filter(version=version).select_related("by"))


def earlier_of(version: Version) -> list[Version]:
    """The other versions of its guide, the newest first."""
    others = Version.objects.filter(guide=version.guide_id).exclude(pk=version.pk)
    return list(others.defer("text", "sources").order_by("-number"))


def preview_of(content: Content, guide: Guide, member: Member) -> dict[str, Any]:
    """A text that is not kept, as it will be read."""
    version = Version(guide=guide, number=1, **content.as_fields())
    return page_of(version, member)
