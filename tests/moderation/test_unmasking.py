"""Nothing that moderation does tells who wrote what is not signed: neither to a moderator, nor to who tries it out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from leeward.audience.models import MEMBERS
from leeward.members.models import Member
from leeward.moderation.actions import open_case, report
from leeward.moderation.actions.storms import BY_NEWCOMERS
from leeward.moderation.models import Storm
from leeward.notifications.models import Notice
from leeward.stories.actions.answering import answer
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about
from tests.reading import reader
from tests.stories.telling import told


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


def answered_to_a_call(cast: Cast, author: Member) -> str:
    """What the moderator reads after she has called for another reader of an unsigned story by this author."""
    story = told(author, MEMBERS, signed=False, text="the same words")
    report(story, by=cast.other_member, reason="cruel")
    case = case_about(story)
    open_case(case, moderator=cast.moderator)
    page = signed_in(cast.moderator).post(f"/moderation/cases/{case.ref}/second/", follow=True).content.decode()
    main = page[page.index('<div class="said"') :]
    return re.sub(rf"{case.ref}|csrfmiddlewaretoken\S+ value=\S+|[0-9a-f]{{6}}\b|value=\"\d+\"", "", main)


def test_a_call_for_another_reader_goes_out_alike_whoever_wrote_what_is_not_signed(cast: Cast, second: Member) -> None:
    by_a_member, by_the_only_other = answered_to_a_call(cast, cast.author), answered_to_a_call(cast, second)
    assert "The others are asked" in by_a_member
    assert by_the_only_other == by_a_member
    called = Notice.objects.filter(kind="moderation.second")
    assert called.count() == 1  # for her own words she is not called


@pytest.mark.parametrize("writer", ["author", "moderator", "host"])
def test_a_storm_on_an_unsigned_story_does_not_tell_that_its_author_keeps_the_place(
    cast: Cast, writer: str, settings: Any
) -> None:
    settings.FIRST_TEXTS_READ = 0
    story = told(getattr(cast, writer), MEMBERS, signed=False)
    most, _within = BY_NEWCOMERS[0]
    with reader(settings):
        for at in range(most):
            answer(story, by=make_member(f"Newcomer {at}"), text=f"hello {at}")
    assert Storm.objects.exists()
