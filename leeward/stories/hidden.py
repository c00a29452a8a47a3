"""What the author of a story hid under it: seen by its writer as before, by her, who can bring it back, and no other.

That is in the rule (`audience.rule`). The writer is not told, as nobody is told of a block; whoever answers reads
beforehand that it can happen (docs/decisions/0028-on-her-own-terms.md).
"""

from __future__ import annotations

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.models import Answer, Story


def hidden_answers(story: Story, author: Member) -> list[Answer]:
    """What she hid under a story of hers, the latest first; what else she would not see is not among it."""
    viewer = Viewer.member(author)
    rows = Answer.objects.filter(story=story, hidden_at__isnull=False)
    found = list(rows.visible_to(viewer).select_related("author").order_by("-hidden_at", "-pk"))
    for made in found:
        made.story = story
    return found


def hides_some(story: Story, author: Member) -> bool:
    """Whether there is anything to bring back."""
    rows = Answer.objects.filter(story=story, hidden_at__isnull=False)
    return bool(rows.visible_to(Viewer.member(author, shield=0)).exists())
