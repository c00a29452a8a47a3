"""The accounts of an invented campaign, the story that it is sent against, and who else is there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.test import Client

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import State
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member, today
from leeward.moderation.conduct import KNOWN_BY
from leeward.moderation.models import FirstTexts
from leeward.stories.models import Answer, Story

AGES = {"new": 0, "young": 10, "asleep": 400, "known": 400}
"""Days since joining, by kind. Half are new. The others have two texts that a person released; the known have five
stories as well that others have seen for long, as whoever buys old accounts would look for."""
_ORDER = ("new", "young", "new", "asleep", "new", "young", "new", "known")


@dataclass(frozen=True)
class Account:
    """One account: its member, its kind, and the cookie with which it is signed in."""

    member: Member
    kind: str
    session: str


@dataclass(frozen=True)
class Scene:
    """The story and the people.

    Args:
        story: against which the campaign is sent, with a few kind answers.
        author: hers.
        reader: somebody who reads other pages meanwhile.
        moderator: who decides afterwards.
        army: the accounts, mixed.
    """

    story: Story
    author: Account
    reader: Account
    moderator: Account
    army: list[Account]


def make_scene(accounts: int) -> Scene:
    """Make the people and the story in a place that is there."""
    author, reader = _account("Author of the story", "asleep"), _account("Reader of other pages", "asleep")
    moderator = _account("Keeper of the place", "asleep", is_moderator=True)
    story: Story = Story.objects.create(author=author.member, title="Twenty weeks", text="It was in spring. " * 40)
    show_to(story, [MEMBERS])
    publish(story)
    for at in range(6):
        kind = _account(f"Somebody kind {at}", "asleep")
        publish(Answer.objects.create(story=story, author=kind.member, text="I read this twice. " * 6))
    army = [_account(f"Account {at}", _ORDER[at % len(_ORDER)]) for at in range(accounts)]
    _let_be_known([one.member for one in army if one.kind == "known"])
    return Scene(story, author, reader, moderator, army)


def _account(name: str, kind: str, *, is_moderator: bool = False) -> Account:
    joined = today() - datetime.timedelta(days=AGES[kind])
    member = Member(name=name, joined_on=joined, is_moderator=is_moderator)
    member.set_unusable_password()
    member.save()
    if kind != "new":
        FirstTexts.objects.create(member=member, released=2)
    client = Client()
    client.force_login(member)
    return Account(member, kind, client.cookies["s"].value)


def _let_be_known(members: list[Member]) -> None:
    long_ago = now_us() - 100 * DAY
    authors = [member for member in members for _each in range(KNOWN_BY)]
    Story.objects.bulk_create(
        [Story(author=author, state=State.LIVE, at=long_ago + at) for at, author in enumerate(authors)]
    )
