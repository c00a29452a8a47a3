"""Search: by sending, from what may be seen, escaped, at a pace, and kept nowhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import mask_of
from leeward.members.models import Attempt
from leeward.search.fusion import FoundPage
from leeward.stories.models import ShownFact
from leeward.web.views.search import LAST_PLACE, Results
from tests.circles.people import IVF, findable
from tests.conftest import Cast, signed_in
from tests.finding import finder, no_finder
from tests.stories.telling import told

SECRET = "kestrelquarry"


def sought(client: Client, text: str, after: int = 0) -> str:
    return client.post("/search/", {"q": text, "after": after}).content.decode()


def test_what_is_found_is_marked_and_escaped(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    told(cast.author, MEMBERS, title="By the water", text="We sat <b>by</b> the heronry until dark.")
    page = sought(signed_in(cast.other_member), "heronry")
    assert "<mark>heronry</mark>" in page
    assert "<b>" not in page
    assert "by the words alone" in page


def test_a_stranger_finds_only_what_is_for_everyone(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    told(cast.author, MEMBERS, title="Among us", text="heronry")
    told(cast.author, EVERYONE, title="In the open", text="heronry")
    page = sought(Client(), "heronry")
    assert "In the open" in page
    assert "Among us" not in page


def test_each_result_says_what_it_is_about(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    story = told(cast.author, MEMBERS, title="By the water", text="heronry")
    ShownFact.objects.create(story=story, facet="kind", key="tfmr")
    findable(cast.same_ring, IVF, text="I sit by the heronry.")
    page = sought(signed_in(cast.other_member), "heronry")
    assert "<li>Ended for medical reasons</li>" in page
    assert "<li>IVF</li>" in page


def test_a_stranger_is_told_that_members_find_more(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    assert "Most is told among members" in sought(Client(), "heronry")
    assert "Most is told among members" not in sought(signed_in(cast.other_member), "heronry")


def test_results_end_where_nobody_turns_over_any_more() -> None:
    assert Results([], FoundPage([], next=LAST_PLACE)).next == LAST_PLACE
    assert Results([], FoundPage([], next=LAST_PLACE + 1)).next is None


@pytest.mark.parametrize("looker", ["same_ring", "other_member", "blocked", "moderator", "host", "stranger"])
def test_what_is_hidden_is_behind_no_search(cast: Cast, settings: Any, looker: str) -> None:
    story = told(cast.author, MEMBERS, title="heronry", text=f"{SECRET} by the heronry")
    hidden = told(cast.author, title="heronry", text=f"{SECRET} by the heronry")
    member = getattr(cast, looker, None)
    client = signed_in(member) if member else Client()
    with finder(settings) as found:
        found.follow()
        page = sought(client, "heronry by the water")
        sees = looker not in {"blocked", "stranger"}
        assert (SECRET in page) is sees, "it could have leaked"
        assert hidden.ref not in page
        assert (story.ref in page) is sees


def test_what_she_asked_not_to_meet_is_left_out_and_notes_fold_the_rest(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    told(cast.author, MEMBERS, title="With a picture", text="heronry", notes=mask_of(["ultrasound"]))
    client = signed_in(cast.other_member)
    assert '<details class="content-note">' in sought(client, "heronry")
    set_shield(cast.other_member, mask_of(["ultrasound"]))
    assert "With a picture" not in sought(client, "heronry")


def test_letters_of_this_world_are_explained(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    page = sought(signed_in(cast.other_member), "BFP")
    assert "<dt>BFP</dt>" in page
    assert "Nothing was found for these words" in page


def test_nothing_of_what_was_sought_is_kept_or_logged(
    cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    no_finder(settings)
    client = signed_in(cast.other_member)
    with caplog.at_level(logging.DEBUG):
        response = client.post("/search/", {"q": SECRET})
    assert response["Cache-Control"] == "no-store, private"
    assert not [
        record
        for record in caplog.records
        if SECRET in record.getMessage() and "search_words" not in record.getMessage()
    ]
    rows = Attempt.objects.filter(door="searched").values_list("door", "subject")
    assert len(rows) == 1
    assert SECRET not in str(rows)
    assert SECRET not in client.get(f"/search/?q={SECRET}").content.decode()


def test_a_second_page_is_sent_for_too(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    for turn in range(14):
        told(cast.author, MEMBERS, title=f"story {turn}", text="heronry")
    client = signed_in(cast.other_member)
    first = sought(client, "heronry")
    assert 'name="after" value="12"' in first
    assert sought(client, "heronry", 12).count('class="card"') == 2


def test_who_asks_for_very_many_pages_waits(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    client = signed_in(cast.other_member)
    statuses = [client.post("/search/", {"q": "heronry"}).status_code for _turn in range(121)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {200}


def test_whatever_is_pasted_is_looked_for_by_its_beginning(cast: Cast, settings: Any) -> None:
    no_finder(settings)
    told(cast.author, MEMBERS, title="By the water", text="heronry")
    client = signed_in(cast.other_member)
    assert "By the water" in sought(client, "heronry " + "all of a long story " * 500)
    assert "By the water" in sought(client, "heronry\x00")
