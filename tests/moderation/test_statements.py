"""What a member is told of a decision about her words, and what she is never told."""

from __future__ import annotations

from typing import Any

import pytest

from leeward.audience.actions import chosen_ring
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import hold, publish, show_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation import finding
from leeward.moderation.actions import Ruling, decide, hold_first_text, open_case, report
from leeward.moderation.actions.cases import case_of
from leeward.moderation.models import RESTRICTIONS, Act, Because, Case, Decision, Found
from leeward.moderation.statements import decisions_about, reports_by, statement_to
from leeward.moderation.waiting import waiting_of
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided, seen
from tests.stories.telling import told


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place with more than a few members."""
    monkeypatch.setattr(finding, "FEW", 2)


def reported(cast: Cast, *rings: int, reason: str = "cruel") -> Case:
    return report(told(cast.author, *rings), by=cast.other_member, reason=reason)


def page_of(member: Member, decision: Decision) -> str:
    content: bytes = signed_in(member).get(f"/me/decisions/{decision.pk}/").content
    return content.decode()


def test_a_statement_says_all_that_the_law_asks(cast: Cast, many: None, settings: Any) -> None:
    settings.PLACE_CONTACT, settings.PLACE_RESPONSIBLE = "1 Harbour Row", "A. Hesper"
    case = reported(cast, MEMBERS)
    open_case(case, moderator=cast.moderator)
    ruling = Ruling(Act.REMOVE, "law", "The second line calls for violence.", "Public Order Act 1986, section 4")
    decision = decide(case, moderator=cast.moderator, ruling=ruling, seen=seen(case))
    page = page_of(cast.author, decision)
    for part in (
        "taken out of sight for good",  # 17(3)(a): the restriction,
        "everywhere in this place, in every country",  # its extent,
        "Without an end of its own",  # how long
        "The second line calls for violence.",  # (b): the facts,
        "Somebody pointed it out to us. We never say who.",  # whether after a notice
        "A person read it and decided; no program found it",  # (c): automated means
        "Public Order Act 1986, section 4",  # (d): the law,
        "Nothing that the law forbids",  # (e): the rule
        "Object to this decision",  # (f): here, free, by another person,
        "It costs nothing",
        "out of court (Regulation (EU) 2022/2065, article 21)",  # before a body,
        "You can go to a court at any time.",  # and a court
        "A. Hesper",
        "1 Harbour Row",
    ):
        assert part in page, part


@pytest.mark.parametrize("act", sorted(RESTRICTIONS - {Act.LOCK}))
def test_every_restriction_has_a_statement_of_its_own_that_names_nobody(cast: Cast, many: None, act: Act) -> None:
    case = reported(cast, MEMBERS, reason="cruel")
    decision = decided(case, cast.moderator, act)
    page = page_of(cast.author, decision)
    assert "It says she is to blame." in page
    assert "Object to this decision" in page
    for trace in (cast.moderator.name, cast.other_member.name, "cruel, or lays blame"):
        assert trace not in page


def test_a_pause_says_when_it_ends_and_that_it_has(cast: Cast) -> None:
    case = reported(cast, MEMBERS)
    open_case(case, moderator=cast.moderator)
    ruling = Ruling(Act.PAUSE, "kind", "It says she is to blame.", days=3)
    decision = decide(case, moderator=cast.moderator, ruling=ruling, seen=seen(case))
    assert ", the pause ends by itself." in page_of(cast.author, decision)
    Decision.objects.update(until=now_us() - 1)
    page = page_of(cast.author, decision)
    assert ", the pause ended by itself." in page
    assert "The time in which you could not write here is over." in page


def test_a_word_is_shown_as_a_word_and_not_as_a_restriction(cast: Cast) -> None:
    decision = decided(reported(cast, MEMBERS), cast.moderator, Act.WORD, reason="I was moved by this. Take care.")
    page = page_of(cast.author, decision)
    assert "I was moved by this. Take care." in page
    assert "Nothing is taken from you" in page
    for part in ("Object", "court", "The rule of the house", "pointed it out"):
        assert part not in page, part


def test_the_rule_is_shown_as_it_stood_when_it_was_decided(cast: Cast) -> None:
    decision = decided(reported(cast, MEMBERS), cast.moderator, Act.HIDE, clause="kind")
    said = statement_to(cast.author, decision.pk)
    assert said is not None
    assert said.clause is not None
    assert said.clause.key == "kind"
    assert f"/rules/{decision.rules}/#kind" in page_of(cast.author, decision)


def test_others_find_no_statement_there(cast: Cast) -> None:
    decision = decided(reported(cast, MEMBERS), cast.moderator, Act.HIDE)
    for member in (cast.other_member, cast.moderator, cast.host):
        assert signed_in(member).get(f"/me/decisions/{decision.pk}/").status_code == 404
        assert signed_in(member).get(f"/me/decisions/{decision.pk}/object/").status_code == 404


def test_what_was_released_or_left_is_told_to_nobody_as_a_statement(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    hold_first_text(story)
    released = decided(case_about(story), cast.moderator, Act.RELEASE)
    left = decided(reported(cast, MEMBERS), cast.moderator, Act.DISMISS)
    assert decisions_about(cast.author) == []
    for decision in (released, left):
        assert signed_in(cast.author).get(f"/me/decisions/{decision.pk}/").status_code == 404


# -- How it came to be read ------------------------------------------------------------------------------------------


def found(cast: Cast, case: Case) -> str:
    return decided(case, cast.moderator, Act.HIDE).found


@pytest.mark.parametrize(("rings", "said"), [((EVERYONE,), Found.NOTICE), ((MEMBERS,), Found.NOTICE)])
def test_where_many_could_see_it_it_is_said_that_somebody_pointed_it_out(
    cast: Cast, many: None, rings: tuple[int, ...], said: Found
) -> None:
    assert found(cast, reported(cast, *rings)) == said


def test_where_few_could_see_it_nothing_is_said_whether_it_was_pointed_out_or_not(cast: Cast, many: None) -> None:
    ring = chosen_ring(cast.author).pk
    pointed_out = report(told(cast.author, ring), by=cast.same_ring, reason="cruel")
    not_pointed_out = case_of(told(cast.author, ring), Because.CARE)
    Case.objects.filter(pk=not_pointed_out.pk).update(signs=["risk"])
    decisions = [decided(case, cast.moderator, Act.HIDE) for case in (pointed_out, not_pointed_out)]
    assert [decision.found for decision in decisions] == [Found.UNSAID, Found.UNSAID]
    said = [statement_to(cast.author, decision.pk) for decision in decisions]
    assert len({(one.how_it_came, one.use_of_machines) for one in said if one}) == 1
    assert "Somebody pointed it out" not in page_of(cast.author, decisions[0])


def test_in_a_small_place_all_members_are_few(cast: Cast) -> None:
    assert Member.objects.count() < finding.FEW
    assert found(cast, reported(cast, MEMBERS)) == Found.UNSAID
    assert found(cast, reported(cast, EVERYONE)) == Found.NOTICE


def test_an_answer_is_seen_by_as_many_as_its_story(cast: Cast, many: None) -> None:
    for ring, said in ((chosen_ring(cast.author).pk, Found.UNSAID), (MEMBERS, Found.NOTICE)):
        story = told(cast.author, ring)
        answer = Answer.objects.create(story=story, author=cast.same_ring, text="at least")
        publish(answer)
        assert found(cast, report(answer, by=cast.author, reason="cruel")) == said


def test_showing_a_hidden_text_to_more_people_does_not_make_the_statement_speak(cast: Cast, many: None) -> None:
    story = told(cast.author, chosen_ring(cast.author).pk)
    decision = decided(report(story, by=cast.same_ring, reason="cruel"), cast.moderator, Act.HIDE)
    show_to(story, [EVERYONE])
    assert "Somebody pointed it out" not in page_of(cast.author, decision)


def test_showing_it_to_more_people_after_it_was_pointed_out_does_not_either(cast: Cast, many: None) -> None:
    story = told(cast.author, chosen_ring(cast.author).pk)
    case = report(story, by=cast.same_ring, reason="cruel")
    show_to(story, [EVERYONE])
    report(story, by=cast.other_member, reason="cruel")
    assert found(cast, case) == Found.UNSAID


def test_what_nobody_has_seen_was_pointed_out_by_nobody_and_that_is_said(cast: Cast) -> None:
    for signs, said in (([], Found.READING), (["hostile"], Found.SCREENING)):
        story: Story = Story.objects.create(author=cast.author, text="not yet shown")
        show_to(story, [chosen_ring(cast.author).pk])
        hold(story)
        case = case_of(story, Because.DOUBTFUL if signs else Because.FIRST_TEXT)
        Case.objects.filter(pk=case.pk).update(signs=signs)
        case.refresh_from_db()
        assert found(cast, case) == said


def test_a_program_only_asked_for_a_person_and_that_is_said(cast: Cast, many: None) -> None:
    story = told(cast.author, MEMBERS)
    case = case_of(story, Because.CARE)
    Case.objects.filter(pk=case.pk).update(signs=["risk"])
    case.refresh_from_db()
    page = page_of(cast.author, decided(case, cast.moderator, Act.HIDE))
    assert "asked for a person to read this one" in page
    assert "a person read it and decided" in page


# -- What becomes of a report ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        (Act.DISMISS, "It stays as it is."),
        (Act.WORD, "It stays as it is."),
        (Act.WARN, "has spoken with whoever wrote it. It stays where it is."),
        *((act, "it was taken out of sight.") for act in (Act.ASK, Act.HIDE, Act.REMOVE, Act.PAUSE, Act.END)),
    ],
)
def test_the_reporter_hears_what_came_of_it_and_nothing_of_the_writer(cast: Cast, act: Act, heard: str) -> None:
    case = reported(cast, MEMBERS)
    decided(case, cast.moderator, act, reason="It says she is to blame.")
    (outcome,) = reports_by(cast.other_member)
    assert heard in outcome.what
    page = signed_in(cast.other_member).get("/me/decisions/").content.decode()
    for trace in ("It says she is to blame.", cast.author.name, "cannot write", "membership", "warn"):
        assert trace not in page, trace


def test_pointing_out_very_much_costs_nothing(cast: Cast) -> None:
    for _time in range(12):
        decided(reported(cast, MEMBERS), cast.moderator, Act.DISMISS)
    assert Member.objects.get(pk=cast.other_member.pk).may_write
    assert decisions_about(cast.other_member) == []
    assert all("It stays as it is." in outcome.what for outcome in reports_by(cast.other_member))


def test_the_list_of_decisions_asks_the_same_however_long_it_is(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _time in range(6):
        decided(reported(cast, MEMBERS), cast.moderator, Act.REMOVE)
    with django_assert_max_num_queries(6):
        assert len(decisions_about(cast.author)) == 6


# -- What of mine waits ----------------------------------------------------------------------------------------------


def test_what_waits_is_named_with_since_when_and_when_somebody_reads(cast: Cast, settings: Any) -> None:
    settings.READING_HOURS, settings.READING_TIMES = "evenings, mostly", ()
    waits = told(cast.author, MEMBERS, title="The long winter")
    hold_first_text(waits)
    told(cast.author, MEMBERS, title="In the open")
    page = signed_in(cast.author).get("/me/waiting/").content.decode()
    assert "The long winter" in page
    assert "evenings, mostly" in page
    assert waits.get_absolute_url() in page
    assert "In the open" not in page
    assert "The long winter" not in signed_in(cast.other_member).get("/me/waiting/").content.decode()


def test_what_is_shown_and_was_pointed_out_does_not_wait_for_its_writer(cast: Cast) -> None:
    report(told(cast.author, MEMBERS, title="In the open"), by=cast.other_member, reason="cruel")
    assert "Nothing of yours waits." in signed_in(cast.author).get("/me/waiting/").content.decode()


def test_what_a_decision_hid_does_not_wait_until_she_asks_for_it_to_be_read_again(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="Hidden")
    decision = decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.ASK)
    client = signed_in(cast.author)
    assert "Hidden" not in client.get("/me/waiting/").content.decode()
    Story.objects.written_by(cast.author).update(text="softer", touched_at=now_us())
    client.post(f"/me/decisions/{decision.pk}/again/")
    assert "Hidden" in client.get("/me/waiting/").content.decode()


def test_since_when_it_waits_does_not_tell_when_it_was_pointed_out(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="In the open")
    case = report(story, by=cast.other_member, reason="cruel")
    Case.objects.filter(pk=case.pk).update(at=now_us() - 40 * DAY)
    hold(story)
    (line,) = waiting_of(cast.author, Viewer.member(cast.author))
    assert line.since == story.touched_at


def test_an_answer_whose_story_is_gone_from_sight_can_still_be_taken_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    answer = Answer.objects.create(story=story, author=cast.other_member, text="So did I.")
    hold_first_text(answer)
    show_to(story, [])
    page = signed_in(cast.other_member).get("/me/waiting/").content.decode()
    assert "So did I." in page
    assert "/stories/mine/" in page
    assert story.ref not in page
