"""Words that she takes back are not left in what she began and has not sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import MEMBERS
from leeward.members.models import Member, Unsent
from leeward.stories.actions.answering import answer as has_answered
from leeward.stories.actions.answering import take_answer_back
from leeward.stories.actions.chapters import take_chapter_back
from leeward.stories.actions.sharing import take_back
from tests.conftest import Cast, signed_in
from tests.stories.telling import told, went_on

WORDS = "Ours was in March. I have not said this to anyone."


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def keep(client: Client, to: str, text: str) -> Any:
    return client.post("/me/unsent/keep/", {"to": to, "page": "/stories/", "text": text, "unsent": 0})


def kept(member: Member) -> list[str]:
    return list(Unsent.objects.filter(member=member).values_list("to", flat=True))


@pytest.mark.parametrize("keep_answers", [True, False])
def test_what_she_takes_back_is_not_left_in_a_change_that_she_began(cast: Cast, keep_answers: bool) -> None:
    client, story = signed_in(cast.other_member), told(cast.other_member, MEMBERS, text=WORDS)
    part, made = went_on(story, MEMBERS), has_answered(story, by=cast.other_member, text=WORDS)
    has_answered(part, by=cast.author, text="with you")
    for path in (f"/stories/{story.ref}/write/", f"/chapters/{part.ref}/write/", f"/answers/{made.ref}/change/"):
        assert keep(client, path, f"{WORDS} And more.").status_code == 200
    take_answer_back(made, by=cast.other_member)
    assert len(kept(cast.other_member)) == 2
    take_back(story, by=cast.other_member, keep_answers=keep_answers)
    assert kept(cast.other_member) == []


def test_a_part_that_she_takes_back_is_not_left_in_a_change_that_she_began(cast: Cast) -> None:
    client, story = signed_in(cast.other_member), told(cast.other_member, MEMBERS)
    part = went_on(story, MEMBERS)
    keep(client, f"/chapters/{part.ref}/write/", f"{WORDS} And more.")
    take_chapter_back(part, by=cast.other_member)
    assert kept(cast.other_member) == []
