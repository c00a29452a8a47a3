from __future__ import annotations

import pytest

from leeward.audience.models import EVERYONE, MEMBERS, Block
from leeward.audience.publishing import publish
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.moderation.actions import report
from leeward.moderation.models import Act, Case, Evidence, Report
from leeward.notifications.bell import has_something_new
from leeward.stories.models import Answer
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


def test_a_report_is_two_taps_without_scripts(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client = signed_in(cast.other_member)
    page = client.get(f"/report/stories.story/{story.ref}/").content.decode()
    assert '<button class="button button--secondary" type="submit" name="reason" value="cruel">' in page
    done = client.post(f"/report/stories.story/{story.ref}/", {"reason": "cruel"}, follow=True)
    assert done.status_code == 200
    assert Report.objects.get().reporter == cast.other_member


def test_someone_in_danger_is_urgent_shows_help_at_once_and_calls_moderators_discreetly(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client = signed_in(cast.other_member)
    done = client.post(f"/report/stories.story/{story.ref}/", {"reason": "danger"}, follow=True)
    assert b"these people are awake" in done.content
    assert case_about(story).is_urgent
    bell = signed_in(cast.moderator).get("/bell/").content.decode()
    assert "Something waits for you." in bell
    assert "danger" not in bell


def test_a_stranger_can_point_something_out_too_but_not_without_end(cast: Cast, client) -> None:
    story = told(cast.author, EVERYONE)
    for _again in range(5):
        client.post(f"/report/stories.story/{story.ref}/", {"reason": "law", "words": "section 1"})
    assert Report.objects.filter(reporter=None).count() == 3
    assert Case.objects.count() == 1


def test_what_i_may_not_see_i_cannot_report(cast: Cast) -> None:
    story = told(cast.author)
    assert signed_in(cast.other_member).get(f"/report/stories.story/{story.ref}/").status_code == 404
    assert signed_in(cast.other_member).get("/report/no.such/abc/").status_code == 404
    assert signed_in(cast.other_member).get("/report/members.member/abc/").status_code == 404


def test_nobody_reports_her_own_words(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    with pytest.raises(PermissionError):
        report(story, by=cast.author, reason="other")


def test_many_reports_make_one_case_and_each_reporter_stands_once(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for member in (cast.other_member, cast.same_ring, cast.other_member):
        report(story, by=member, reason="cruel")
    assert case_about(story).reports.count() == 2


def test_the_text_is_kept_as_it_was_when_reported(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="as it was")
    report(story, by=cast.other_member, reason="cruel")
    story.text = "softened"
    story.save(update_fields=["text"])
    report(story, by=cast.same_ring, reason="cruel")
    assert sorted(Evidence.objects.values_list("text", flat=True)) == ["as it was", "softened"]


def test_the_reporter_hears_the_outcome_and_the_reported_never_who(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="cruel", words="I felt sick")
    decision = decided(case_about(story), cast.moderator, Act.REMOVE)
    heard = signed_in(cast.other_member).get("/me/decisions/").content.decode()
    assert "it was taken out of sight" in heard
    told_page = signed_in(cast.author).get(f"/me/decisions/{decision.pk}/").content.decode()
    assert "It says she is to blame." in told_page
    for trace in ("Tobias", "I felt sick", "cruel, or lays blame", cast.other_member.ref):
        assert trace not in told_page


def test_a_report_that_changes_nothing_is_not_told_to_the_author(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="untrue")
    decided(case_about(story), cast.moderator, Act.DISMISS)
    assert not has_something_new(cast.author)
    assert has_something_new(cast.other_member)


def test_a_reported_answer_knows_what_it_is_inside_of(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    answer = Answer.objects.create(story=story, author=cast.other_member, text="at least")
    publish(answer)
    case = report(answer, by=cast.author, reason="cruel")
    case.refresh_from_db()
    assert case.around == [["stories.story", story.pk]]


def test_hiding_such_is_apart_from_a_report(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, notes=1)
    signed_in(cast.other_member).post(f"/hide/stories.story/{story.ref}/", {"this_one": "on", "writer": "on"})
    assert not Case.objects.exists()
    assert not Block.objects.filter(blocker=cast.other_member).exists()


def test_hiding_such_offers_the_notes_inside_and_the_writer_only_if_signed(cast: Cast) -> None:
    client = signed_in(cast.other_member)
    signed = told(cast.author, MEMBERS, notes=1)
    unsigned = told(cast.author, MEMBERS, signed=False)
    page = client.get(f"/hide/stories.story/{signed.ref}/").content.decode()
    assert "someone is pregnant now" in page
    assert 'name="writer"' in page
    other = client.get(f"/hide/stories.story/{unsigned.ref}/").content.decode()
    assert 'name="writer"' not in other
    assert 'name="notes"' not in other


def test_a_leaving_reporter_takes_her_name_and_words_and_the_case_stays(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    report(story, by=cast.other_member, reason="cruel", words="mine")
    leave(Member.objects.get(pk=cast.other_member.pk), Farewell.TAKE_ALL)
    left = Report.objects.get()
    assert (left.reporter, left.words) == (None, "")
