"""A story that was told, for tests."""

from leeward.audience.publishing import publish, show_to
from leeward.members.models import Member
from leeward.stories.models import Story


def told(
    author: Member, *rings: int, title: str = "", text: str = "a story", signed: bool = True, notes: int = 0
) -> Story:
    """A live story shown to these rings."""
    story: Story = Story.objects.create(author=author, title=title, text=text, signed=signed, notes=notes)
    show_to(story, rings)
    publish(story)
    return story
