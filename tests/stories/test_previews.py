"""Links to stories of this place: a card for who may and wants to see the story, and what was typed for the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as place
from django.test import Client

from leeward.audience.actions import block, mute, put_aside, set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.publishing import hold, publish, show_to, withdraw
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.stories.actions.answering import answer
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Answer, Story
from leeward.stories.previews import links_in, stories_linked_in
from tests.conftest import Cast, make_member, signed_in
from tests.stories.telling import told, went_on

TITLE = "The lighthouse keeper"
FAITH = NOTE["faith"].bit


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture
def linked(cast: Cast) -> Story:
    return told(cast.author, MEMBERS, title=TITLE, text="It rained.", notes=FAITH)


@pytest.fixture
def linking(cast: Cast, linked: Story) -> Story:
    """A story of somebody else's that anybody may read, with a link to it."""
    return told(cast.host, EVERYONE, text=f"Read [this]({place.BASE_URL}{linked.get_absolute_url()}).")


def page_of(story: Story, cast: Cast, who: str = "other_member") -> str:
    return str(signed_in(getattr(cast, who)).get(story.get_absolute_url()).content.decode())


def test_links_are_those_to_stories_of_this_place_alone() -> None:
    ref, other = "abcdefghjkmnpq", "23456789abcdef"
    base = place.BASE_URL
    assert links_in(f"{base}/stories/{ref}/ and [that](/stories/{other}/?open#words), {base}/stories/{ref}/") == [
        ref,
        other,
    ]
    for text in (
        f"https://elsewhere.example/stories/{ref}/",
        f"{base}.evil.example/stories/{ref}/",
        f"{base}/stories/{ref}x/",
        f"{base}/stories/{ref}-x/",
        f"{base}/stories/mine/",
        f"see/stories/{ref}/",
        "no link",
    ):
        assert links_in(text) == [], text
    assert len(links_in(" ".join(f"/stories/{letter * 14}/" for letter in "abcde"))) == 3


@pytest.mark.parametrize("where", ["story", "chapter", "answer"])
def test_a_link_is_a_card_wherever_it_is_written(cast: Cast, linked: Story, where: str) -> None:
    text = f"I think of {place.BASE_URL}{linked.get_absolute_url()}"
    story = told(cast.host, EVERYONE, text=text if where == "story" else "plain")
    if where == "chapter":
        went_on(story, EVERYONE, text=text)
    if where == "answer":
        made: Answer = Answer.objects.create(story=story, author=cast.same_ring, text=text)
        publish(made)  # a link of a new account waits for a person first
    page = page_of(story, cast)
    assert TITLE in page
    assert str(NOTE["faith"].label) in page


HIDES: dict[str, Callable[[Cast, Story], object]] = {
    "it is taken back": lambda cast, linked: take_back(linked, by=cast.author, keep_answers=False),
    "it is taken back and its answers stay": lambda cast, linked: take_back(linked, by=cast.author, keep_answers=True),
    "it is for nobody else": lambda cast, linked: show_to(linked, []),
    "it is held": lambda cast, linked: hold(linked),
    "it is taken out of sight": lambda cast, linked: withdraw(linked),
    "its day is over": lambda cast, linked: Story.objects.written_by(cast.author).update(until=now_us() - 1),
    "its author blocks the reader": lambda cast, linked: block(cast.author, cast.other_member),
    "the reader would rather not meet her": lambda cast, linked: mute(cast.other_member, cast.author),
    "the reader put it aside": lambda cast, linked: put_aside(cast.other_member, linked),
    "the reader asked not to meet what is inside": lambda cast, linked: set_shield(cast.other_member, FAITH),
    "its author leaves": lambda cast, linked: leave(cast.author, Farewell.TAKE_ALL),
}


@pytest.mark.parametrize("change", HIDES.values(), ids=HIDES)
def test_it_stays_what_was_typed_and_says_nothing_when(
    cast: Cast, linked: Story, linking: Story, change: Callable[[Cast, Story], object]
) -> None:
    assert TITLE in page_of(linking, cast)
    change(cast, linked)
    page = page_of(linking, cast)
    assert TITLE not in page
    nowhere = told(cast.host, EVERYONE, text=f"Read [this]({place.BASE_URL}/stories/{'z' * 14}/).")
    article = page[page.index('<div class="prose">') : page.index("</article>")]
    same = page_of(nowhere, cast)
    assert article.replace(linked.ref, "z" * 14) == same[same.index('<div class="prose">') : same.index("</article>")]


def test_a_stranger_meets_the_card_of_what_all_may_read_alone(cast: Cast, linked: Story, linking: Story) -> None:
    assert TITLE not in Client().get(linking.get_absolute_url()).content.decode()
    show_to(linked, [EVERYONE])
    assert TITLE in Client().get(linking.get_absolute_url()).content.decode()


def test_her_own_draft_is_no_card_even_to_herself(cast: Cast, linking: Story) -> None:
    draft: Story = Story.objects.create(author=cast.host, title="Begun")
    Story.objects.written_by(cast.host).filter(pk=linking.pk).update(text=f"/stories/{draft.ref}/")
    assert "Begun" not in page_of(linking, cast, "host")


def test_a_page_asks_about_its_links_once_and_not_at_all_without(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    viewer = Viewer.member(cast.other_member)
    links = [f"/stories/{told(make_member(f'Orla {turn}'), MEMBERS).ref}/" for turn in range(5)]
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # pytest-django's
        stories_linked_in(["no link", "none here"], viewer)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # the same
        assert len([story.author.name for story in stories_linked_in(links, viewer).values() if story.author]) == 5


@pytest.mark.parametrize("who", [None, "other_member"])
def test_nothing_of_a_story_is_offered_to_other_sites_that_preview_links(cast: Cast, who: str | None) -> None:
    """Whoever pastes the address elsewhere shows there the place's neutral words, whoever may read the story."""
    story = told(cast.author, EVERYONE, title=TITLE, text="Once upon a shore.")
    client = signed_in(getattr(cast, who)) if who else Client()
    page = client.get(story.get_absolute_url()).content.decode()
    head = page[: page.index("</head>")]
    assert "<title>A story</title>" in head
    for word in (TITLE, "Once upon", "Maud", "og:", "twitter:", "description", "oembed", "ld+json", "canonical"):
        assert word not in head, word
    assert TITLE in page


def test_a_letter_holds_no_card(cast: Cast, linked: Story) -> None:
    """Letters hold no words at all (tests/notifications/test_letters.py); an answer with a link is no exception."""
    made = answer(told(cast.host, MEMBERS), by=cast.same_ring, text=f"/stories/{linked.ref}/")
    kept = Answer.objects.written_by(cast.same_ring).get(pk=made.pk)
    assert TITLE not in kept.full_text() + kept.excerpt()
