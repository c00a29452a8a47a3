"""Objecting to a decision: once, in time, heard by another person, and with effect."""

from __future__ import annotations

import pytest

from leeward.audience.models import EVERYONE
from leeward.members.models import Member
from leeward.moderation.actions import report
from leeward.moderation.models import Act, Decision
from leeward.stories.models import Story
from tests.conftest import Cast, make_member
from tests.moderation.casework import decided
from tests.stories.telling import told


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, title="The harbour", text="what she wrote")


@pytest.fixture
def removed(cast: Cast, story: Story) -> Decision:
    return decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)
