"""What everybody sees of public stories, and how their removal is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import set_shield
from leeward.audience.notes import mask_of
from leeward.library.public_stories.actions import MOST_WAITING, ask_for_removal
from leeward.library.public_stories.models import Asker, PublicStory, RemovalAsked
from leeward.members.models import Member
from leeward.notifications.models import Notice
from tests.conftest import Cast, make_member, signed_in
from tests.library.public_stories.making import SAID, in_the_library, on_the_desk

LIST = "/library/stories/"


@pytest.fixture
def editor(cast: Cast) -> Member:
    return make_member("Linden", is_editor=True)


@pytest.fixture
def story(editor: Member) -> PublicStory:
    return in_the_library(editor)


def asking(story: PublicStory, **sent: str) -> Any:
    return Client().post(f"{story.get_absolute_url()}remove/", {"who": Asker.HERSELF.value, **sent})


def test_everybody_reads_the_list_and_the_entry(story: PublicStory, cast: Cast) -> None:
    for client in (Client(), signed_in(cast.author)):
        page = client.get(LIST).content.decode()
        assert SAID.title in page
        assert SAID.summary in page
        page = client.get(story.get_absolute_url()).content.decode()
        assert f'href="{story.address}"' in page
        assert "noreferrer" in page
        assert "leads away from here" in page
        assert "Twins or more" in page
        assert "living children" in page
        assert "Ask for this to be removed" in page


def test_what_waits_at_the_desk_is_there_for_nobody(cast: Cast) -> None:
    waiting = on_the_desk()
    for client in (Client(), signed_in(cast.author), signed_in(cast.host)):
        assert client.get(waiting.get_absolute_url()).status_code == 404
        assert client.get(f"{waiting.get_absolute_url()}remove/").status_code == 404
        assert waiting.title not in client.get(LIST).content.decode()


def test_the_list_is_narrowed_by_what_is_sent_not_by_the_address(story: PublicStory, editor: Member) -> None:
    other = in_the_library(editor, "01_ivf", title="Needles", telling="Orla", facts=(("path", "ivf"),))
    page = Client().post(LIST, {"told": "path:ivf"}).content.decode()
    assert other.title in page
    assert story.title not in page
    everything = Client().get(f"{LIST}?told=path:ivf").content.decode()
    assert other.title in everything
    assert story.title in everything
    nothing = Client().post(LIST, {"told": "nonsense"})
    assert nothing.status_code == 200


def test_the_list_goes_on_where_it_ends(editor: Member) -> None:
    story = in_the_library(editor)
    copies = [PublicStory(title=f"Title {nth}", state="approved", text_digest=str(nth)) for nth in range(30)]
    PublicStory.objects.bulk_create(copies)
    first, second = Client().get(LIST).content.decode(), Client().post(LIST, {"after": "20"}).content.decode()
    assert first.count("card__title") == 20
    assert second.count("card__title") == 11
    assert "Look further" in first
    assert "Look further" not in second
    assert story.title in first + second


def test_a_busy_list_keeps_its_budget(editor: Member, django_assert_max_num_queries: Any) -> None:
    copies = [PublicStory(title=f"Title {nth}", state="approved", text_digest=str(nth)) for nth in range(30)]
    for made in PublicStory.objects.bulk_create(copies):
        made.facts.create(facet="path", key="ivf")
    with django_assert_max_num_queries(4):  # one of them asks whether this is a village, as on every page
        Client().get(LIST)
    story = in_the_library(editor)
    with django_assert_max_num_queries(4):
        Client().get(story.get_absolute_url())


def test_what_she_asked_not_to_meet_is_not_in_the_list_and_closed_on_its_page(story: PublicStory, cast: Cast) -> None:
    client = signed_in(cast.author)
    assert story.title in client.get(LIST).content.decode()
    set_shield(cast.author, mask_of(["living_child"]))
    assert story.title not in client.get(LIST).content.decode()
    closed = client.get(story.get_absolute_url()).content.decode()
    assert "living children" in closed
    assert story.title not in closed
    assert story.summary not in closed
    assert story.summary in client.get(f"{story.get_absolute_url()}?open").content.decode()


def test_others_of_the_same_telling_stand_in_their_order(editor: Member) -> None:
    third = in_the_library(editor, "01_ivf", title="Third", place=3)
    first = in_the_library(editor, "03_stillbirth", title="First", place=1)
    second = in_the_library(editor, "07_no_next_time", title="Second", place=2)
    in_the_library(editor, "09_pregnant_again", title="Another", telling="Noor Haddad")
    page = Client().get(second.get_absolute_url()).content.decode()
    assert page.index(first.title) < page.rindex(second.title) < page.index(third.title)
    assert "Another" not in page


def test_who_says_that_it_is_hers_has_it_out_of_sight_at_once(story: PublicStory, editor: Member, cast: Cast) -> None:
    assert asking(story, reason="Please.").status_code == 302
    assert Client().get(story.get_absolute_url()).status_code == 404
    assert story.title not in Client().get(LIST).content.decode()
    asked = RemovalAsked.objects.get()
    assert (asked.who, asked.reason) == (Asker.HERSELF, "Please.")
    assert set(Notice.objects.values_list("member__name", flat=True)) == {editor.name, cast.host.name}
    page = signed_in(editor).get("/library/stories/desk/").content.decode()
    assert "out of sight until you decide" in page


@pytest.mark.parametrize("who", [Asker.CLOSE, Asker.READER])
def test_for_others_it_stays_until_an_editor_looked(story: PublicStory, who: Asker) -> None:
    assert asking(story, who=who.value).status_code == 302
    assert Client().get(story.get_absolute_url()).status_code == 200
    assert RemovalAsked.objects.get().reason == ""


def test_an_editor_can_keep_it_and_then_nobody_hides_it_for_ever(story: PublicStory, editor: Member) -> None:
    asking(story)
    story.refresh_from_db()
    desk = signed_in(editor)
    desk.post(f"/library/stories/desk/{story.ref}/remove/", {"seen": story.version, "act": "stays"})
    assert Client().get(story.get_absolute_url()).status_code == 200
    asking(story)
    assert Client().get(story.get_absolute_url()).status_code == 200
    assert "Somebody asks for a removal" in desk.get("/library/stories/desk/").content.decode()


def test_an_editor_s_decision_about_what_she_did_not_see_is_refused(story: PublicStory, editor: Member) -> None:
    asking(story)
    desk, door = signed_in(editor), f"/library/stories/desk/{story.ref}/remove/"
    page = desk.post(door, {"seen": story.version, "act": "stays"})
    assert page.status_code == 200
    assert "look at it again" in page.content.decode()
    assert Client().get(story.get_absolute_url()).status_code == 404
    for seen in ("", "x", "9" * 40):
        assert desk.post(door, {"seen": seen, "act": "remove"}).status_code == 200
    assert PublicStory.objects.exists()


def test_a_request_that_came_while_an_editor_decided_is_not_answered_unread(story: PublicStory, editor: Member) -> None:
    asking(story, who=Asker.READER.value)
    story.refresh_from_db()
    asking(story, who=Asker.CLOSE.value, reason="He has found her by it.")
    desk, door = signed_in(editor), f"/library/stories/desk/{story.ref}/remove/"
    page = desk.post(door, {"seen": story.version, "act": "stays"}).content.decode()
    assert "look at it again" in page
    assert "He has found her by it." in page
    assert RemovalAsked.objects.filter(kept_at=None).count() == 2


def test_whoever_floods_an_entry_with_requests_fills_no_desk_and_keeps_nobody_from_asking(story: PublicStory) -> None:
    for _turn in range(MOST_WAITING + 5):
        ask_for_removal(story, Asker.READER, "x")
    assert RemovalAsked.objects.count() == MOST_WAITING
    assert ask_for_removal(story, Asker.HERSELF, "It is mine.")
    assert RemovalAsked.objects.get(who=Asker.HERSELF).reason == "It is mine."


def test_without_saying_who_nothing_is_sent_and_the_words_stay(story: PublicStory) -> None:
    page = Client().post(f"{story.get_absolute_url()}remove/", {"reason": "It hurts."})
    assert page.status_code == 200
    assert "It hurts." in page.content.decode()
    assert not RemovalAsked.objects.exists()


def test_many_requests_from_one_place_have_to_wait(story: PublicStory) -> None:
    found = [asking(story, who=Asker.READER.value).status_code for _turn in range(11)]
    assert found == [302] * 10 + [429]


def test_guessed_addresses_find_nothing(db: None) -> None:
    for ref in ("desk2", "aaaaaaaaaaaaaa", "1"):
        assert Client().get(f"{LIST}{ref}/").status_code == 404
        assert Client().post(f"{LIST}{ref}/remove/", {"who": "herself"}).status_code == 404
