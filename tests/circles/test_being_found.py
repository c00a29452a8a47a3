"""Being found: as what, by whom, and out again at once."""

from __future__ import annotations

import datetime

import pytest

from leeward.audience.actions import block, set_shield, unblock
from leeward.audience.models import RingMember
from leeward.audience.notes import NOTE, NOTES
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.circles.actions.being_found import be_found, open_to, take_over
from leeward.circles.actions.letting_in import let_in, let_out
from leeward.circles.meeting import is_found
from leeward.circles.models import FoundBy, LightCall, Presence, PresenceFact
from leeward.circles.shown import CannotBeFoundSo, Wish, says_else
from leeward.circles.tending import show_who_waited
from leeward.journeys.actions import move_on
from leeward.journeys.notes_of_facts import NOTES_OF_FACTS
from leeward.journeys.vocabulary import FACET
from leeward.journeys.ways import keep_in_step
from leeward.kit.moments import DAY, now_us
from leeward.members.consents import has_consented, withdraw
from leeward.members.models import Member, Purpose, today
from leeward.moderation.models import Screening
from tests.circles.people import IVF, LATE, findable, known
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost, text_of, told


def sees(member: Member, presence: Presence) -> bool:
    return is_visible_to(presence, Viewer.member(member))


def on_the_way(member: Member, days_ago: int = 30) -> Member:
    lost(member, "miscarriage_late", weeks=20)
    RingMember.objects.filter(member=member).delete()
    keep_in_step(member, declared_at=now_us() - days_ago * DAY)
    return member


def test_members_find_who_lets_members_find_her(cast: Cast) -> None:
    presence = findable(cast.author, LATE)
    assert has_consented(cast.author, Purpose.FOUND)
    assert is_found(cast.author)
    assert sees(cast.other_member, presence)
    assert not sees(cast.blocked, presence)
    assert not is_visible_to(presence, Viewer.stranger())


def test_people_on_the_same_way_find_her_by_a_way_that_she_shows(cast: Cast) -> None:
    for member in (cast.author, cast.other_member):
        on_the_way(member)
    presence = findable(cast.author, LATE, by=FoundBy.SAME_WAY)
    assert sees(cast.other_member, presence)
    assert not sees(cast.same_ring, presence)


def test_a_way_that_she_left_unticked_finds_her_for_nobody(cast: Cast) -> None:
    for member in (cast.author, cast.other_member):
        on_the_way(member)
    told(cast.author, path=["ivf"])
    presence = findable(cast.author, IVF, by=FoundBy.SAME_WAY)
    assert not sees(cast.other_member, presence)
    with pytest.raises(CannotBeFoundSo):
        be_found(cast.author, Wish("", FoundBy.SAME_WAY))


def test_who_declared_the_way_only_today_does_not_find_her(cast: Cast) -> None:
    on_the_way(cast.author)
    on_the_way(cast.other_member, days_ago=1)
    assert not sees(cast.other_member, findable(cast.author, LATE, by=FoundBy.SAME_WAY))


def test_who_lets_people_in_one_by_one_is_found_by_these_alone(cast: Cast) -> None:
    presence = findable(cast.author, by=FoundBy.LET_IN)
    assert not sees(cast.other_member, presence)
    let_in(cast.author, cast.other_member)
    assert sees(cast.other_member, presence)
    assert not sees(cast.same_ring, presence)
    let_out(cast.author, cast.other_member)
    assert not sees(cast.other_member, presence)


def test_a_block_takes_back_that_she_was_let_in(cast: Cast) -> None:
    presence = findable(cast.author, by=FoundBy.LET_IN)
    let_in(cast.author, cast.other_member)
    block(cast.author, cast.other_member)
    assert not sees(cast.other_member, presence)
    unblock(cast.author, cast.other_member)
    assert not sees(cast.other_member, presence)


def test_stopping_takes_everything_away_at_once(cast: Cast) -> None:
    presence = findable(cast.author, LATE)
    let_in(cast.author, cast.other_member)
    assert sees(cast.same_ring, presence)
    signed_in(cast.author).post("/found/stop/")
    assert not has_consented(cast.author, Purpose.FOUND)
    assert not Presence.objects.written_by(cast.author).exists()
    assert not PresenceFact.objects.exists()
    assert not LightCall.objects.exists()
    assert signed_in(cast.same_ring).get(presence.get_absolute_url()).status_code == 404


def test_taking_the_agreement_back_on_its_own_page_does_the_same(cast: Cast) -> None:
    findable(cast.author)
    withdraw(cast.author, Purpose.FOUND)
    assert not Presence.objects.written_by(cast.author).exists()


def test_a_new_account_is_shown_after_a_week(cast: Cast) -> None:
    presence = be_found(cast.author, Wish("", FoundBy.MEMBERS))
    assert presence.state == State.LIVE
    assert not sees(cast.other_member, presence)
    assert show_who_waited() == 0
    Member.objects.filter(pk=cast.author.pk).update(joined_on=today() - datetime.timedelta(days=8))
    Presence.objects.written_by(cast.author).update(shown_from=now_us() - 1)
    assert show_who_waited() == 1
    assert sees(cast.other_member, presence)
    assert show_who_waited() == 0


def test_an_account_is_new_for_seven_days_from_the_day_it_joined(cast: Cast) -> None:
    assert now_us() + 6 * DAY - DAY < open_to(cast.author) <= now_us() + 7 * DAY
    assert open_to(known(cast.author)) < now_us()


def test_her_words_are_read_before_others_see_them(cast: Cast) -> None:
    presence = be_found(known(cast.author), Wish("I am here.", FoundBy.MEMBERS))
    assert presence.is_held
    assert Screening.objects.filter(kind="circles.presence", thing_id=presence.pk).exists()
    assert not sees(cast.other_member, presence)


def test_a_change_of_facts_alone_is_not_read_again(cast: Cast) -> None:
    lost(cast.author, "miscarriage_late")
    findable(cast.author, LATE)
    again = be_found(cast.author, Wish("I am here.", FoundBy.MEMBERS))
    assert again.state == State.LIVE
    assert not PresenceFact.objects.filter(presence=again).exists()


def test_facts_bring_the_notes_that_belong_to_them(cast: Cast) -> None:
    presence = findable(cast.author, ("now", "pregnant_after_loss"), notes=NOTE["faith"].bit)
    assert {note.key for note in presence.content_notes} == {"pregnancy_current", "faith"}


def test_every_fact_that_brings_a_note_is_one_of_the_vocabulary() -> None:
    keys = {note.key for note in NOTES}
    for (facet, key), notes in NOTES_OF_FACTS.items():
        assert FACET[facet].term(key).key == key
        assert set(notes) <= keys


def test_a_changed_journey_changes_nothing_by_itself_and_says_so(cast: Cast) -> None:
    told(cast.author, now=["trying"])
    presence = findable(cast.author, ("now", "trying"))
    assert says_else(presence) is None
    move_on(cast.author, "pregnant")
    change = says_else(presence)
    assert change is not None
    assert (change.gone, change.come) == ([("now", "trying")], [("now", "pregnant_after_loss")])
    assert "Your journey says something else now" in text_of(signed_in(cast.author).get("/found/"))
    take_over(presence, by=cast.author)
    presence.refresh_from_db()
    assert [fact.key for fact in PresenceFact.objects.filter(presence=presence)] == ["pregnant_after_loss"]
    assert {note.key for note in presence.content_notes} == {"pregnancy_current"}
    assert says_else(presence) is None


def test_she_can_look_at_it_before_it_is_kept(cast: Cast) -> None:
    lost(known(cast.author), "miscarriage_late")
    client = signed_in(cast.author)
    sent = {"text": "I am here.", "facts": ["kind=miscarriage_late"], "found_by": "members", "agree": "on"}
    page = client.post("/found/", {**sent, "look": "1"})
    assert "This is what others would see" in text_of(page)
    assert not Presence.objects.written_by(cast.author).exists()
    client.post("/found/", sent)
    assert is_found(cast.author)


def test_nothing_is_kept_without_her_agreement(cast: Cast) -> None:
    page = signed_in(cast.author).post("/found/", {"text": "I am here.", "found_by": "members"})
    assert page.status_code == 422
    assert not Presence.objects.written_by(cast.author).exists()


def test_shy_facts_are_offered_unticked(cast: Cast) -> None:
    told(cast.author, children=["living_before"], path=["ivf"])
    page = text_of(signed_in(cast.author).get("/found/"))
    ticked = [part for part in page.split("<input") if "checked" in part]
    assert any("path=ivf" in part for part in ticked)
    assert not any("children=" in part for part in ticked)
    assert "children=living_before" in page


def test_a_suspended_member_shows_nothing_new(cast: Cast) -> None:
    cast.author.suspended_at = datetime.datetime.now(datetime.UTC)
    cast.author.save()
    with pytest.raises(PermissionError):
        be_found(cast.author, Wish("", FoundBy.MEMBERS))
    page = signed_in(cast.author).post("/found/", {"text": "I am here.", "found_by": "members", "agree": "on"})
    assert page.status_code == 422
    assert "I am here." in text_of(page)


def test_whose_membership_has_ended_is_found_by_nobody(cast: Cast) -> None:
    presence = findable(cast.author)
    cast.author.ended_at = datetime.datetime.now(datetime.UTC)
    cast.author.save()
    assert signed_in(cast.other_member).get(presence.get_absolute_url()).status_code == 404
    show_who_waited()
    assert not sees(cast.other_member, presence)
    cast.author.ended_at = None
    cast.author.save()
    show_who_waited()
    assert sees(cast.other_member, presence)


def test_her_page_says_what_she_shows_and_nothing_else(cast: Cast) -> None:
    lost(cast.author, "miscarriage_late", weeks=20)
    told(cast.author, children=["living_before"])
    presence = findable(cast.author, LATE, text="I knit.")
    page = text_of(signed_in(cast.other_member).get(presence.get_absolute_url()))
    assert "Loss in the second trimester" in page
    assert "I knit." in page
    assert "20 weeks" not in page
    assert "child born before" not in page


def test_a_page_with_something_inside_that_she_asked_not_to_meet_stays_closed(cast: Cast) -> None:
    presence = findable(cast.author, ("now", "pregnant_after_loss"), text="I knit.")
    set_shield(cast.other_member, NOTE["pregnancy_current"].bit)
    client = signed_in(cast.other_member)
    assert "I knit." not in text_of(client.get(presence.get_absolute_url()))
    assert "I knit." in text_of(client.get(presence.get_absolute_url() + "?open"))


def test_who_is_put_aside_is_told_nothing(cast: Cast) -> None:
    presence = findable(cast.author)
    signed_in(cast.other_member).post(f"/people/{presence.ref}/put-aside/")
    seen = Presence.objects.all().visible_to(Viewer.member(cast.other_member))
    assert seen.exists()
    assert not seen.gentle_for(Viewer.member(cast.other_member)).exists()


def test_of_two_losses_each_week_and_month_says_of_which_it_is(cast: Cast) -> None:
    lost(cast.author, "miscarriage_late", weeks=20, year=2025, month=3, name="Ivo")
    lost(cast.author, "miscarriage_early", weeks=9, year=2023)
    page = text_of(signed_in(cast.author).get("/found/"))
    for words in ("20 weeks (Ivo, March 2025)", "in March 2025 (Ivo, 20 weeks)", "in 2023 ("):
        assert words in page, words


def test_of_one_loss_no_more_is_said(cast: Cast) -> None:
    lost(cast.author, "miscarriage_late", weeks=20, year=2025, name="Ivo")
    page = text_of(signed_in(cast.author).get("/found/"))
    assert "20 weeks" in page
    assert "Ivo" not in page
