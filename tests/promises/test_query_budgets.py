"""Busy pages ask the database a fixed number of questions, however much there is to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish
from leeward.library.directory.desk.told import tell
from leeward.library.finding.bringing_places import bring_places
from leeward.library.guides.actions import hand_on
from leeward.stories.models import Answer, ShownFact, Story
from leeward.village.directory import PLACES
from tests.circles.people import findable, met, noted
from tests.conftest import Cast, make_member, signed_in
from tests.journeys.journeying import lost
from tests.journeys.journeying import told as journey_of
from tests.library.directory.desk_cast import a_service
from tests.library.finding.keeping import LOWLAMP, at, service
from tests.library.guides.writing import drafted, editor
from tests.library.guides.writing import published as a_guide
from tests.numbers.test_answers import published
from tests.stories.telling import told

BUDGETS = {  # page: (most questions for a stranger, most for a member)
    "/": (8, 19),  # a member's: people, numbers, lights and what is new that is kept from her, beside stories
    "/stories/": (8, 5),
    "/near/": (6, 21),  # the table where four rooms meet; people and stories without the finder, which saves two
    "story": (4, 7),  # the seventh keeps that a reader was here, until five were
    "/bell/": (0, 14),
    "/people/": (0, 17),  # notes and meetings, however many
    "/help/": (8, 10),
}


@pytest.fixture
def busy(cast: Cast) -> Story:
    """A story with a page of answers, among others that share its facts; people, numbers; a reader with a journey."""
    journey_of(cast.other_member, path=["ivf"], now=["trying"], relation=["carried"])
    lost(cast.other_member, "miscarriage_late", weeks=20, year=2025, month=3)
    for member in (cast.author, cast.host, cast.moderator):
        findable(member, ("path", "ivf"), ("now", "trying"))
    noted(cast.moderator, cast.other_member)
    published("M", {("ivf",): 1500, ("trying",): 600, ("miscarriage_late",): 600})
    stories = [told(cast.author, EVERYONE if turn % 2 else MEMBERS, title=f"story {turn}") for turn in range(25)]
    ShownFact.objects.bulk_create([ShownFact(story=story, facet="path", key="ivf") for story in stories])
    story = stories[-2]
    for turn in range(30):
        publish(Answer.objects.create(story=story, author=cast.host, text=f"answer {turn}"))
    for turn in range(12):
        writer = make_member(f"Person {turn}")
        (met if turn % 2 else noted)(writer, cast.other_member)
    return story


@pytest.mark.parametrize("page", BUDGETS)
def test_a_busy_page_keeps_its_budget(cast: Cast, busy: Story, page: str, django_assert_max_num_queries: Any) -> None:
    for_strangers, for_members = BUDGETS[page]
    address = busy.get_absolute_url() if page == "story" else page
    if for_strangers:
        with django_assert_max_num_queries(for_strangers):
            assert Client().get(address).status_code == 200
    client = signed_in(cast.other_member)
    client.get("/about/")  # the first request of a session may write it
    with django_assert_max_num_queries(for_members):
        assert client.get(address).status_code == 200


def test_a_search_keeps_its_budget(cast: Cast, busy: Story, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast.other_member)
    client.get("/about/")
    with django_assert_max_num_queries(23):  # seven of them keep the pace at which one may search
        page = client.post("/search/", {"q": "story"})
    assert page.content.decode().count("card__title") == 12


def test_finding_services_keeps_its_budget(cast: Cast, busy: Story, django_assert_max_num_queries: Any) -> None:
    bring_places(PLACES)
    for turn in range(25):
        key = service(f"Lamp {turn}", at(LOWLAMP, f"Town {turn}"), languages=[{"id": f"{turn}", "code": "pl"}])
    member = signed_in(cast.other_member)
    member.get("/about/")
    sent = {"place": "lowlamp", "words": "lamp", "open_now": "", "language": "pl"}
    for client, budgets in ((Client(), (5, 31, 14)), (member, (12, 40, 20))):
        with django_assert_max_num_queries(budgets[0]):
            assert client.get("/services/").status_code == 200
        with django_assert_max_num_queries(budgets[1]):
            assert client.post("/services/", sent).content.decode().count("card service") == 20
        with django_assert_max_num_queries(budgets[2]):
            assert client.get(f"/services/{key}/").status_code == 200


DESKS = {  # page: most questions of the host
    "/services/desk/": 11,  # seven count the lists
    "/services/desk/?list=all": 11,
    "/services/desk/of/s1/": 13,
    "/services/desk/of/s1/edit/words/": 7,
    "/services/desk/check/?service=s1": 11,
    "/services/desk/check/?" + "&".join(f"service=s{one}" for one in range(20)): 11,
    "/library/guides/": 4,
    "/library/guides/tides-1/": 9,
    "/library/guides/tides-1/sheet/": 9,
    "/library/rules/gb/": 3,
    "/library/desk/": 4,
    "/library/desk/{version}/": 10,
    "/library/desk/{version}/since/1/": 5,
    "/host/laws/": 3,
    "/host/laws/gb/": 3,
}


@pytest.mark.parametrize("page", DESKS)
def test_guides_and_an_editors_desks_keep_their_budgets(
    cast: Cast, page: str, django_assert_max_num_queries: Any
) -> None:
    services = [a_service(f"s{turn}", url=f"https://lamp.example/{turn}") for turn in range(30)]
    for turn, member in enumerate((None, cast.author, cast.other_member, cast.same_ring)):
        tell(services[1], what="hours", words=f"told {turn}", by=member)
    for turn in range(6):
        version = a_guide(f"tides-{turn}", title=f"Tides {turn}")
        begun = drafted(f"begun-{turn}", title=f"Begun {turn}")
        hand_on(begun, by=editor(), seen=begun.touched_at)
    client = signed_in(cast.host)
    client.get("/about/")
    with django_assert_max_num_queries(DESKS[page]):
        assert client.get(page.format(version=version.pk)).status_code == 200


@pytest.mark.parametrize(
    ("door", "sent", "most"),
    [
        ("word", {"say": "me_too"}, 9),
        ("word", {"unsay": "me_too"}, 9),
        ("answer", {"text": "I read this twice."}, 58),  # written, read, and shown or held: two transactions
    ],
)
def test_what_very_many_send_at_once_keeps_its_budget(
    cast: Cast, busy: Story, door: str, sent: dict[str, str], most: int, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.other_member)
    client.get("/about/")
    client.post(f"/stories/{busy.ref}/word/", {"say": "with_you"})  # the first of a day makes its key
    with django_assert_max_num_queries(most):
        assert client.post(f"/stories/{busy.ref}/{door}/", sent).status_code == 302
