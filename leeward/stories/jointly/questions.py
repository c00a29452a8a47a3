"""Questions about what two tell together: what can become so, who is asked, and how far both agreed."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import is_hidden
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Chapter, FirstReading, Picture, Story
from leeward.stories.together.questions import asked_of, is_over, may_be_handed


class UpTo(TextChoices):
    """The widest audience that the second of two agrees to."""

    MEMBERS = "members", _("Members, not more")
    EVERYONE = "everyone", _("Everyone, also people without an account and search engines")

    @property
    def ring(self) -> int:
        """The ring that it means."""
        return EVERYONE if self is UpTo.EVERYONE else MEMBERS


def agreed_up_to(story: Story) -> UpTo:
    """How far the second of two agreed."""
    return UpTo.EVERYONE if story.agreed_up_to == EVERYONE else UpTo.MEMBERS


def is_beyond(story: Story, show_to: ShowTo) -> bool:
    """Whether this would show it to more people than both agreed who tell it together."""
    return story.also_id is not None and show_to is ShowTo.EVERYONE and story.agreed_up_to != EVERYONE


def as_both_agreed(story: Story, sharing: Sharing) -> Sharing:
    """How it is shown where two tell it: signed by both, and with no facts of one journey. Else as it was chosen.

    Raises:
        PermissionError: with no name, or to more people than both agreed.
    """
    if story.also_id is None:
        return sharing
    if not sharing.signed or is_beyond(story, sharing.show_to):
        raise PermissionError("Both names stand there, and nobody sees more than both agreed.")
    return replace(sharing, facts=frozenset())


def can_become_joint(story: Story) -> bool:
    """Whether two could tell it: its words alone, signed, seen by nobody but its author, and no decision about it.

    Photos and chapters are not in what the other reads, and so she could not agree to them.
    """
    if story.author is None or story.also_id or not (story.signed and may_be_handed(story)) or is_hidden(story):
        return False
    goes_on = Chapter.objects.written_by(story.author).filter(story=story).exists()
    return not goes_on and not Picture.objects.written_by(story.author).filter(story=story).exists()


def may_ask(reading: FirstReading) -> bool:
    """Whether its author may ask the one who reads it to tell it together: what is read is what would be told."""
    as_told = reading.chapter_id is None and _same_words(reading)
    return as_told and not is_over(reading) and reading.is_live and can_become_joint(reading.story)


def may_agree(reading: FirstReading, member: Member) -> bool:
    """Whether this member is asked, by somebody whom she chose too, and can agree to it as it stands."""
    if reading.asked_jointly_at is None or reading.reader_id != member.pk or not may_ask(reading):
        return False
    if member.is_suspended or reading.author is None or reading.author.is_suspended:
        return False
    return asked_of(member, Viewer.member(member)).filter(pk=reading.pk).exists()


def way_of(reading: FirstReading, member: Member) -> str:
    """What one of the two can do about it on the page of a reading: "ask", "asked", "agree"; "" for nothing."""
    if reading.author_id != member.pk:
        return "agree" if may_agree(reading, member) else ""
    if not may_ask(reading):
        return ""
    return "ask" if reading.asked_jointly_at is None else "asked"


def told_together(member: Member) -> list[Story]:
    """What she tells together with another, as its author or as the second; the latest first."""
    hers = Story.objects.written_by(member).exclude(with_teller=None).select_related("author", "with_teller")
    second = told_as_second(member)
    return sorted([*hers, *second], key=lambda story: story.agreed_at or 0, reverse=True)


def told_as_second(member: Member) -> list[Story]:
    """What another wrote and she tells with her."""
    seen = Story.objects.visible_to(Viewer.member(member)).filter(with_teller=member)
    return list(seen.select_related("author", "with_teller").order_by("pk"))


def other_teller(story: Story, member: Member) -> Member | None:
    """The other of the two."""
    return story.with_teller if story.author_id == member.pk else story.author


def _same_words(reading: FirstReading) -> bool:
    story = reading.story
    return bool(story.full_text()) and (reading.title, reading.text) == (story.title, story.text)
