"""The guard refuses every way to ask for shared things without saying who is looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from leeward.audience.guard import NobodyIsLooking
from leeward.audience.models import MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.stories.models import Answer, Story, StoryAudience
from tests.conftest import Cast

WAYS_TO_ASK: dict[str, Callable[[], Any]] = {
    "list": lambda: list(Story.objects.all()),
    "filter": lambda: list(Story.objects.filter(title="x")),
    "count": Story.objects.count,
    "exists": lambda: Story.objects.filter(title="x").exists(),
    "get": lambda: Story.objects.get(pk=1),
    "first": Story.objects.first,
    "last": lambda: Story.objects.order_by("at").last(),
    "slice": lambda: list(Story.objects.all()[:3]),
    "index": lambda: Story.objects.all()[0],
    "bool": lambda: bool(Story.objects.all()),
    "len": lambda: len(Story.objects.all()),
    "iterator": lambda: next(Story.objects.iterator(), None),
    "values": lambda: list(Story.objects.values("title")),
    "values_list": lambda: list(Story.objects.values_list("title", flat=True)),
    "in_bulk": lambda: Story.objects.in_bulk([1]),
    "aggregate": lambda: Story.objects.aggregate(n=Count("pk")),
    "annotate": lambda: list(Story.objects.annotate(n=Count("pk"))),
    "dates": lambda: list(Story.objects.distinct()),
    "subquery": lambda: list(StoryAudience.objects.filter(thing__in=Story.objects.all())),
    "exists in a subquery": lambda: list(
        StoryAudience.objects.filter(Exists(Story.objects.filter(pk=OuterRef("thing"))))
    ),
    "union": lambda: list(Story.objects.all().union(Story.objects.all())),
    "or": lambda: list(Story.objects.all() | Story.objects.all()),
    "and": lambda: list(Story.objects.all() & Story.objects.all()),
    "visible or unguarded": lambda: list(Story.objects.visible_to(Viewer.stranger()) | Story.objects.all()),
    "visible and unguarded": lambda: list(Story.objects.visible_to(Viewer.stranger()) & Story.objects.all()),
    "visible union unguarded": lambda: list(Story.objects.visible_to(Viewer.stranger()).union(Story.objects.all())),
    "update": lambda: Story.objects.update(title="x"),
    "filtered update": lambda: Story.objects.filter(title="x").update(title="y"),
    "delete": lambda: Story.objects.all().delete(),
    "update_or_create": lambda: Story.objects.update_or_create(title="x"),
    "get_or_create": lambda: Story.objects.get_or_create(title="x"),
    "raw": lambda: list(Story.objects.raw("select * from stories_story")),
    "explain": lambda: Story.objects.all().explain(),
    "contains": lambda: Story.objects.contains(Story(pk=1)),
    "prefetch": lambda: list(StoryAudience.objects.prefetch_related(Prefetch("thing", queryset=Story.objects.all()))),
    "q in": lambda: list(StoryAudience.objects.filter(Q(thing_id__in=Story.objects.values("pk")))),
}


@pytest.fixture
def shown(cast: Cast) -> Story:
    story: Story = Story.objects.create(author=cast.author, title="x", text="seen by members")
    show_to(story, [MEMBERS])
    publish(story)
    return story


@pytest.mark.parametrize("ask", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK.keys())
def test_nothing_can_be_asked_while_nobody_is_looking(shown: Story, ask: Callable[[], Any]) -> None:
    with pytest.raises(NobodyIsLooking):
        ask()


def test_an_opened_set_answers_everything(cast: Cast, shown: Story) -> None:
    seen = Story.objects.filter(title="x").visible_to(Viewer.member(cast.other_member))
    assert seen.count() == 1
    assert seen.exists()
    assert seen.get() == shown
    assert list(seen | seen) == [shown]
    assert seen.aggregate(n=Count("pk")) == {"n": 1}
    assert Story.objects.visible_to(Viewer.stranger()).count() == 0


def test_an_open_set_stays_narrowed_when_two_are_joined(cast: Cast, shown: Story) -> None:
    members, strangers = (Story.objects.visible_to(viewer) for viewer in (Viewer.member(cast.host), Viewer.stranger()))
    assert list(strangers & members) == []
    assert list(strangers | members) == [shown]


def test_the_skeleton_key_asks_for_a_reason_and_logs_it(caplog: pytest.LogCaptureFixture, shown: Story) -> None:
    with pytest.raises(ValueError, match="reason"):
        everything(Story, reason=" ")
    with caplog.at_level("INFO", logger="leeward.skeleton_key"):
        assert everything(Story, reason="a test of the key").count() == 1
    assert "a test of the key" in caplog.text


def test_no_reverse_name_leads_to_shared_things(cast: Cast) -> None:
    for model in (Story, Answer):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created:
                backward = getattr(field.remote_field, "related_name", None)
                assert backward == "+", f"{model.__name__}.{field.name} needs related_name='+'"
    assert not hasattr(cast.author, "story_set")
