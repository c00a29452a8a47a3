"""What is quoted in these tests."""

from __future__ import annotations

import pytest

from leeward.audience.models import EVERYONE
from leeward.stories.actions.answering import answer
from leeward.stories.models import Answer, Story
from tests.conftest import Cast
from tests.stories.quoting import TEXT
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, text=TEXT)


@pytest.fixture
def source(cast: Cast, story: Story) -> Answer:
    """An answer of somebody else's, which is quoted beside it."""
    return answer(story, by=cast.same_ring, text=TEXT)
