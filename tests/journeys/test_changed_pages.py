"""*Something has changed*, and who learns of it, through their doors."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from leeward.audience.actions import set_shield
from leeward.audience.notes import NOTE
from leeward.journeys.actions import move_on
from leeward.journeys.models import Loss, Move, News
from leeward.members.models import Member
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import keys, text_of, told


def test_something_has_changed_is_one_act_and_the_next_page_goes_back_on_it(member: Member, client: Client) -> None:
    told(member, now=["trying"])
    page = text_of(client.get(reverse("journeys:changed")))
    assert page.count("<fieldset") == 1
    done = client.post(reverse("journeys:changed"), {"what": "pregnant"})
    move = Move.objects.get()
    assert done["Location"] == reverse("journeys:moved", args=[move.pk])
    after = text_of(client.get(done["Location"]))
    assert "Pregnant after loss" in after
    assert "Nobody learns of it." in after
    client.post(reverse("journeys:undo", args=[move.pk]))
    assert keys(member, "now") == {"trying"}


def test_a_second_click_changes_nothing_twice(member: Member, client: Client) -> None:
    for _each in range(2):
        client.post(reverse("journeys:changed"), {"what": "another_loss", "sent": "once"})
    assert Move.objects.count() == 1
    assert Loss.objects.count() == 1
    client.post(reverse("journeys:undo", args=[Move.objects.get().pk]))
    assert not Loss.objects.exists()


@pytest.mark.usefixtures("member")
def test_what_she_wrote_of_a_change_is_said_back_to_her(client: Client) -> None:
    done = client.post(reverse("journeys:changed"), {"what": "something_else", "words": "we moved to the sea"})
    assert "we moved to the sea" in text_of(client.get(done["Location"]))


@pytest.mark.usefixtures("member")
def test_something_else_asks_for_words_kindly(client: Client) -> None:
    page = text_of(client.post(reverse("journeys:changed"), {"what": "something_else"}))
    assert "Say it in a few words" in page
    assert not Move.objects.exists()
    assert "Choose what has changed" in text_of(client.post(reverse("journeys:changed"), {}))


def test_who_learns_is_nobody_unless_she_ticks_it(cast: Cast, member: Member, client: Client) -> None:
    page = text_of(client.get(reverse("journeys:changed")))
    assert 'name="tell_chosen"' in page
    assert "checked" not in page
    client.post(reverse("journeys:changed"), {"what": "pregnant", "tell_chosen": "on"})
    news = News.objects.written_by(member).get()
    seen = signed_in(cast.same_ring).get(news.get_absolute_url())
    assert "Pregnant, after loss." in text_of(seen)
    for other in (cast.other_member, cast.blocked, cast.moderator, cast.host):
        assert signed_in(other).get(news.get_absolute_url()).status_code == 404


def test_who_chose_nobody_is_not_asked_who_learns(cast: Cast) -> None:
    told(cast.other_member)
    client = signed_in(cast.other_member)
    assert 'name="tell_chosen"' not in text_of(client.get(reverse("journeys:changed")))
    client.post(reverse("journeys:changed"), {"what": "pregnant", "tell_chosen": "on"})
    assert not News.objects.written_by(cast.other_member).exists()


def test_news_that_a_reader_asked_not_to_meet_opens_behind_its_note(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "pregnant", tell_chosen=True)
    news = News.objects.written_by(cast.author).get()
    set_shield(cast.same_ring, NOTE["pregnancy_current"].bit)
    page = text_of(signed_in(cast.same_ring).get(news.get_absolute_url()))
    assert "<details" in page
    assert "someone is pregnant now" in page
