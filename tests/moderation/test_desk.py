"""What those who moderate are spared, when they rest, and what they do for one another."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS, Opening
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import all_belongings
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import hold_first_text, open_case, report
from leeward.moderation.actions.appealing import object_to
from leeward.moderation.actions.keeping import (
    NobodyElseError,
    ask_second,
    give_opinion,
    go_on,
    hand_on,
    keep_desk,
    note_down,
    rest_after,
)
from leeward.moderation.actions.opening import NotForYouError, has_opened
from leeward.moderation.desks import Why, desk_of, opened_today, pause_of
from leeward.moderation.models import Act, Because, Case, Debrief, Desk, HandedOn, Opinion, Priority
from leeward.moderation.queue import Line, waiting_for
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, ShownFact, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


def case_of_a_first_text(cast: Cast, *, notes: int = 0) -> Case:
    story = told(cast.author, EVERYONE, text="held", notes=notes)
    hold_first_text(story)
    return case_about(story)


def urgent(cast: Cast, *signs: str) -> Case:
    case = case_of_a_first_text(cast)
    case.because, case.priority, case.signs = Because.CARE, Priority.URGENT, list(signs or ["risk"])
    case.save()
    return case


def desk(moderator: Member, **chosen: object) -> None:
    kept = {"avoids": 0, "avoids_losses": [], "away_from": None, "away_until": None, "daily_cap": 20, **chosen}
    keep_desk(moderator, **kept)  # type: ignore[arg-type]  # a test chooses one thing at a time


def offered(moderator: Member) -> list[Line]:
    return waiting_for(moderator)


def page(client: Client, path: str = "/moderation/") -> str:
    return client.get(path).content.decode()


# -- What is spared ---------------------------------------------------------------------------------------------------


def test_what_has_something_inside_that_she_is_spared_goes_to_another(cast: Cast, second: Member) -> None:
    case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    desk(cast.moderator, avoids=mask_of(["loss_detail"]))
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1


def test_where_nobody_else_is_there_it_stands_last_and_covered_and_says_what_is_inside(cast: Cast) -> None:
    spared = case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    other = case_of_a_first_text(cast)
    desk(cast.moderator, avoids=mask_of(["loss_detail"]))
    lines = offered(cast.moderator)
    assert [line.path for line in lines] == [f"/moderation/cases/{case.ref}/" for case in (other, spared)]
    assert lines[1].spared == ("a loss told closely",)
    assert "You asked to be spared this; nobody else is here" in page(signed_in(cast.moderator))


@pytest.mark.parametrize("why", ["spared too", "away", "its writer", "suspended", "handed on", "reported it"])
def test_another_moderator_who_could_not_take_it_is_nobody(cast: Cast, second: Member, why: str) -> None:
    note = mask_of(["loss_detail"])
    story = told(second if why == "its writer" else cast.author, EVERYONE, notes=note)
    hold_first_text(story)
    case = case_about(story)
    desk(cast.moderator, avoids=note)
    match why:
        case "spared too":
            desk(second, avoids=note)
        case "away":
            desk(second, away_until=timezone.localdate())
        case "suspended":
            Member.objects.filter(pk=second.pk).update(suspended_at=timezone.now())
        case "handed on":
            hand_on([case], moderator=second)
        case "reported it":
            report(story, by=second, reason="cruel")
    assert [line.spared for line in offered(cast.moderator)] == [("a loss told closely",)]


def test_words_about_danger_count_as_thoughts_of_not_living(cast: Cast, second: Member) -> None:
    urgent(cast)
    desk(cast.moderator, avoids=mask_of(["suicide_self_harm"]))
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1


def test_a_kind_of_loss_that_a_story_shows_is_spared_with_all_that_stands_under_it(cast: Cast, second: Member) -> None:
    story = told(cast.author, MEMBERS)
    ShownFact.objects.create(story=story, facet="kind", key="stillbirth")
    answer = Answer.objects.create(story=story, author=cast.other_member, text="an answer")
    publish(answer)
    report(answer, by=cast.same_ring, reason="cruel")
    desk(cast.moderator, avoids_losses=["stillbirth"])
    assert offered(cast.moderator) == []
    desk(second, avoids_losses=["stillbirth"])
    assert [line.spared for line in offered(cast.moderator)] == [("Stillbirth",)]


def test_what_is_aimed_at_a_moderators_own_story_she_never_meets(cast: Cast, second: Member) -> None:
    story = told(cast.moderator, MEMBERS)
    answer = Answer.objects.create(story=story, author=cast.other_member, text="cruel words")
    publish(answer)
    case = report(answer, by=cast.same_ring, reason="cruel")
    assert offered(cast.moderator) == []
    with pytest.raises(NotForYouError):
        open_case(case, moderator=cast.moderator)
    assert signed_in(cast.moderator).get(f"/moderation/cases/{case.ref}/").status_code == 404
    assert len(offered(second)) == 1


# -- Away, rest, enough -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "away"),
    [(None, None, False), (0, 0, True), (-3, None, True), (1, None, False), (None, -1, False), (None, 0, True)],
)
def test_she_is_away_on_the_days_that_she_named(cast: Cast, begins: int | None, ends: int | None, away: bool) -> None:
    today = timezone.localdate()
    days = [None if shift is None else today + datetime.timedelta(days=shift) for shift in (begins, ends)]
    desk(cast.moderator, away_from=days[0], away_until=days[1])
    pause = pause_of(cast.moderator)
    assert (pause is not None and pause.why is Why.AWAY) is away


def test_when_she_has_opened_as_many_as_she_set_herself_nothing_more_is_offered_today(cast: Cast) -> None:
    desk(cast.moderator, daily_cap=5)
    for _one in range(5):
        open_case(case_of_a_first_text(cast), moderator=cast.moderator)
    waits = case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    assert "It is enough for today" in page(client)
    assert waits.ref not in page(client)
    client.post(f"/moderation/cases/{waits.ref}/open/", {"anyway": "1"})
    assert not has_opened(waits, cast.moderator)
    Opening.objects.update(opened_at=now_us() - DAY)
    assert waits.ref in page(client)


def test_a_case_inside_a_story_counts_once(cast: Cast) -> None:
    answer = Answer.objects.create(story=told(cast.author, MEMBERS), author=cast.other_member, text="an answer")
    publish(answer)
    open_case(report(answer, by=cast.same_ring, reason="cruel"), moderator=cast.moderator)
    assert Opening.objects.count() == 2
    assert opened_today([cast.moderator]) == {cast.moderator.pk: 1}


def test_what_is_urgent_is_opened_all_the_same_only_when_she_chooses_to(cast: Cast, second: Member) -> None:
    desk(cast.moderator, away_from=timezone.localdate())
    case, ordinary = urgent(cast), case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    first_sight, asked_for = page(client), page(client, "/moderation/?urgent=1")
    assert "1 urgent text waits." in first_sight
    assert "Somebody else is here, too." in first_sight
    assert case.ref not in first_sight
    assert case.ref in asked_for
    assert ordinary.ref not in asked_for
    client.post(f"/moderation/cases/{case.ref}/open/")
    assert not has_opened(case, cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/", {"anyway": "1"})
    assert has_opened(case, cast.moderator)


def test_after_a_text_about_danger_she_rests_and_the_page_says_so_kindly(cast: Cast) -> None:
    case = urgent(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    stamp = Story.objects.written_by(cast.author).get().touched_at
    answered = client.post(f"/moderation/cases/{case.ref}/decide/", {"act": "release", "seen": stamp}, follow=True)
    assert "Take a breath" in answered.content.decode()
    pause = pause_of(cast.moderator)
    assert pause is not None
    assert (pause.why, pause.minutes) == (Why.RESTS, 20)


def test_after_an_ordinary_text_she_goes_on(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    assert rest_after([case], moderator=cast.moderator) is False
    assert pause_of(cast.moderator) is None


def test_a_rest_ends_early_only_where_something_urgent_waits_and_nobody_else_is_there(
    cast: Cast, second: Member
) -> None:
    rest_after([urgent(cast)], moderator=cast.moderator)
    Case.objects.all().delete()
    assert go_on(cast.moderator) is False  # nothing waits
    urgent(cast)
    assert go_on(cast.moderator) is False  # somebody else is there
    desk(second, away_from=timezone.localdate())
    assert "Go on now" in page(signed_in(cast.moderator))
    signed_in(cast.moderator).post("/moderation/desk/rest/")
    assert pause_of(cast.moderator) is None


# -- The desk and its notes -------------------------------------------------------------------------------------------


def test_the_desk_is_kept_by_a_plain_form_and_comes_back_as_she_left_it(cast: Cast) -> None:
    client = signed_in(cast.moderator)
    sent = {"notes": ["loss_detail"], "losses": ["stillbirth"], "away_until": "2031-03-01", "daily_cap": "7"}
    client.post("/moderation/desk/", sent)
    kept = desk_of(cast.moderator)
    assert (kept.avoids, kept.avoids_losses) == (mask_of(["loss_detail"]), ["stillbirth"])
    assert (kept.away_until, kept.daily_cap) == (datetime.date(2031, 3, 1), 7)
    shown = page(client, "/moderation/desk/")
    assert 'value="2031-03-01"' in shown
    assert "You are away until" in page(client)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"daily_cap": "3"}, "5"),
        ({"daily_cap": "101"}, "100"),
        ({"daily_cap": "9", "away_from": "2031-03-02", "away_until": "2031-03-01"}, "This day is before"),
    ],
)
def test_a_desk_that_cannot_be_is_said_so_and_nothing_is_lost(cast: Cast, sent: dict[str, str], said: str) -> None:
    answered = signed_in(cast.moderator).post("/moderation/desk/", {**sent, "notes": ["loss_detail"]})
    assert said in answered.content.decode()
    assert not Desk.objects.exists()


def test_notes_to_herself_are_read_and_deleted_by_nobody_else(cast: Cast, second: Member) -> None:
    client = signed_in(cast.moderator)
    client.post("/moderation/desk/notes/", {"words": "It stays with me."})
    note = Debrief.objects.get()
    assert "It stays with me." in page(client, "/moderation/desk/notes/")
    assert "It stays with me." not in page(signed_in(second), "/moderation/desk/notes/")
    assert signed_in(second).post(f"/moderation/desk/notes/{note.pk}/delete/").status_code == 404
    exports = {belonging.key: belonging.export for belonging in all_belongings()}
    assert [row["words"] for row in exports["debriefs"](cast.moderator)] == ["It stays with me."]
    for other in (second, cast.host):
        assert "It stays with me." not in str([list(export(other)) for export in exports.values()])
    client.post(f"/moderation/desk/notes/{note.pk}/delete/")
    assert not Debrief.objects.exists()


def test_notes_go_after_ninety_days(cast: Cast) -> None:
    for days in (89, 91):
        Debrief.objects.filter(pk=note_down(cast.moderator, "x").pk).update(at=now_us() - days * DAY)
    tend()
    assert Debrief.objects.count() == 1


# -- Handing on and second readers ------------------------------------------------------------------------------------


def test_what_she_handed_on_does_not_come_back_and_she_sees_it_no_more(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    signed_in(cast.moderator).post(f"/moderation/cases/{case.ref}/hand-on/")
    assert not has_opened(case, cast.moderator)
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1
    hand_on([case], moderator=cast.moderator)
    assert HandedOn.objects.count() == 1


def test_what_everybody_handed_on_is_not_lost(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    for moderator in (cast.moderator, second):
        hand_on([case], moderator=moderator)
    assert [line.handed_on for line in offered(cast.moderator)] == [True]
    assert "You handed this on" in page(signed_in(cast.moderator))


def test_handing_on_something_urgent_rings_for_the_others(cast: Cast, second: Member) -> None:
    hand_on([urgent(cast)], moderator=cast.moderator)
    assert list(Notice.objects.values_list("member_id", "kind")) == [(second.pk, "moderation.urgent")]


def test_a_second_reader_writes_and_the_first_reads_it_without_a_name(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    first_client, second_client = signed_in(cast.moderator), signed_in(second)
    first_client.post(f"/moderation/cases/{case.ref}/open/")
    first_client.post(f"/moderation/cases/{case.ref}/second/")
    assert "somebody asks for another reader" in page(second_client)
    assert "you asked another person to read it" in page(first_client)
    second_client.post(f"/moderation/cases/{case.ref}/open/")
    second_client.post(f"/moderation/cases/{case.ref}/opinion/", {"words": "I would let it stand."})
    assert "another reader has written" in page(first_client)
    shown = page(first_client, f"/moderation/cases/{case.ref}/")
    assert "I would let it stand." in shown
    assert second.name not in shown
    assert cast.moderator.name not in page(second_client, f"/moderation/cases/{case.ref}/")
    kinds = {(notice.member_id, notice.kind) for notice in Notice.objects.all()}
    assert kinds == {(second.pk, "moderation.second"), (cast.moderator.pk, "moderation.opinion")}


def test_nobody_is_her_own_second_reader(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    ask_second(case, by=cast.moderator)
    case.refresh_from_db()
    with pytest.raises(NotForYouError):
        give_opinion(case, by=cast.moderator, words="I agree with myself.")
    with pytest.raises(NotForYouError):
        give_opinion(case, by=second, words="Without having read it.")
    assert not Opinion.objects.exists()


def test_where_nobody_else_is_there_a_second_reader_cannot_be_asked(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    with pytest.raises(NobodyElseError):
        ask_second(case, by=cast.moderator)
    assert "There is no other person here yet who moderates." in page(
        signed_in(cast.moderator), f"/moderation/cases/{case.ref}/"
    )


def test_a_case_can_be_decided_without_waiting_for_the_second_reader(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    ask_second(case, by=cast.moderator)
    decided(case, cast.moderator, Act.RELEASE)
    case.refresh_from_db()
    with pytest.raises(NotForYouError):
        give_opinion(case, by=second, words="Too late.")


# -- The case's page --------------------------------------------------------------------------------------------------


def test_a_line_of_the_queue_says_why_in_plain_words(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["hostile", "link"])
    (line,) = offered(cast.moderator)
    assert line.title == "It may be cruel, or lay blame; It has a link, from somebody who is new here"


def test_the_rule_is_filled_in_from_what_was_found(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["selling"])
    open_case(case, moderator=cast.moderator)
    shown = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
    assert '<option value="selling" selected>' in shown


def test_sight_ends_also_where_the_reason_changed_after_it_was_opened(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    Case.objects.filter(pk=case.pk).update(because=Because.DOUBTFUL, signs=["hostile"])
    case.refresh_from_db()
    assert has_opened(case, cast.moderator)
    decided(case, cast.moderator, Act.REMOVE)
    assert not Opening.objects.filter(closed_at=None).exists()


def test_a_text_with_something_inside_stays_covered_until_it_is_asked_for(cast: Cast) -> None:
    case = case_of_a_first_text(cast, notes=mask_of(["loss_detail"]))
    open_case(case, moderator=cast.moderator)
    shown = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
    cover = shown.index('<details class="content-note">')
    assert cover < shown.index("a loss told closely") < shown.index("held</p>") < shown.index("</details>", cover)


def test_a_text_about_danger_stands_under_a_way_to_help_and_others_do_not(cast: Cast) -> None:
    shown = {}
    for case in (urgent(cast), urgent(cast, "threat"), case_of_a_first_text(cast)):
        open_case(case, moderator=cast.moderator)
        page_of_it = page(signed_in(cast.moderator), f"/moderation/cases/{case.ref}/")
        shown[case.pk] = page_of_it[page_of_it.index("<main") : page_of_it.index('id="text"')]
    danger, threat, ordinary = shown.values()
    assert "Help that is open now" in danger
    assert "Help that is open now" not in threat
    assert "Someone may be threatened" in threat
    assert 'class="notice' not in ordinary


def test_a_pause_of_days_and_the_law_come_through_the_form(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    stamp = Story.objects.written_by(cast.author).get().touched_at
    sent = {"act": "pause", "clause": "law", "reason": "It sells what may not be sold.", "days": "30", "seen": stamp}
    path = f"/moderation/cases/{case.ref}/decide/"
    assert "Say which law it is." in client.post(path, sent).content.decode()
    client.post(path, {**sent, "law": "The Medicines Act, article 8"})
    decision = case.decisions.get()
    assert decision.law == "The Medicines Act, article 8"
    assert decision.until == pytest.approx(now_us() + 30 * DAY, abs=DAY // 24)


def test_an_objection_stands_in_the_queue_of_who_may_hear_it(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    decision = decided(case, cast.moderator, Act.REMOVE)
    appeal = object_to(decision, by=cast.author, words="It was about myself.")
    assert offered(cast.moderator) == []
    assert [line.path for line in offered(second)] == [f"/moderation/appeals/{appeal.pk}/"]
