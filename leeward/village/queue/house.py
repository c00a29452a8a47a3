"""Who and what there is while the queue is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.members.models import Member
from leeward.moderation.models import Case
from leeward.stories.models import Story


@dataclass
class House:
    """Everything that a table can name.

    Args:
        people: everyone, by name.
        stories: stories, by slug; those of the queue by their key.
        texts: texts of the queue, by their key.
    """

    people: dict[str, Member]
    stories: dict[str, Story]
    texts: dict[str, Shared] = field(default_factory=dict)

    def case_of(self, key: str) -> Case:
        """The newest case about a text of the queue."""
        thing = self.texts[key]
        return Case.objects.filter(kind=kind_of(thing), thing_id=thing.pk).latest("at")
