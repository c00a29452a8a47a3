"""Who greets, and what waits for an answer, for tests."""

from __future__ import annotations

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish
from leeward.kit.moments import HOUR, now_us
from leeward.members.models import Member
from leeward.moderation.actions.greeting import choose_days
from leeward.stories.models import Answer, Story, StoryAudience


def greets(member: Member) -> Member:
    """The member as a greeter of every day."""
    member.is_greeter = True
    member.save()
    choose_days(member, range(7))
    return member


def told_ago(author: Member, hours: float, title: str = "The harbour") -> Story:
    """A story that members have seen for so many hours."""
    story: Story = Story.objects.create(author=author, title=title, text="In spring.")
    StoryAudience.objects.create(thing=story, ring_id=MEMBERS)
    publish(story)
    at = now_us() - int(hours * HOUR)
    Story.objects.written_by(author).filter(pk=story.pk).update(at=at)
    StoryAudience.objects.filter(thing=story).update(at=at)
    story.refresh_from_db()
    return story


def answered_by(member: Member, story: Story) -> None:
    """An answer that all may read who may read the story."""
    publish(Answer.objects.create(story=story, author=member, text="I read this twice."))
