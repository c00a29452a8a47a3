"""Answers under one story that wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import hold
from leeward.moderation.actions.cases import case_of
from leeward.moderation.models import (
    Because,
    Case,
)
from leeward.stories.models import Answer, Story
from tests.conftest import Cast
from tests.stories.telling import told


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, text="what she told")


@pytest.fixture
def held(cast: Cast, story: Story) -> Callable[..., list[Case]]:
    """Answers under the story that wait, by two members in turn."""

    def make(number: int, because: Because = Because.DOUBTFUL, **fields: object) -> list[Case]:
        cases = []
        for turn in range(number):
            by = (cast.other_member, cast.same_ring)[turn % 2]
            answer = Answer.objects.create(story=story, author=by, text=f"{because.name}-held-{turn}", **fields)
            hold(answer)
            with transaction.atomic():
                case = case_of(answer, because)
            case.signs = ["hostile"] if because == Because.DOUBTFUL else []
            case.save(update_fields=["signs"])
            cases.append(case)
        return cases

    return make
