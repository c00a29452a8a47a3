"""Each attack, played through the real doors by many browsers: what it meets, and that nobody else is hurt by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.viewers import Viewer
from leeward.members.limits import JOIN, LOOK_UP, SIGN_IN
from leeward.members.models import Attempt, Member
from leeward.moderation.arrivals import MANY
from leeward.moderation.models import Case, FirstTexts, Report
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Reaction, ReactionWord, Story
from leeward.stories.paces import ANSWERS, CHANGES, STORIES, WORDS
from tests.conftest import PASSPHRASE, Cast, make_member, signed_in
from tests.members.people import join, sign_in, text_of
from tests.reading import reader
from tests.stories.telling import told

pytestmark = pytest.mark.django_db

ADVERT = "My aunt has a tea for this and she sends it to anyone who writes to her"


def known(name: str) -> Member:
    """One whose first texts were read long ago."""
    member = make_member(name)
    FirstTexts.objects.create(member=member, released=10)
    return member


def post_answer(client: Client, story: Story, text: str) -> Any:
    return client.post(reverse("stories:answer", args=[story.ref]), {"text": text, "as_it_is": "1"})


def others_read(story: Story, by: Member) -> list[str]:
    """The answers under a story that this reader sees and did not write."""
    seen = Answer.objects.filter(story=story).visible_to(Viewer.member(by)).exclude(author=by)
    return [answer.text for answer in seen]


@pytest.fixture
def marked(settings: Any) -> Iterator[None]:
    """A reader that finds only what a text says of itself: these names mean nothing."""
    with reader(settings):
        yield


# -- Joining ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("marked")
def test_one_address_cannot_join_without_end(cast: Cast) -> None:
    machine = [Client(REMOTE_ADDR="192.0.2.50") for _one in range(JOIN.by_address + 5)]
    for at, browser in enumerate(machine):
        join(browser, name=f"Robot {at}")
    assert Member.objects.filter(name__startswith="Robot").count() == JOIN.by_address
    assert join(Client(REMOTE_ADDR="192.0.2.51"), name="Somebody else").status_code == 302


@pytest.mark.usefixtures("marked")
def test_many_addresses_join_on_one_day_and_what_they_write_is_read_first(cast: Cast) -> None:
    shown = []
    for at in range(MANY + 10):
        browser, story = Client(REMOTE_ADDR=f"192.0.2.{at}"), told(cast.author, MEMBERS, title=f"story {at}")
        assert join(browser, name=f"Robot {at}").status_code == 302
        robot = Member.objects.get(name=f"Robot {at}")
        FirstTexts.objects.create(member=robot, released=2)  # it has written two kind ones before, as people do
        post_answer(browser, story, f"Number {at} has something to tell you.")
        shown.append(bool(others_read(story, cast.author)))
    before_it_stood_out = MANY - Member.objects.exclude(name__startswith="Robot").count()
    assert shown == [at < before_it_stood_out for at in range(MANY + 10)]
    assert Notice.objects.filter(member=cast.host, kind="moderation.rush").count() == 1


# -- Writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["Tobias", "Wren"])
def test_a_flood_of_answers_ends_kindly_and_keeps_the_words(cast: Cast, who: str) -> None:
    story, writer = told(cast.author, MEMBERS), Member.objects.get(name=who)
    client = signed_in(writer)
    most, _within = ANSWERS.steps[0]
    for at in range(most):
        assert post_answer(client, story, f"number {at}").status_code == 302
    page = post_answer(client, story, "and one more, which I meant")
    assert page.status_code == 429
    assert "What you wrote is still there." in text_of(page)
    assert "and one more, which I meant</textarea>" in text_of(page)
    assert Answer.objects.written_by(writer).count() == most
    assert post_answer(signed_in(cast.same_ring), story, "with you").status_code == 302


def test_a_flood_of_stories_ends_kindly_and_the_story_stays_a_draft(cast: Cast) -> None:
    client, (most, _within) = signed_in(cast.other_member), STORIES.steps[0]
    choices = {"show_to": "members", "signed": "yes", "answers_from": "all"}
    for at in range(most + 1):
        client.post("/stories/tell/", {"title": f"Story {at}", "text": "It was in spring."})
        story = Story.objects.written_by(cast.other_member).get(title=f"Story {at}")
        page = client.post(reverse("stories:share", args=[story.ref]), choices)
        assert page.status_code == (302 if at < most else 429)
    assert "You can send it in" in text_of(page)
    assert "It was in spring." in text_of(client.get(reverse("stories:write", args=[story.ref])))
    story.refresh_from_db()
    assert story.state == 1


def test_a_flood_of_changes_ends_kindly_and_keeps_the_words(cast: Cast) -> None:
    client, story = signed_in(cast.other_member), told(cast.author, MEMBERS)
    post_answer(client, story, "with you")
    made = Answer.objects.written_by(cast.other_member).get()
    most, _within = CHANGES.steps[0]
    for at in range(most + 1):
        page = client.post(
            reverse("stories:change_answer", args=[made.ref]), {"text": f"with you {at}", "as_it_is": "1"}
        )
    assert page.status_code == 429
    assert f"with you {most}</textarea>" in text_of(page)
    made.refresh_from_db()
    assert made.text == f"with you {most - 1}"


def test_changing_a_shown_story_without_end_ends_kindly_too(cast: Cast) -> None:
    client, story = signed_in(cast.moderator), told(cast.moderator, MEMBERS)
    for at in range(CHANGES.steps[0][0] + 1):
        story.refresh_from_db()
        words = {"title": "", "text": f"as it is now {at}", "stamp": story.touched_at}
        page = client.post(reverse("stories:write", args=[story.ref]), words)
    assert page.status_code == 429
    assert f"as it is now {at}</textarea>" in text_of(page)


def test_a_link_from_somebody_new_is_read_by_a_person_first(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    post_answer(signed_in(known("Peddler")), story, "This helped me, look: https://herbs.example/grief")
    assert others_read(story, cast.author) == []
    assert "link" in Case.objects.get().signs


def test_one_text_under_many_stories_stops_at_the_second(cast: Cast) -> None:
    stories = [told(cast.author, MEMBERS, title=f"story {at}") for at in range(6)]
    client = signed_in(known("Peddler"))
    for at, story in enumerate(stories):
        post_answer(client, story, ADVERT.upper() if at % 2 else f"{ADVERT} !!!")
    assert [len(others_read(story, cast.author)) for story in stories] == [1, 1, 0, 0, 0, 0]


def test_one_text_from_many_accounts_stops_at_the_second(cast: Cast) -> None:
    stories = [told(cast.author, MEMBERS, title=f"story {at}") for at in range(6)]
    for at, story in enumerate(stories):
        post_answer(signed_in(known(f"Peddler {at}")), story, ADVERT)
    assert [len(others_read(story, cast.author)) for story in stories] == [1, 1, 0, 0, 0, 0]


# -- Guessing who is here ---------------------------------------------------------------------------------------------


def _sign_in(name: str, client: Client) -> Any:
    return sign_in(client, name, "wrong words entirely")


def _recover(name: str, client: Client) -> Any:
    words = {"name": name, "code": "aaaa-bbbb-cccc-dddd", "passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    return client.post("/recover/", words)


@pytest.mark.parametrize("door", [_sign_in, _recover])
def test_a_door_that_needs_no_name_to_be_there_says_of_none_whether_it_is(
    cast: Cast, door: Callable[[str, Client], Any]
) -> None:
    for _turn in range(SIGN_IN.by_name + 2):  # also while it waits
        pages = [
            _without(door(name, Client(REMOTE_ADDR=f"192.0.2.{len(name)}")), name) for name in ("Maud", "Nobody Here")
        ]
        assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("path", "signed", "most"),
    [
        ("/join/", False, JOIN.by_address),
        ("/join/passkey/", False, JOIN.by_address),
        ("/me/name/", True, JOIN.by_name),
        ("/me/people/", True, LOOK_UP.by_name),
        ("/me/blocks/", True, LOOK_UP.by_name),
    ],
)
def test_a_door_that_must_tell_whether_a_name_is_there_tells_few_and_then_nothing(
    cast: Cast, path: str, signed: bool, most: int
) -> None:
    browser = signed_in(cast.other_member) if signed else Client(REMOTE_ADDR="192.0.2.9")
    for at in range(most):
        browser.post(path, {"name": "Maud" if "join" in path or "name" in path else f"Nobody {at}"})
    pages = [_without(browser.post(path, {"name": name}), name) for name in ("Maud", "Nobody Here")]
    assert pages[0] == pages[1]


def test_many_addresses_cannot_guess_one_members_passphrase(cast: Cast) -> None:
    for at in range(SIGN_IN.by_name):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{at}"), "Maud", f"guess number {at}")
    page = sign_in(Client(REMOTE_ADDR="192.0.2.200"), "Maud")
    assert page.status_code == 200
    assert "this door waits" in text_of(page)


def _without(page: Any, name: str) -> tuple[int, str]:
    """What a page says, but for the name that was typed and the token against forged forms."""
    text = text_of(page).replace(name, "…")
    return page.status_code, re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)


# -- Words said, and reports ------------------------------------------------------------------------------------------


def test_toggling_a_word_without_end_is_answered_kindly_and_rings_no_bell(cast: Cast) -> None:
    client, story = signed_in(cast.other_member), told(cast.author, MEMBERS)
    word, path = ReactionWord.WITH_YOU.value, reverse("stories:word", args=[story.ref])
    most, _within = WORDS.steps[0]
    for at in range(most):
        assert client.post(path, {"unsay" if at % 2 else "say": word}).status_code == 302
    page = client.post(path, {"say": word})
    assert page.status_code == 429
    assert "You can send it in" in text_of(page)
    assert not Reaction.objects.exists()
    assert not Notice.objects.exists()


def test_very_many_who_say_a_word_are_one_word_to_the_author_and_no_bell(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    story, author = told(cast.author, MEMBERS), signed_in(cast.author)
    author.get(story.get_absolute_url())
    for at in range(60):
        client = signed_in(make_member(f"Member {at}"))
        for _click in range(2):
            client.post(reverse("stories:word", args=[story.ref]), {"say": ReactionWord.ME_TOO.value})
    assert Reaction.objects.count() == 60
    with django_assert_max_num_queries(20):
        page = text_of(author.get(story.get_absolute_url()))
    assert page.count("“Me too”") == 1
    assert "60" not in re.sub(r"<[^>]+>", "", page)
    assert not Notice.objects.exists()


def test_a_flood_of_reports_ends_kindly_keeps_the_words_and_costs_nothing(cast: Cast) -> None:
    client = signed_in(cast.other_member)
    stories = [told(cast.author, MEMBERS, title=f"story {at}") for at in range(31)]
    for story in stories:
        page = client.post(f"/report/stories.story/{story.ref}/", {"reason": "cruel", "words": "It hurts so much."})
    assert page.status_code == 429
    assert "It hurts so much.</textarea>" in text_of(page)
    assert Report.objects.count() == 30
    urgent = client.post(f"/report/stories.story/{story.ref}/", {"reason": "danger"})
    assert urgent.status_code == 302
    cast.other_member.refresh_from_db()
    assert cast.other_member.may_write
    assert not Notice.objects.filter(member=cast.other_member).exists()


def test_a_stranger_cannot_open_cases_without_end(cast: Cast) -> None:
    stories = [told(cast.author, EVERYONE, title=f"story {at}") for at in range(35)]
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for story in stories:
        page = stranger.post(f"/report/stories.story/{story.ref}/", {"reason": "untrue"})
    assert page.status_code == 429
    assert Case.objects.count() == 30
    assert stranger.post(f"/report/stories.story/{story.ref}/", {"reason": "danger"}).status_code == 302


def test_no_row_of_all_this_names_anybody(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    post_answer(signed_in(cast.other_member), story, "with you")
    rows = repr(list(Attempt.objects.values_list()))
    assert Attempt.objects.exists()
    assert cast.other_member.ref not in rows
