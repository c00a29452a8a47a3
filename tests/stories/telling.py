"""A story that was told, for tests."""

from leeward.audience.publishing import publish, show_to
from leeward.members.models import Member
from leeward.stories.models import Chapter, Story


def told(
    author: Member, *rings: int, title: str = "", text: str = "a story", signed: bool = True, notes: int = 0
) -> Story:
    """A live story shown to these rings."""
    story: Story = Story.objects.create(author=author, title=title, text=text, signed=signed, notes=notes)
    show_to(story, rings)
    publish(story)
    return story


def went_on(
    story: Story, *rings: int, title: str = "", text: str = "a year later", notes: int = 0, **more: int | None
) -> Chapter:
    """A live chapter of a story shown to these rings."""
    chapter: Chapter = Chapter.objects.create(
        story=story, author=story.author, title=title, text=text, signed=story.signed, notes=notes, **more
    )
    show_to(chapter, rings)
    publish(chapter)
    return chapter
