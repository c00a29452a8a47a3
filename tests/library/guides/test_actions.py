"""What editors do with guides, and what is refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leeward.kit.moments import DAY
from leeward.library.guides import actions
from leeward.library.guides.models import Review, State, Step, Version, What
from leeward.members.models import Member
from tests.conftest import Cast
from tests.library.guides.writing import agreed, anew, content, drafted, editor, published, reviewed

pytestmark = pytest.mark.django_db


def what_was_done(version: Version) -> list[str]:
    return [step.what for step in Step.objects.filter(version=version)]


def test_a_guide_goes_from_a_draft_to_everyone_in_four_steps_each_with_who_and_when() -> None:
    version = published()
    assert version.state == State.PUBLISHED
    steps = Step.objects.filter(version=version)
    assert [(step.what, step.by and step.by.name) for step in steps] == [
        (What.WROTE, "Linden"),
        (What.HANDED, "Linden"),
        (What.AGREED, "Fern"),
        (What.PUBLISHED, "Linden"),
    ]
    review = Review.objects.get(version=version)
    assert (review.reviewer, review.reviewed_on) == ("Ada Lind", timezone.localdate())


@pytest.mark.parametrize("who", ["Linden", "Oak"])
def test_who_wrote_a_version_or_handed_it_on_is_not_its_second_reader(who: str) -> None:
    version = drafted()
    actions.hand_on(version, by=editor("Oak"), seen=version.touched_at)
    with pytest.raises(actions.NotByHerOwnHand):
        actions.agree(version, by=editor(who), seen=anew(version).touched_at)
    assert anew(version).state == State.SECOND
    actions.agree(version, by=editor("Fern"), seen=anew(version).touched_at)


def test_a_word_changed_after_agreement_makes_it_a_draft_again() -> None:
    version = agreed(drafted())
    now = actions.write(version, content(summary="They go."), by=editor("Fern"), seen=version.touched_at)
    assert (now.pk, now.state) == (version.pk, State.DRAFT)
    actions.hand_on(now, by=editor(), seen=now.touched_at)
    with pytest.raises(actions.NotByHerOwnHand):
        actions.agree(now, by=editor("Fern"), seen=anew(now).touched_at)


def test_nothing_is_published_that_nobody_agreed_to() -> None:
    version = drafted()
    for _turn in range(2):
        with pytest.raises(actions.ChangedMeanwhile):
            actions.publish(version, reviewed(), by=editor(), seen=anew(version).touched_at)
        if anew(version).state == State.DRAFT:
            actions.hand_on(version, by=editor(), seen=version.touched_at)
    assert not Review.objects.exists()
    assert anew(version).state == State.SECOND


def test_a_review_from_before_the_last_change_is_not_taken() -> None:
    version = agreed(drafted())
    with pytest.raises(actions.ReviewedTooEarly):
        actions.publish(version, reviewed(ago=1), by=editor(), seen=version.touched_at)
    Step.objects.filter(version=version).update(at=Step.objects.earliest("at").at - 2 * DAY)
    actions.publish(version, reviewed(ago=1), by=editor(), seen=version.touched_at)


def test_what_is_published_is_changed_in_a_new_version_and_stays_meanwhile() -> None:
    first = published()
    second = actions.write(first, content(title="Ebb"), by=editor(), seen=first.touched_at)
    assert (second.number, second.state) == (2, State.DRAFT)
    assert (anew(first).state, anew(first).title) == (State.PUBLISHED, "Tides")
    second = agreed(second)
    actions.publish(second, reviewed(), by=editor(), seen=second.touched_at)
    assert (anew(first).state, anew(first).title) == (State.REPLACED, "Tides")
    assert Version.objects.filter(state=State.PUBLISHED).get() == second


def test_two_tabs_do_not_overwrite_each_other() -> None:
    version = drafted()
    kept = actions.write(version, content(title="From one tab"), by=editor(), seen=version.touched_at)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.write(version, content(title="From the other"), by=editor("Fern"), seen=version.touched_at)
    assert refused.value.now.title == "From one tab"
    again = actions.write(kept, content(title="Both"), by=editor("Fern"), seen=refused.value.now.touched_at)
    assert (again.pk, anew(version).title) == (version.pk, "Both")


def test_two_editors_who_begin_the_next_version_at_once_meet() -> None:
    first = published()
    second = actions.write(first, content(title="One"), by=editor(), seen=first.touched_at)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.write(first, content(title="Other"), by=editor("Fern"), seen=first.touched_at)
    assert refused.value.now == second
    assert Version.objects.count() == 2


def test_a_double_click_keeps_one_version() -> None:
    first = published()
    made = [actions.write(first, content(title="Ebb"), by=editor(), seen=first.touched_at) for _click in range(2)]
    assert made[0] == made[1]
    assert Version.objects.count() == 2
    kept = [actions.write(made[0], content(title="Low"), by=editor(), seen=made[0].touched_at) for _click in range(2)]
    assert kept[0] == kept[1]
    assert what_was_done(kept[0]).count(What.WROTE) == 2


STEPS: dict[str, Callable[[Version, Member, int], object]] = {
    "write": lambda version, by, seen: actions.write(version, content(title="x"), by=by, seen=seen),
    "hand on": lambda version, by, seen: actions.hand_on(version, by=by, seen=seen),
    "agree": lambda version, by, seen: actions.agree(version, by=by, seen=seen),
    "give back": lambda version, by, seen: actions.give_back(version, by=by, seen=seen, words="x"),
    "publish": lambda version, by, seen: actions.publish(version, reviewed(), by=by, seen=seen),
    "review": lambda version, by, seen: actions.review_again(version, reviewed(), by=by, seen=seen),
    "withdraw": lambda version, by, seen: actions.withdraw(version, by=by, seen=seen, words="x"),
}


@pytest.mark.parametrize("step", STEPS)
def test_whose_role_was_taken_or_who_was_suspended_meanwhile_does_nothing(step: str, cast: Cast) -> None:
    version = drafted()
    once = editor("Once")
    Member.objects.filter(pk=once.pk).update(is_editor=False)
    kept_from_it = editor("Kept")
    Member.objects.filter(pk=kept_from_it.pk).update(suspended_at=timezone.now())
    for member in (once, kept_from_it, cast.author, cast.moderator):
        with pytest.raises(PermissionDenied):
            STEPS[step](version, member, version.touched_at)
    assert what_was_done(version) == [What.WROTE]
    assert anew(version).state == State.DRAFT


@pytest.mark.parametrize("step", ["hand on", "withdraw"])
def test_a_step_is_refused_on_what_is_no_longer_as_it_was_seen(step: str) -> None:
    version = drafted()
    actions.write(version, content(title="Meanwhile"), by=editor(), seen=version.touched_at)
    with pytest.raises(actions.ChangedMeanwhile):
        STEPS[step](version, editor("Fern"), version.touched_at)


def test_given_back_it_is_a_draft_with_the_words_beside_it() -> None:
    version = drafted()
    actions.hand_on(version, by=editor(), seen=version.touched_at)
    actions.give_back(version, by=editor("Fern"), seen=anew(version).touched_at, words=" The second sentence. ")
    assert anew(version).state == State.DRAFT
    assert Step.objects.get(what=What.GIVEN_BACK).words == "The second sentence."


def test_withdrawn_it_is_kept_with_the_reason_and_can_be_taken_up_again() -> None:
    version = published()
    actions.withdraw(version, by=editor(), seen=version.touched_at, words="The law changed.")
    assert anew(version).state == State.WITHDRAWN
    again = actions.write(version, content(title="Anew"), by=editor(), seen=anew(version).touched_at)
    assert (again.number, again.state) == (2, State.DRAFT)


def test_what_still_holds_is_reviewed_again_word_for_word() -> None:
    version = published(days=1)
    later = actions.Reviewed("Bo Quist", timezone.localdate(), timezone.localdate() + datetime.timedelta(500))
    actions.review_again(version, later, by=editor(), seen=version.touched_at)
    assert [review.reviewer for review in Review.objects.all()] == ["Bo Quist", "Ada Lind"]
    assert anew(version).state == State.PUBLISHED


def test_a_guide_is_there_once_in_each_language() -> None:
    drafted("tides")
    german = drafted("tides", "de")
    assert drafted("tides", "de") == german  # sent twice
    with pytest.raises(actions.LanguageTaken):
        drafted("tides", "de", title="Gezeiten")
    assert Version.objects.count() == 2
