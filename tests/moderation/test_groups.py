"""Texts under one story stand in one line and are settled with one decision."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leeward.audience.models import EVERYONE, Opening
from leeward.audience.notes import mask_of
from leeward.audience.publishing import hold
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, decide_together, open_case, open_together, report, take_back
from leeward.moderation.actions.cases import case_of
from leeward.moderation.actions.deciding import ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.desks import Why, opened_today, pause_of
from leeward.moderation.models import (
    Act,
    Because,
    Case,
    CaseState,
    Decision,
    Effect,
    Evidence,
    HandedOn,
    Priority,
)
from leeward.moderation.queue import waiting_for
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import seen
from tests.stories.telling import told

BLAME = Ruling(Act.REMOVE, "kind", "It says that she is to blame.")


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


def stamps(cases: list[Case]) -> dict[int, int]:
    return {case.pk: stamp for case in cases if (stamp := seen(case)) is not None}


def settle(cases: list[Case], moderator: Member, ruling: Ruling = BLAME) -> int:
    open_together(cases, moderator=moderator)
    return decide_together(cases, moderator=moderator, ruling=ruling, seen=stamps(cases))


def opened_page(client: Client, query: str = "") -> str:
    """The page of the only group in the queue, opened."""
    link = re.search(r"/moderation/groups/\w+/", client.get("/moderation/").content.decode())
    assert link is not None
    client.post(f"{link[0]}open/")
    return client.get(link[0] + query).content.decode()


def values_on(page: str, *, ticked: bool = False) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="case" value="([^"]+)"( checked)?>', page)
    return [value for value, checked in boxes if checked or not ticked]


# -- In the queue -----------------------------------------------------------------------------------------------------


def test_two_texts_under_one_story_are_two_lines_and_three_are_one(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(2)
    assert len(waiting_for(cast.moderator)) == 2
    held(1)
    (line,) = waiting_for(cast.moderator)
    assert (line.title, line.about, line.size) == ("3 texts under one story", "answer", 3)
    assert line.reasons == ("It may be cruel, or lay blame",)


def test_care_urgency_and_the_story_itself_stand_alone(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    report(story, by=cast.other_member, reason="untrue")
    care, threat, *_others = held(5)
    Case.objects.filter(pk=care.pk).update(because=Because.CARE, priority=Priority.URGENT)
    Case.objects.filter(pk=threat.pk).update(priority=Priority.URGENT, signs=["threat"])
    lines = waiting_for(cast.moderator)
    assert [line.size for line in lines] == [1, 1, 1, 3]
    assert [line.urgent for line in lines] == [True, True, False, False]


def test_urgent_texts_under_one_story_are_one_urgent_line(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3)
    threats = held(3)
    Case.objects.filter(pk__in=[case.pk for case in threats]).update(priority=Priority.URGENT, signs=["threat"])
    assert [(line.urgent, line.size) for line in waiting_for(cast.moderator)] == [(True, 3), (False, 3)]


def test_what_she_pointed_out_herself_is_not_in_the_group(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(4)
    answer = Answer.objects.written_by(cast.other_member).get(pk=cases[0].thing_id)
    report(answer, by=cast.moderator, reason="cruel")
    assert sorted(line.size for line in waiting_for(cast.moderator)) == [1, 3]


# -- On the page ------------------------------------------------------------------------------------------------------


def test_a_group_shows_nothing_until_it_is_opened_with_a_line_for_each_text(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    client = signed_in(cast.moderator)
    closed = client.get(f"/moderation/groups/{cases[0].ref}/").content.decode()
    assert "DOUBTFUL-held-1" not in closed
    assert not Opening.objects.exists()
    assert "DOUBTFUL-held-1" in opened_page(client)
    logged = Opening.objects.filter(moderator=cast.moderator, closed_at=None, kind="stories.answer")
    assert sorted(logged.values_list("reason", flat=True)) == sorted(case.opening_reason for case in cases)
    assert opened_today([cast.moderator]) == {cast.moderator.pk: 1}


def test_texts_that_came_after_are_not_open_until_they_are_opened(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3)
    client = signed_in(cast.moderator)
    opened_page(client)
    held(2, Because.FIRST_TEXT)
    link = f"/moderation/groups/{Case.objects.earliest('at').ref}/"
    page = client.get(link).content.decode()
    assert "2 more are not open yet." in page
    assert "FIRSTTEXT-held" not in page
    client.post(f"{link}open/")
    assert "FIRSTTEXT-held-1" in client.get(link).content.decode()


def test_all_can_be_ticked_or_those_of_one_reason(cast: Cast, held: Callable[..., list[Case]]) -> None:
    hostile, first = held(3), held(2, Because.FIRST_TEXT)
    client = signed_in(cast.moderator)
    assert values_on(opened_page(client), ticked=True) == []
    assert len(values_on(opened_page(client, "?tick=all"), ticked=True)) == 5
    only = {value.split(":")[0] for value in values_on(opened_page(client, "?tick=hostile"), ticked=True)}
    assert only == {case.ref for case in hostile}
    assert not only & {case.ref for case in first}


def test_a_text_with_something_inside_stays_covered(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3, notes=mask_of(["loss_detail"]))
    page = opened_page(signed_in(cast.moderator))
    assert page.count("Inside: a loss told closely") == 3
    assert page.index("The whole text") < page.index("DOUBTFUL-held-0")


def test_one_decision_settles_those_that_are_ticked_and_no_others(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    held(4)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    link = f"/moderation/groups/{values[0].split(':')[0]}/"
    sent = {"case": values[:3], "act": "remove", "clause": "kind", "reason": "It says that she is to blame."}
    answered = client.post(f"{link}decide/", sent, follow=True)
    assert "3 texts are decided." in answered.content.decode()
    assert Decision.objects.count() == 3
    assert Case.objects.filter(state=CaseState.OPEN).count() == 1
    assert client.get("/moderation/groups/" + Case.objects.get(state=CaseState.OPEN).ref + "/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "remove", "clause": "kind", "reason": "Blame."}, "Tick the texts that you mean."),
        ({"act": "remove", "reason": "Blame."}, "Say which rule it rests on."),
        ({"act": "remove", "clause": "honest", "reason": "Made up."}, "is read by two people"),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_and_words_stay(
    cast: Cast, held: Callable[..., list[Case]], sent: dict[str, str], said: str
) -> None:
    held(3)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    ticks = [] if "Tick" in said else values[:2]
    link = f"/moderation/groups/{values[0].split(':')[0]}/decide/"
    page = client.post(link, {**sent, "case": ticks}).content.decode()
    assert said in page
    assert sent["reason"] in page
    assert values_on(page, ticked=True) == ticks
    assert not Decision.objects.exists()


def test_a_text_that_was_changed_since_the_page_was_opened_is_left_out(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    Answer.objects.written_by(cast.other_member).filter(pk=cases[0].thing_id).update(text="softer", touched_at=1)
    sent = {"case": values, "act": "hide", "clause": "kind", "reason": "Blame."}
    page = client.post(f"/moderation/groups/{cases[0].ref}/decide/", sent, follow=True).content.decode()
    assert "2 texts are decided." in page
    assert "1 text stays as it was" in page
    assert list(Case.objects.filter(state=CaseState.OPEN)) == [cases[0]]


def test_urgent_texts_settled_together_are_followed_by_a_rest(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    Case.objects.update(priority=Priority.URGENT, signs=["threat"])
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    sent = {"case": values, "act": "remove", "clause": "threats", "reason": "It threatens her."}
    client.post(f"/moderation/groups/{cases[0].ref}/decide/", sent)
    pause = pause_of(cast.moderator)
    assert pause is not None
    assert pause.why is Why.RESTS


def test_a_group_is_handed_on_as_one(cast: Cast, held: Callable[..., list[Case]]) -> None:
    second = make_member("Rook", is_moderator=True)
    cases = held(3)
    client = signed_in(cast.moderator)
    opened_page(client)
    client.post(f"/moderation/groups/{cases[1].ref}/hand-on/")
    assert HandedOn.objects.count() == 3
    assert waiting_for(cast.moderator) == []
    assert [line.size for line in waiting_for(second)] == [3]
    assert not Opening.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("door", ["", "open/", "decide/", "hand-on/"])
def test_a_group_under_her_own_story_is_not_there_for_a_moderator(
    cast: Cast, held: Callable[..., list[Case]], door: str
) -> None:
    cases = held(3)
    Member.objects.filter(pk=cast.author.pk).update(is_moderator=True)
    client = signed_in(Member.objects.get(pk=cast.author.pk))
    path = f"/moderation/groups/{cases[0].ref}/{door}"
    assert (client.post(path) if door else client.get(path)).status_code == 404
    assert waiting_for(Member.objects.get(pk=cast.author.pk)) == []


# -- The decision -----------------------------------------------------------------------------------------------------


def test_each_text_gets_a_decision_a_copy_an_effect_and_a_notice_of_its_own(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    cases = held(4)
    assert settle(cases, cast.moderator) == 4
    assert len(set(Decision.objects.values_list("together", flat=True)) - {""}) == 1
    assert Decision.objects.filter(act=Act.REMOVE, clause="kind", by=cast.moderator).count() == 4
    assert (Evidence.objects.count(), Effect.objects.count()) == (4, 4)
    told_to = Notice.objects.filter(kind="moderation.decided").values_list("member_id", flat=True)
    assert sorted(told_to) == sorted([cast.other_member.pk, cast.same_ring.pk] * 2)
    assert not Opening.objects.filter(closed_at=None).exists()
    assert set(Answer.objects.written_by(cast.other_member).values_list("state", flat=True)) == {State.WITHDRAWN}


def test_one_by_one_and_together_come_to_the_same(cast: Cast, held: Callable[..., list[Case]]) -> None:
    alone, *many = held(4)
    open_case(alone, moderator=cast.moderator)
    decide(alone, moderator=cast.moderator, ruling=BLAME, seen=seen(alone))
    settle(many, cast.moderator)
    fields = ("act", "clause", "reason", "law", "rules", "until", "found", "by", "undone_at")
    assert len(set(Decision.objects.values_list(*fields))) == 1
    assert len(set(Effect.objects.values_list("kind", "state_before"))) == 1
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.DECIDED}


@pytest.mark.parametrize("act", [Act.ASK, Act.PAUSE, Act.END])
def test_what_was_decided_together_can_be_taken_back_one_by_one(
    cast: Cast, held: Callable[..., list[Case]], act: Act
) -> None:
    cases = held(3)
    settle(cases, cast.moderator, Ruling(act, "kind", "Blame.", days=7))
    for decision in Decision.objects.exclude(act=Act.LIFT):
        open_case(decision.case, moderator=cast.moderator)
        take_back(decision, moderator=cast.moderator, reason="Looked at anew.")
    assert not any(Member.objects.get(pk=one.pk).is_suspended for one in (cast.other_member, cast.same_ring))
    assert set(Answer.objects.written_by(cast.other_member).values_list("state", flat=True)) == {State.HELD}


def test_texts_that_were_held_wrongly_are_released_together_and_their_author_hears(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    settle(held(3, Because.FIRST_TEXT), cast.moderator, Ruling(Act.RELEASE))
    assert Answer.objects.visible_to(Viewer.stranger()).filter(story=story).count() == 3
    assert Notice.objects.filter(kind="moderation.released").count() == 3
    assert Notice.objects.filter(member=cast.author, kind="stories.answer").count() == 3


def test_until_they_are_decided_the_author_of_the_story_meets_none_of_them(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    open_together(cases, moderator=cast.moderator)
    for thing in Answer.objects.written_by(cast.other_member):
        assert not is_visible_to(thing, Viewer.member(cast.author))
        assert is_visible_to(thing, Viewer.moderator(cast.moderator))


def test_a_reporter_hears_the_outcome_once(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    reporter = make_member("Nell")
    for case in cases:
        case.reports.create(reporter=reporter, reason="cruel")
    settle(cases, cast.moderator)
    assert Notice.objects.filter(member=reporter, kind="moderation.outcome").count() == 1


def test_what_was_not_opened_decided_by_another_or_pointed_out_by_her_is_left_out(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    not_opened, decided, hers, fits = held(4)
    rook = make_member("Rook", is_moderator=True)
    open_together([decided, hers, fits], moderator=cast.moderator)
    assert settle([decided], rook) == 1
    hers.reports.create(reporter=cast.moderator, reason="cruel")
    cases = [not_opened, decided, hers, fits]
    assert decide_together(cases, moderator=cast.moderator, ruling=BLAME, seen=stamps(cases)) == 1
    assert Decision.objects.filter(by=cast.moderator).get().case == fits


@pytest.mark.django_db(transaction=True)
def test_two_people_who_settle_the_same_group_in_the_same_moment_decide_each_text_once(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases, together, outcomes = held(60), threading.Barrier(2), []
    moderators = [cast.moderator, make_member("Rook", is_moderator=True)]
    for moderator in moderators:
        open_together(cases, moderator=moderator)
    stamp = stamps(cases)

    def work(moderator: Member) -> None:
        mine = list(Case.objects.filter(state=CaseState.OPEN))
        together.wait()
        try:
            outcomes.append(decide_together(mine, moderator=moderator, ruling=BLAME, seen=stamp))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[moderator]) for moderator in moderators]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(outcomes) == 60
    assert Decision.objects.count() == Decision.objects.values("case").distinct().count() == 60


def test_a_decision_together_needs_a_rule_and_the_facts_too(cast: Cast, held: Callable[..., list[Case]]) -> None:
    with pytest.raises(ReasonMissingError):
        settle(held(3), cast.moderator, Ruling(Act.REMOVE))


def test_who_moderates_nothing_opens_and_decides_nothing_together(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    with pytest.raises(NotForYouError):
        open_together(cases, moderator=cast.host)
    open_together(cases, moderator=cast.moderator)
    assert decide_together(cases, moderator=cast.host, ruling=BLAME, seen=stamps(cases)) == 0


def test_a_hundred_texts_ask_little_more_of_the_database_than_fifty(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    """Timings are in benchmarks; here: what is done for each text is a handful of questions, and no more."""
    asked = []
    for _turn in range(2):
        cases = held(50)
        open_together(cases, moderator=cast.moderator)
        stamp = stamps(cases)
        with CaptureQueriesContext(connection) as queries:
            assert decide_together(cases, moderator=cast.moderator, ruling=BLAME, seen=stamp) == 50
        asked.append(len(queries))
    assert max(asked) <= 50 * 10
    with CaptureQueriesContext(connection) as queries:
        open_together(held(50), moderator=cast.moderator)
    assert len([one for one in queries if "audience_opening" in one["sql"]]) <= 3


def test_the_page_of_a_group_asks_the_same_however_long_it_is(cast: Cast, held: Callable[..., list[Case]]) -> None:
    client = signed_in(cast.moderator)
    asked = []
    for _turn in range(2):
        held(5)
        opened_page(client)
        link = f"/moderation/groups/{Case.objects.earliest('at').ref}/"
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        asked.append(len(queries))
    assert asked[0] == asked[1]
