"""A story that two tell together, for tests."""

from __future__ import annotations

from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.members.belongings import all_belongings
from leeward.members.models import Member
from leeward.stories.actions.sharing import share
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.jointly.agreeing import agree, ask_to_tell_together
from leeward.stories.jointly.questions import UpTo
from leeward.stories.models import FirstReading, Story
from tests.stories.reading_together import WORDS, as_it_is, draft, handed, trusting


def asked(author: Member, other: Member, *, title: str = "The lamp", text: str = WORDS) -> FirstReading:
    """A draft in the hands of another, who is asked to tell it together."""
    trusting(author, other)
    reading = handed(draft(author, title=title, text=text), other)
    ask_to_tell_together(reading, by=author)
    return as_it_is(reading)


def joint(
    author: Member,
    other: Member,
    show_to: ShowTo = ShowTo.MEMBERS,
    *,
    up_to: UpTo = UpTo.EVERYONE,
    title: str = "The lamp",
    text: str = WORDS,
    notes: int = 0,
) -> Story:
    """A story that two tell, read and shown."""
    reading = asked(author, other, title=title, text=text)
    story = agree(reading, by=other, up_to=up_to, stamp=reading.touched_at)
    if show_to is not ShowTo.ONLY_ME:
        share(as_told(story), by=author, sharing=Sharing(show_to, notes=notes))
    return as_told(story)


def as_told(story: Story) -> Story:
    """A story as it stands written now."""
    assert story.author is not None
    found: Story = Story.objects.written_by(story.author).select_related("author", "with_teller").get(pk=story.pk)
    return found


def sees(member: Member | None, story: Story) -> bool:
    """Whether somebody, or with None a stranger, may see it."""
    return is_visible_to(story, Viewer.member(member) if member else Viewer.stranger())


def said_of(member: Member) -> list[object]:
    """What her copy says of what she tells with another."""
    (belonging,) = (one for one in all_belongings() if one.key == "told_together")
    return list(belonging.export(member))
