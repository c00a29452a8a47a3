from __future__ import annotations

from leeward.audience.models import MEMBERS, Opening
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.tending import tend
from leeward.moderation.actions import open_case, report
from leeward.moderation.actions.opening import thing_of
from leeward.moderation.models import Act, Case, Decision, Evidence, Report
from tests.conftest import Cast
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


def age(days: int) -> None:
    past = now_us() - days * DAY
    Report.objects.update(at=past)
    Evidence.objects.update(taken_at=past)
    Case.objects.update(decided_at=past)
    Opening.objects.update(opened_at=past)


def test_reports_evidence_and_decisions_go_when_their_days_are_over(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="cruel")
    decided(case_about(story), cast.moderator, Act.REMOVE)
    age(189)
    tend()
    assert (Report.objects.count(), Evidence.objects.count(), Decision.objects.count()) == (0, 1, 1)
    age(191)
    tend()
    assert (Report.objects.count(), Evidence.objects.count(), Decision.objects.count()) == (0, 0, 1)
    assert not Opening.objects.exists()
    age(366)
    tend()
    assert not Case.objects.exists()


def test_what_still_waits_is_not_thrown_away(cast: Cast) -> None:
    report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel")
    Report.objects.update(at=0)
    Evidence.objects.update(taken_at=0)
    tend()
    assert (Report.objects.count(), Evidence.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_sight_of_a_case_ends_after_a_day_also_where_it_was_opened_again_after_its_decision(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="as it was")
    report(story, by=cast.other_member, reason="cruel")
    case = case_about(story)
    decided(case, cast.moderator, Act.DISMISS)
    case.refresh_from_db()
    open_case(case, moderator=cast.moderator)
    Opening.objects.update(opened_at=now_us() - DAY + 1_000_000)
    tend()
    assert thing_of(case, cast.moderator) is not None
    Opening.objects.update(opened_at=now_us() - DAY)
    tend()
    assert thing_of(case, cast.moderator) is None
    assert Opening.objects.count() == 2  # the lines of the log stay
    open_case(case, moderator=cast.moderator)
    assert thing_of(case, cast.moderator) is not None


def test_a_suspension_that_stands_keeps_its_case_so_that_it_can_be_taken_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="threat")
    decided(case_about(story), cast.moderator, Act.PAUSE)
    age(1000)
    tend()
    assert Case.objects.count() == 1


def test_who_leaves_is_in_no_case_any_more_and_the_evidence_stays_its_days(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="as it was")
    report(story, by=cast.other_member, reason="threat")
    decided(case_about(story), cast.moderator, Act.REMOVE, reason="It threatens him.")
    leave(cast.author, Farewell.TAKE_ALL)
    case = Case.objects.get()
    assert (case.author, case.decisions.get().reason) == (None, "")
    assert case.evidence.get().text == "as it was"


def test_a_copy_holds_decisions_about_me_and_my_reports_with_their_words(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="threat", words="line two")
    decided(case_about(story), cast.moderator, Act.REMOVE, reason="It threatens him.")
    exports = {belonging.key: belonging.export for belonging in all_belongings()}
    assert [row["facts"] for row in exports["moderation_log"](cast.author)] == ["It threatens him."]
    assert [row["words"] for row in exports["reports"](cast.other_member)] == ["line two"]
    assert list(exports["reports"](cast.author)) == []
