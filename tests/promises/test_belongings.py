"""Everything that points at a member can be exported and erased."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from leeward.audience.models import MEMBERS
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.models import Member
from leeward.stories.models import Answer, Story
from tests.conftest import Cast
from tests.stories.telling import told


def models_that_point_at_a_member() -> set[type[models.Model]]:
    """Every concrete model with a relation to Member."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model is Member:
                found.add(model)
    return found


def test_every_model_that_points_at_a_member_is_exported_and_erased() -> None:
    registered = {model for belonging in all_belongings() for model in belonging.models}
    missing = models_that_point_at_a_member() - registered
    assert not missing, f"Register these with members (belongings.py of their room): {missing}"


@pytest.mark.parametrize("farewell", list(Farewell))
def test_after_leaving_no_row_names_her(cast: Cast, farewell: Farewell) -> None:
    story = told(cast.author, MEMBERS, text="my words")
    told(cast.author, text="for me alone")
    Answer.objects.create(story=story, author=cast.author, text="an answer of mine")
    gone = cast.author.pk
    for belonging in reversed(all_belongings()):
        belonging.erase(cast.author, farewell)
    Member.objects.filter(pk=gone).delete()
    for model in models_that_point_at_a_member():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model is Member:
                rows = model._base_manager.filter(**{f"{field.name}_id": gone})
                assert not rows.exists(), f"{model.__name__}.{field.name}"


def test_words_left_behind_stay_and_are_nobodys(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="my words")
    hidden = told(cast.author, text="for me alone")
    for belonging in reversed(all_belongings()):
        belonging.erase(cast.author, Farewell.LEAVE_WORDS)
    kept = Story._base_manager.get(pk=story.pk)
    assert (kept.author_id, kept.text) == (None, "my words")
    # What only she could see would be seen by nobody: it goes.
    assert not Story._base_manager.filter(pk=hidden.pk).exists()
