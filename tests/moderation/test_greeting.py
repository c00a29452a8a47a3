"""Nobody unanswered: who greets, what is brought before her, and whom silence calls."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions.cover import COVER
from leeward.moderation.actions.greeting import TakenByAnotherError, give_back, pass_on, take
from leeward.moderation.greeting.first_words import KEPT_FOR, Taken, first_words_for
from leeward.moderation.greeting.rota import the_week, today, todays_greeters
from leeward.moderation.models import Greeting, GreetingDay
from leeward.notifications.kinds import kinds_to_choose
from leeward.stories.models import Story
from tests.at_once import at_once
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.greeters import answered_by, greets, told_ago
from tests.stories.telling import told


@pytest.fixture
def greeter(cast: Cast) -> Member:
    """Tobias, who greets every day."""
    return greets(cast.other_member)


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another who greets every day."""
    return greets(make_member("Alder"))


def act(client: Client, door: str, story: Story) -> Any:
    return client.post(reverse(f"moderation:{door}", args=["stories.story", story.ref]), follow=True)


def test_greeters_are_made_at_the_machine_and_unmade_with_their_days(greeter: Member) -> None:
    assert greeter in todays_greeters()
    call_command("make_greeter", "ines", stdout=StringIO())
    assert set(Member.objects.filter(is_greeter=True).values_list("name", flat=True)) == {"Ines", "Tobias"}
    call_command("make_greeter", "tobias", "--undo", stdout=StringIO())
    greeter.refresh_from_db()
    assert not greeter.is_greeter
    assert not GreetingDay.objects.exists()
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("make_greeter", "Nobody")


def test_a_greeter_chooses_her_days_herself(greeter: Member) -> None:
    client, rota = signed_in(greeter), reverse("moderation:rota")
    page = client.post(rota, {"days": ["0", "6"]}, follow=True).content.decode()
    assert page.count("Tobias") == 2
    assert [day.greeters for day in the_week()] == [["Tobias"], [], [], [], [], [], ["Tobias"]]
    client.post(rota, {})
    assert not GreetingDay.objects.exists()
    assert client.post(rota, {"days": ["9"]}).status_code == 200
    assert not GreetingDay.objects.exists()


def test_moderators_and_host_see_the_rota_and_others_nothing(cast: Cast, greeter: Member) -> None:
    rota = reverse("moderation:rota")
    for who in (cast.moderator, cast.host):
        page = signed_in(who).get(rota).content.decode()
        assert "Tobias" in page
        assert "On which days do you greet?" not in page
        signed_in(who).post(rota, {"days": ["1"]})
    assert not GreetingDay.objects.exclude(greeter=greeter).exists()
    assert signed_in(cast.author).get(rota).status_code == 404


def test_today_is_the_day_of_the_place(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    late_on_sunday = datetime.datetime(2026, 3, 8, 22, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late_on_sunday)
    assert today() == 6
    settings.TIME_ZONE = "Australia/Sydney"
    assert late_on_sunday.astimezone(ZoneInfo("Australia/Sydney")).weekday() == 0
    assert today() == 0


def test_who_may_not_write_is_not_on_the_rota_and_takes_nothing(cast: Cast, greeter: Member) -> None:
    story = told_ago(cast.author, 1)
    greeter.suspended_at = datetime.datetime.now(datetime.UTC)
    greeter.save()
    assert greeter not in todays_greeters()
    with pytest.raises(PermissionError):
        take(story, by=greeter)
    assert act(signed_in(greeter), "greet", story).status_code == 404


def test_only_who_greets_is_asked_about_the_bell(cast: Cast, greeter: Member) -> None:
    asked = {who.name: COVER in {kind.key for kind in kinds_to_choose(who)} for who in vars(cast).values()}
    assert {name for name, hers in asked.items() if hers} == {"Tobias", "Wren", "Hesper"}


def test_who_says_that_she_will_answer_keeps_it_for_six_hours(cast: Cast, greeter: Member, second: Member) -> None:
    story = told_ago(cast.author, 1)
    take(story, by=greeter)
    assert [line.taken for line in first_words_for(greeter)] == [Taken.HERS]
    assert [line.taken for line in first_words_for(second)] == [Taken.ANOTHERS]
    with pytest.raises(TakenByAnotherError):
        take(story, by=second)
    take(story, by=greeter)  # a second click
    Greeting.objects.update(taken_at=now_us() - KEPT_FOR)
    assert [line.taken for line in first_words_for(second)] == [Taken.NO]
    take(story, by=second)
    assert [line.taken for line in first_words_for(greeter)] == [Taken.ANOTHERS]


def test_what_is_given_back_waits_for_the_others(cast: Cast, greeter: Member, second: Member) -> None:
    story = told_ago(cast.author, 1)
    take(story, by=greeter)
    give_back(story, by=second)  # not hers
    assert [line.taken for line in first_words_for(greeter)] == [Taken.HERS]
    give_back(story, by=greeter)
    assert [line.taken for line in first_words_for(greeter)] == [Taken.NO]
    take(story, by=second)


def test_what_is_passed_on_comes_up_for_the_others_only(cast: Cast, greeter: Member, second: Member) -> None:
    story = told_ago(cast.author, 60)
    take(story, by=greeter)
    pass_on(story, by=greeter)
    assert first_words_for(greeter) == []
    assert [line.taken for line in first_words_for(second)] == [Taken.NO]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_one_has_it(cast: Cast) -> None:
    greeters = [make_member(f"Greeter {number}", is_greeter=True) for number in range(4)]
    story, won = told_ago(cast.author, 1), []

    def taking(greeter: Member) -> Callable[[], None]:
        def go() -> None:
            try:
                take(story, by=greeter)
                won.append(greeter)
            except TakenByAnotherError:
                pass

        return go

    at_once([taking(greeter) for greeter in greeters])
    assert len(won) == 1
    assert Greeting.objects.get().greeter == won[0]


def test_a_greeter_takes_first_words_and_answers_them(cast: Cast, greeter: Member, second: Member) -> None:
    story = told_ago(cast.author, 30)
    client = signed_in(greeter)
    page = client.get(reverse("moderation:greeting")).content.decode()
    assert "The harbour" in page
    assert "longer than this place promises" in page
    said = act(client, "greet", story)
    assert said.redirect_chain[-1][0] == story.get_absolute_url()
    assert "for the next six hours" in said.content.decode()
    assert "Somebody is answering this." in signed_in(second).get("/greeting/").content.decode()
    assert "Somebody else has just said" in act(signed_in(second), "greet", story).content.decode()
    answered_by(greeter, story)
    assert "Nobody waits." in signed_in(second).get("/greeting/").content.decode()


def test_what_waits_for_more_than_three_months_is_one_page_further_back(cast: Cast, greeter: Member) -> None:
    told_ago(cast.author, 91 * 24)
    client = signed_in(greeter)
    assert "The harbour" not in client.get("/greeting/").content.decode()
    assert "The harbour" in client.get("/greeting/?all").content.decode()


def test_what_was_answered_meanwhile_is_said_so(cast: Cast, greeter: Member) -> None:
    story = told_ago(cast.author, 1)
    answered_by(cast.same_ring, story)
    assert "It does not wait any more" in act(signed_in(greeter), "greet", story).content.decode()
    assert not Greeting.objects.exists()


def test_it_can_be_given_back_and_passed_on(cast: Cast, greeter: Member) -> None:
    story, client = told_ago(cast.author, 1), signed_in(greeter)
    act(client, "greet", story)
    assert "Leave it to others" in client.get("/greeting/").content.decode()
    assert "It waits for the others again." in act(client, "give_back", story).content.decode()
    assert "The harbour" not in act(client, "pass_on", story).content.decode()


def test_other_members_find_no_such_doors(cast: Cast) -> None:
    story = told_ago(cast.author, 1)
    for door in ("greet", "give_back", "pass_on"):
        assert act(signed_in(cast.same_ring), door, story).status_code == 404
    assert signed_in(cast.same_ring).get("/greeting/").status_code == 404
    assert not Greeting.objects.exists()


def test_what_she_may_not_see_is_not_there(cast: Cast, greeter: Member) -> None:
    hidden = told(cast.author, title="for me alone")
    client = signed_in(greeter)
    assert act(client, "pass_on", hidden).status_code == 404
    assert "It does not wait any more" in act(client, "greet", hidden).content.decode()
    assert not Greeting.objects.exists()


def test_what_was_taken_is_forgotten_after_a_week(cast: Cast, greeter: Member) -> None:
    for thing_id, taken, called in ((1, 8, None), (2, 8, 1), (3, 1, None), (4, None, 8), (5, None, None)):
        moments = [now_us() - days * DAY if days else None for days in (taken, called)]
        Greeting.objects.create(
            kind="stories.story", thing_id=thing_id, taken_at=moments[0], cover_called_at=moments[1]
        )
    assert tend()["greeting"] == 3
    assert set(Greeting.objects.values_list("thing_id", flat=True)) == {2, 3}


def test_a_greeter_takes_her_days_home_and_leaves_no_trace(cast: Cast, greeter: Member) -> None:
    take(told_ago(cast.author, 1), by=greeter)
    hers = {belonging.key: belonging for belonging in all_belongings()}
    assert len(list(hers["greeting_days"].export(greeter))) == 7
    assert [row["what"] for row in hers["greeting"].export(greeter)] == ["I said that I would answer"]
    for key in ("greeting_days", "greeting"):
        hers[key].erase(greeter, Farewell.LEAVE_WORDS)
    assert not GreetingDay.objects.exists()
    assert Greeting.objects.get().greeter is None
