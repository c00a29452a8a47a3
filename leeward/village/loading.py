"""Make the village: invented people, their journeys, stories and answers, from the texts in `people/`.

Deterministic: the same texts make the same village, each moment counted back from today, so that it never ages.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from leeward.kit.moments import DAY, now_us
from leeward.members.consents import give
from leeward.members.models import Member, Purpose, today
from leeward.moderation.models import FirstTexts
from leeward.moderation.suggesting import keep_suggestions
from leeward.numbers.demonstration import publish_as_if
from leeward.stories.models import Answer, Chapter, Story
from leeward.village.circles import make_circles, steps_of_circles
from leeward.village.counted import counted_people
from leeward.village.directory import make_directory, steps_of_directory
from leeward.village.guides import make_guides
from leeward.village.hazel import keep_her_own, let_her_greet
from leeward.village.journeys import tell_journey
from leeward.village.names import number_of, ref_of
from leeward.village.pictures import develop_pictures, hang_pictures
from leeward.village.queue import make_queue, steps_of_queue
from leeward.village.services_desk import keep_services_desk
from leeward.village.signins import PASSPHRASE, SIGNINS
from leeward.village.stories import answer_story, quote_passage, say_word, tell_chapter, tell_story
from leeward.village.together import drafts, joint_stories, make_first_readings, make_told_together
from leeward.village.told_in_public import make_public_stories

PEOPLE = Path(__file__).parent / "people"
HERE_FOR = datetime.timedelta(days=700)
"""For how long the people of the village have been members: since before the oldest story."""

FORGOT = {
    "a-campervan",
    "an-email-about-chairs",
    "and-who-are-you",
    "from-gogo",
    "lemons-on-a-lanyard",
    "limbo",
    "six-hundred-miles",
}
"""Stories whose authors ticked less than their text plainly has inside: it is said as "perhaps" until they answer."""

Table = dict[str, Any]
"""One table of the texts; README.md in `people/` says what stands in it."""
Step = Callable[[], object]
"""Called once for each thing made, to move the progress bar."""


class RealPeopleLiveHereError(RuntimeError):
    """A village is never made beside real members."""


def tables(name: str) -> list[Table]:
    """All tables of this name ("person", "answer", "reaction"), file by file in alphabetical order."""
    return [table for texts in _texts() for table in texts.get(name, ())]


def how_much() -> int:
    """How many things make the village: so many steps the progress bar has."""
    people = [*tables("person"), *counted_people()]
    stories = sum(len(one.get("story", ())) for one in people)
    return (
        len(people)
        + stories
        + len(tables("answer"))
        + len(tables("reaction"))
        + steps_of_queue()
        + steps_of_circles()
        + len(drafts())
        + len(joint_stories())
        + steps_of_directory()
    )


def make_village(step: Step) -> None:
    """Make the village in an empty place, all of it or nothing.

    Args:
        step: called for each thing made.

    Raises:
        RealPeopleLiveHereError: there are members already.
    """
    if Member.objects.exists():
        raise RealPeopleLiveHereError("There are members in this place already: a village needs an empty one.")
    with transaction.atomic():
        people = {table["name"]: _make_person(table, step) for table in tables("person")}
        _make_keepers(people)
        for counted in counted_people():
            _make_person(counted, step)
        stories: dict[str, Story] = {}
        chapters: dict[tuple[str, str], Chapter] = {}
        for table in tables("person"):
            for told in table.get("story", ()):
                slug = told["slug"]
                stories[slug] = tell_story(told, by=people[table["name"]], at=_moment(told, slug))
                if slug in FORGOT:
                    keep_suggestions(stories[slug])
                step()
                chapters |= _go_on(stories[slug], told, people[table["name"]])
        _answer_all(people, stories, chapters, step)
        make_queue(people, stories, step)
        make_circles(people, step)
        hang_pictures(stories, chapters)
        keep_her_own(people["Hazel"])
        make_guides(people["Linden"])
        make_first_readings(people, step)
        make_told_together(people, step)
        make_directory(step)
        keep_services_desk(people["Linden"], (people["Hazel"], people["Wren"]))
        make_public_stories(people["Linden"])
    develop_pictures()
    publish_as_if(months=0)


def _answer_all(
    people: dict[str, Member], stories: dict[str, Story], chapters: dict[tuple[str, str], Chapter], step: Step
) -> None:
    by_whom: dict[tuple[str, str], Answer] = {}
    for nth, answered in enumerate(tables("answer")):
        slug, by = answered["story"], answered["by"]
        at = _moment(answered, slug, nth)
        to = chapters[slug, answered["chapter"]] if "chapter" in answered else None
        made = answer_story(stories[slug], answered, by=people[by], at=at, chapter=to)
        if "quotes" in answered:
            quote_passage(made, answered["quotes"], of=by_whom.get((slug, answered.get("of", ""))))
        by_whom[slug, by] = made
        step()
    for said in tables("reaction"):
        say_word(stories[said["story"]], said["word"], by=people[said["by"]], named=said.get("named", False))
        step()


def _make_person(table: Table, step: Step) -> Member:
    member = _invented(table["name"])
    member.set_unusable_password()
    member.save()
    FirstTexts.objects.create(member=member, released=100)
    for purpose in (Purpose.JOURNEY, Purpose.COUNTED):
        give(member, purpose)
    if table.get("faith"):
        give(member, Purpose.FAITH)
    tell_journey(member, table)
    step()
    return member


def _go_on(story: Story, told: Table, author: Member) -> dict[tuple[str, str], Chapter]:
    """The chapters of a story, by its slug and their titles."""
    return {
        (told["slug"], one["title"]): tell_chapter(story, one, by=author, at=_moment(one, told["slug"], one["title"]))
        for one in told.get("chapter", ())
    }


def _make_keepers(people: dict[str, Member]) -> None:
    """Give the demonstration sign-ins their passphrase, and make those who are not among the people."""
    for signin in SIGNINS:
        member = people.get(signin.name) or _invented(signin.name)
        member.is_moderator, member.is_host = signin.is_moderator, signin.is_host
        member.is_greeter, member.is_editor = signin.is_greeter, signin.is_editor
        member.set_password(PASSPHRASE)
        member.save()
        people[signin.name] = member
    let_her_greet(people["Hazel"])


def _invented(name: str) -> Member:
    return Member(name=name, ref=ref_of(name), is_invented=True, joined_on=today() - HERE_FOR)


@cache
def _texts() -> tuple[dict[str, list[Table]], ...]:
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(PEOPLE.glob("*.toml")))


def _moment(table: Table, *words: object) -> int:
    """The moment of a text: so many days ago, at an hour that depends on its name."""
    days_ago: int = table["days_ago"]
    return now_us() - days_ago * DAY + number_of(*words) % DAY - DAY
