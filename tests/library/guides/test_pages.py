"""What readers find: guides that were reviewed, in her words, with her country's rules; never a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from leeward.audience.actions import set_shield
from leeward.audience.notes import mask_of
from leeward.journeys.actions import agree, tell_of_self
from leeward.journeys.models import ChildWord, Loss, OwnWord
from leeward.library.guides.actions import withdraw, write
from leeward.library.guides.models import Review
from leeward.library.guides.shipped import bring_in
from leeward.members.models import Member, Purpose
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import told
from tests.library.guides.writing import TEXT, agreed, content, drafted, editor, published
from tests.promises.doors import patterns

pytestmark = pytest.mark.django_db
LIST, GUIDE, SHEET = "/library/guides/", "/library/guides/tides/", "/library/guides/tides/sheet/"


def text_of(client: Client, address: str, **sent: str) -> str:
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def journey_of(member: Member, **told_of_self: Any) -> Client:
    agree(member, set(Purpose))
    tell_of_self(member, **{"country": "IE", "word": ChildWord.BABY, **told_of_self})
    return signed_in(member)


def addresses() -> Iterator[str]:
    """Every address of the place, with what a guesser of a guide would put in."""
    given = {"slug:slug": "tides", "slug:language": "de", "int:pk": "1", "int:number": "1", "country:code": "gb"}
    for route, _pattern in patterns(get_resolver()):
        filled = re.sub(r"<([\w:]+)>", lambda part: given.get(part[1], part[0]), route)
        if "<" not in filled and "leave" not in filled and "sign-out" not in filled:
            yield f"/{filled}"


@pytest.mark.parametrize("state", ["draft", "second reader", "agreed", "next version of one that is published"])
def test_a_draft_is_nowhere_seen_by_others(cast: Cast, state: str, settings: Settings) -> None:
    canary, language = "kestrelquarry", "en" if state != "draft" else "de"
    marked = {"title": canary, "summary": f"About {canary}.", "text": TEXT.replace("tides", canary)}
    if state.startswith("next"):
        first = published()
        write(first, content(**marked), by=editor(), seen=first.touched_at)
    else:
        version = drafted(language=language, **marked)
        if state == "agreed":
            agreed(version)
    doors = list(addresses())
    for client in (Client(), signed_in(cast.author), signed_in(cast.moderator)):
        for address in doors:
            assert canary not in client.get(address).content.decode(), address
        assert "card__title" not in text_of(client, "/search/", q=canary)
        for address in (LIST, GUIDE, SHEET):
            assert canary not in client.post(address, {"country": "GB", "whom": "self"}).content.decode()
    hers = signed_in(editor())
    seen = [address for address in doors if canary in hers.get(address).content.decode()]
    assert any(address.startswith("/library/desk/") for address in seen)  # there was something to leak
    assert not any(address.startswith("/library/guides/") for address in seen)


def test_a_withdrawn_guide_is_gone_at_once(client: Client) -> None:
    version = published()
    assert client.get(GUIDE).status_code == 200
    withdraw(version, by=editor(), seen=version.touched_at, words="The law changed.")
    assert client.get(GUIDE).status_code == client.get(SHEET).status_code == 404
    assert "Tides" not in text_of(client, LIST)


def test_a_guide_says_who_reviewed_it_and_when_and_that_it_is_no_medical_advice(client: Client) -> None:
    published()
    page = text_of(client, GUIDE)
    assert "Ada Lind reviewed exactly this text (version 1) for this place on" in page
    assert "This is not medical advice" in page
    assert page.index("Water over the deck") < page.index("Words about tides")
    assert 'href="https://sea.example/tides" rel="noreferrer"' in page
    assert "Its text lay before the writer." in page


def test_past_its_day_a_guide_says_so_before_everything_else(client: Client) -> None:
    published(days=1)
    assert "has not been" not in text_of(client, GUIDE)
    Review.objects.update(review_by="2020-05-03")
    page = text_of(client, GUIDE)
    assert page.index("was to be reviewed again by 3 May 2020, and has not been") < page.index("<h1")
    assert "to be reviewed again by 3 May 2020" in text_of(client, SHEET)
    assert "the day was 3 May 2020" in text_of(signed_in(editor()), "/library/desk/")


def test_in_the_village_what_came_with_the_program_is_shown_under_a_notice(client: Client, settings: Settings) -> None:
    bring_in()
    drafted("tides")
    assert client.get("/library/guides/dates/").status_code == 404
    Member.objects.create(name="Hazel", is_invented=True)
    notice = "Nobody has reviewed this text for this place. It is shown because this is a demonstration."
    for address in ("/library/guides/dates/", "/library/guides/what-happens-now/"):
        assert notice in text_of(client, address)
    assert client.get(GUIDE).status_code == 404
    assert "reviewed exactly this text" not in text_of(client, "/library/guides/dates/")
    settings.PRODUCTION = True
    assert client.get("/library/guides/dates/").status_code == 404


@pytest.mark.parametrize(
    ("told_of_self", "reads"),
    [
        ({"word": ChildWord.BABY}, "Your baby is not forgotten."),
        ({"word": ChildWord.PREGNANCY}, "Your pregnancy is not forgotten."),
        ({"word": ChildWord.OWN, "own_word": "our <little> fish"}, "Our &lt;little&gt; fish is not forgotten."),
        ({"word": ChildWord.RATHER_NOT_SAY}, "The one you lost is not forgotten."),
        ({"word": ChildWord.NAME}, "The one you lost is not forgotten."),
    ],
)
def test_a_member_reads_the_word_that_she_chose(cast: Cast, told_of_self: Any, reads: str) -> None:
    published()
    assert reads in text_of(journey_of(cast.author, **told_of_self), GUIDE)
    assert "The one you lost is not forgotten." in text_of(Client(), GUIDE)
    assert "The one you lost is not forgotten." in text_of(signed_in(cast.other_member), GUIDE)


def test_a_name_is_read_where_there_is_one_and_no_guess_where_there_are_two(cast: Cast) -> None:
    published()
    client = journey_of(cast.author, word=ChildWord.NAME)
    Loss.objects.create(member=cast.author, place=1, name="Ash")
    assert "Ash is not forgotten." in text_of(client, GUIDE)
    Loss.objects.create(member=cast.author, place=2, name="Rowan")
    assert "The one you lost is not forgotten." in text_of(client, GUIDE)


def test_a_term_of_the_vocabulary_is_read_in_her_own_word(cast: Cast) -> None:
    published(text="After {kind:tfmr|an ending for medical reasons}.")
    OwnWord.objects.create(member=cast.author, facet="kind", key="tfmr", word="a compassionate induction")
    assert "After a compassionate induction." in text_of(signed_in(cast.author), GUIDE)
    assert "After an ending for medical reasons." in text_of(Client(), GUIDE)


def test_the_rules_are_those_of_her_country_or_of_the_one_she_chose(cast: Cast, settings: Settings) -> None:
    settings.COUNTRIES = ["GB", "IE"]
    published()
    assert "Rules of United Kingdom, the first country that this place serves" in text_of(Client(), GUIDE)
    client = journey_of(cast.author)
    assert "Rules of Ireland, where your journey says that you live" in text_of(client, GUIDE)
    page = text_of(client, GUIDE, country="PT")
    assert "Rules of Portugal, as you chose" in page
    assert "Not yet confirmed by this place." in page
    assert "Rules of Ireland" in text_of(client, GUIDE)  # nothing was kept
    assert "That does not mean that there is none" in text_of(client, GUIDE, country="JP")
    assert "Rules of Ireland" in text_of(client, GUIDE, country="nowhere")


def test_what_she_asked_not_to_meet_is_put_aside_in_lists_and_closed_behind_its_link(cast: Cast) -> None:
    published(notes=mask_of(["living_child"]))
    published("moon", title="Moons")
    set_shield(cast.author, mask_of(["living_child"]))
    client = signed_in(cast.author)
    page = text_of(client, LIST)
    assert page.index("Moons") < page.index("Put aside") < page.index("Tides")
    closed = text_of(client, GUIDE)
    assert "Tides" not in closed
    assert "living children" in closed
    assert "Water over the deck" not in text_of(client, SHEET)
    assert "Water over the deck" in text_of(client, f"{GUIDE}?open")
    assert "Put aside" not in text_of(signed_in(cast.host), LIST)


def test_a_list_is_chosen_by_whom_it_speaks_to_and_by_what_it_is_about(cast: Cast) -> None:
    published()
    published("moon", title="Moons", speaks_to=("friend",), facets=("path:fet",))
    client = Client()
    assert "Moons" not in text_of(client, LIST, whom="self")
    assert "Tides" not in text_of(client, LIST, about="path:fet")
    assert "Tides" in text_of(client, LIST, whom="nobody")


def test_her_journey_orders_the_list_only_if_she_says_so(cast: Cast) -> None:
    published("moon", title="Moons", facets=("path:fet",))
    published("tides", facets=("path:ivf",))
    told(cast.author, path=["ivf"])
    client = signed_in(cast.author)
    assert "These fit what you told" not in text_of(client, LIST)
    page = text_of(client, LIST, mine="on")
    assert page.index("These fit what you told") < page.index("Tides") < page.index("The others") < page.index("Moons")
    assert "These fit" not in text_of(Client(), LIST, mine="on")


def test_other_languages_are_linked_and_marked(client: Client) -> None:
    published()
    published(language="ar", title="مد")
    page = text_of(client, GUIDE)
    assert 'href="/library/guides/tides/in/ar/" hreflang="ar" lang="ar" dir="rtl"' in page
    other = text_of(client, "/library/guides/tides/in/ar/")
    assert '<h1 lang="ar" dir="rtl">مد</h1>' in other
    assert client.get("/library/guides/tides/in/en/").status_code == 404
    assert client.get("/library/guides/tides/in/fr/").status_code == 404
    assert text_of(client, LIST).count("/library/guides/tides/") == 1


def test_only_a_reviewed_guide_may_be_indexed_and_only_as_a_stranger_reads_it(cast: Cast) -> None:
    published()
    assert Client().get(GUIDE)["X-Robots-Tag"] == "all"
    assert signed_in(cast.author).get(GUIDE).get("X-Robots-Tag") != "all"


def test_a_title_on_a_screen_gives_nothing_away(client: Client) -> None:
    published()
    assert "<title>A guide" in text_of(client, GUIDE).replace("\n", "")


BUDGETS = {LIST: (3, 5), GUIDE: (6, 10), SHEET: (6, 10), "/library/": (2, 4), "/library/rules/gb/": (3, 5)}
"""Page: the most questions for a stranger, and for a member with a journey of her own words."""


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_keeps_its_budget_however_many_guides_there_are(
    cast: Cast, page: str, django_assert_max_num_queries: Any
) -> None:
    published()
    for turn in range(12):
        published(f"guide-{turn}")
    client = journey_of(cast.author)
    client.get("/about/")
    for visitor, most in ((Client(), BUDGETS[page][0]), (client, BUDGETS[page][1])):
        with django_assert_max_num_queries(most):
            text_of(visitor, page)


def test_the_desk_keeps_its_budget(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for turn in range(6):
        published(f"guide-{turn}")
        drafted(f"draft-{turn}")
    client = signed_in(editor())
    client.get("/about/")
    with django_assert_max_num_queries(6):
        text_of(client, "/library/desk/")
