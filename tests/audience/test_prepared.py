"""What is asked by prepared SQL is what the rule says: for everyone, of everything, and after the rule changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import F, Q, QuerySet

from leeward.audience import rule
from leeward.audience.actions import mute, put_aside, set_shield
from leeward.audience.guard import NobodyIsLooking
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTES
from leeward.audience.prepared import NotOnlyValues, Prepared, prepared
from leeward.audience.publishing import publish
from leeward.audience.shared import Shared, State
from leeward.audience.things import shared_models
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.stories.models import Answer, Story
from tests.conftest import Cast
from tests.promises.furnishing import furnish
from tests.stories.telling import told

SHIELDS = (0, NOTES[0].bit, sum(note.bit for note in NOTES))


def question_about(model: type[Shared]) -> Prepared[..., tuple[Any, ...]]:
    """All of a model that somebody may and wants to see."""

    @prepared
    def seen(viewer: Viewer) -> QuerySet[Any, tuple[Any, ...]]:
        rows = model.objects.visible_to(viewer).gentle_for(viewer).gentle_around_for(viewer)
        return rows.order_by("pk").values_list("pk", "signed", "author__name", "author__joined_on")  # type: ignore[no-any-return]

    return seen


def everybody(cast: Cast) -> dict[str, Viewer]:
    """The cast, each with nothing, something and everything kept from her; and with a membership that has ended."""
    looking = {
        f"{name} {shield}": replace(viewer, shield=shield)
        for name, viewer in cast.viewers().items()
        for shield in SHIELDS
        if viewer.is_member or not shield
    }
    ended = replace(Viewer.member(cast.other_member), great=EVERYONE, in_rings=False)
    return {**looking, "moderator as a member": Viewer.member(cast.moderator), "ended": ended}


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Rows of everything: for some, for nobody, held, past their day, with notes, muted, put aside."""
    furnish(cast)
    for turn, ring in enumerate((EVERYONE, MEMBERS)):
        for author in (cast.author, cast.host):
            for signed in (True, False):
                told(author, ring, title=f"of {author.name}", signed=signed, notes=NOTES[turn].bit)
    for state in (State.HELD, State.WITHDRAWN):
        made = told(cast.author, EVERYONE)
        everything(Story, reason="a test").filter(pk=made.pk).update(state=state)
    over = told(cast.author, EVERYONE)
    everything(Story, reason="a test").filter(pk=over.pk).update(until=now_us() - DAY)
    mute(cast.other_member, cast.host)
    put_aside(cast.same_ring, told(cast.host, MEMBERS))
    set_shield(cast.same_ring, NOTES[1].bit)
    return cast


def test_everyone_gets_what_the_rule_gives_her(full: Cast) -> None:
    found = {}
    for model in shared_models():
        question = question_about(model)
        for name, viewer in everybody(full).items():
            found[model, name] = question(viewer)
            assert found[model, name] == list(question.build(viewer)), (model, name)
            assert question(viewer) == found[model, name], "as it was compiled"
    stories = {name: len(rows) for (model, name), rows in found.items() if model is Story}
    assert 0 < stories["stranger 0"] < stories["other_member 0"], "there must be something to compare"
    assert stories[f"same_ring {SHIELDS[2]}"] < stories["same_ring 0"]
    assert stories["ended"] < stories["other_member 0"]
    assert all(found[model, "host 0"] for model in (Story, Answer))


def test_asked_of_what_is_inside_one_thing_the_rule_says_the_same(full: Cast) -> None:
    for story in everything(Story, reason="a test").order_by("pk")[:6]:
        for turn, author in enumerate((full.author, full.other_member, full.blocked)):
            publish(Answer.objects.create(story=story, author=author, text="an answer", signed=bool(turn % 2)))
        publish(Answer.objects.create(story=story, author=full.other_member, text="hidden", hidden_at=now_us()))
    looking = {
        name: viewer for name, viewer in everybody(full).items() if not name.endswith(tuple(map(str, SHIELDS[1:])))
    }
    seen = dict.fromkeys(looking, 0)
    for model in (model for model in shared_models() if model.inside):
        for keys in everything(model, reason="a test").values_list(*model.inside).distinct().order_by()[:6]:
            within = dict(zip(model.inside, keys, strict=True))
            for some in (within, {name: within[name] for name in model.inside[-1:]}):
                for name, viewer in looking.items():
                    among = set(model.objects.visible_to(viewer, within=some).values_list("pk", flat=True))
                    plainly = model.objects.filter(**some).visible_to(viewer).values_list("pk", flat=True)
                    assert among == set(plainly), (model, some, name)
                    seen[name] += len(among)
    assert 0 < seen["stranger 0"] < seen["ended"] < seen["other_member 0"], "there must be something to compare"


def test_it_is_compiled_once_for_each_shape_whoever_asks(full: Cast) -> None:
    asked = []

    @prepared
    def titles(viewer: Viewer, upwards: bool, *, ref: str, after: int) -> QuerySet[Any, tuple[str]]:
        asked.append(upwards)
        rows = Story.objects.filter(at__gt=after).exclude(ref=ref).visible_to(viewer)
        return rows.order_by("at" if upwards else "-at").values_list("title")  # type: ignore[no-any-return]

    for member in (full.author, full.other_member, full.blocked):
        for after in (0, now_us()):
            viewer = Viewer.member(member, shield=0)
            assert titles(viewer, True, ref="none", after=after) == list(
                titles.build(viewer, True, ref="", after=after)
            )
    assert asked.count(True) == 1 + 6  # the others are by hand, to compare
    titles(Viewer.stranger(), True, ref="none", after=0)
    titles(viewer, False, ref="none", after=0)
    assert len(asked) == 9


def test_a_changed_rule_changes_what_is_asked(full: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = question_about(Story)(Viewer.stranger())
    assert before
    monkeypatch.setattr(rule, "may_see", lambda model, viewer, within: Q(pk__lt=0))
    assert question_about(Story)(Viewer.stranger()) == []


def test_a_moment_that_has_come_is_seen_though_it_was_compiled_before(cast: Cast) -> None:
    question = question_about(Story)
    story = told(cast.author, EVERYONE)
    everything(Story, reason="a test").filter(pk=story.pk).update(until=now_us() + 100_000)
    assert len(question(Viewer.stranger())) == 1
    while now_us() < everything(Story, reason="a test").get(pk=story.pk).until:
        pass
    assert question(Viewer.stranger()) == []


def test_it_refuses_what_does_not_know_who_is_looking() -> None:
    @prepared
    def all_of_them(viewer: Viewer) -> QuerySet[Any, tuple[int]]:
        return Story.objects.values_list("pk")  # type: ignore[no-any-return]

    with pytest.raises(NobodyIsLooking):
        all_of_them(Viewer.stranger())


def test_it_refuses_what_does_more_with_a_value_than_hand_it_on(db: None) -> None:
    @prepared
    def one_less(viewer: Viewer, *, at: int) -> QuerySet[Any, tuple[int]]:
        return Story.objects.visible_to(viewer).filter(at__gt=at - 1).values_list("pk")  # type: ignore[no-any-return]

    @prepared
    def passed_over(viewer: Viewer, *, at: int) -> QuerySet[Any, tuple[int]]:
        return Story.objects.visible_to(viewer).filter(at__gt=F("pk") if at else 0).values_list("pk")  # type: ignore[no-any-return]

    @prepared
    def handed_on(viewer: Viewer, *, at: Any) -> QuerySet[Any, tuple[int]]:
        return Story.objects.visible_to(viewer).filter(at__gt=at).values_list("pk")  # type: ignore[no-any-return]

    for question, at in ((one_less, 5), (passed_over, 5), (handed_on, None), (handed_on, True)):
        with pytest.raises(NotOnlyValues):
            question(Viewer.stranger(), at=at)  # type: ignore[arg-type]  # what it is about


def test_words_that_look_like_sql_are_only_words(cast: Cast) -> None:
    @prepared
    def called(viewer: Viewer, *, title: str) -> QuerySet[Any, tuple[str]]:
        return Story.objects.visible_to(viewer).filter(title=title).values_list("title")  # type: ignore[no-any-return]

    for title in ("x' OR '1'='1", "%s", "100 %", "?", '"; --'):
        told(cast.author, EVERYONE, title=title)
        assert called(Viewer.stranger(), title=title) == [(title,)]
