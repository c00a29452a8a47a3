"""The editors' desk in a browser without scripts: nothing is lost, nothing is overwritten in silence."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leeward.library.guides.differences import How, differences
from leeward.library.guides.forms import initial_of
from leeward.library.guides.models import Guide, Review, State, Version
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.models import Member
from tests.conftest import Cast, signed_in
from tests.library.guides.writing import TEXT, agreed, anew, content, drafted, editor, published

pytestmark = pytest.mark.django_db
DESK = "/library/desk/"


@pytest.fixture
def hers(cast: Cast) -> Client:
    return signed_in(editor())


def form(version: Version | None = None, **changed: Any) -> dict[str, Any]:
    """What the form of a version sends."""
    sent = initial_of(version or Version(guide=Guide(key="x"), **content().as_fields()))
    return {**sent, "seen": str(sent["seen"]), **changed}


def step(version: Version, name: str) -> str:
    return f"{DESK}{version.pk}/do/{name}/"


def test_a_guide_is_begun_and_stands_on_the_desk(hers: Client) -> None:
    sent = form(key="tides", language="en", order="3")
    assert hers.post(f"{DESK}new/", sent).status_code == 302
    version = Version.objects.select_related("guide").get()
    assert (version.guide.key, version.state, version.content) == ("tides", State.DRAFT, content())
    assert "Tides" in hers.get(DESK).content.decode()


def test_what_is_wrong_is_said_with_its_line_and_no_word_is_lost(hers: Client) -> None:
    version = drafted()
    bad = form(version, text="One.\n\n::: sings\n- a\n:::", sources="sea | The Sea")
    page = hers.post(f"{DESK}{version.pk}/write/", bad).content.decode()
    assert "Line 3: There is no block “sings”" in page
    assert "Line 1: A source has five parts" in page
    assert "::: sings" in page
    assert anew(version).text == TEXT
    assert "Here is what you wrote and have not sent yet" in hers.get(f"{DESK}{version.pk}/write/").content.decode()


def test_what_is_shown_as_readers_read_it_is_not_kept(hers: Client) -> None:
    version = drafted()
    sent = form(version, text="Words in **strong** letters.", preview="yes")
    page = hers.post(f"{DESK}{version.pk}/write/", sent).content.decode()
    assert "<strong>strong</strong>" in page
    assert anew(version).text == TEXT


def test_two_tabs_meet_and_the_second_sees_what_differs(hers: Client) -> None:
    version = drafted()
    opened = form(version)
    assert hers.post(f"{DESK}{version.pk}/write/", {**opened, "title": "From one tab"}).status_code == 302
    page = hers.post(f"{DESK}{version.pk}/write/", {**opened, "title": "From the other"}).content.decode()
    assert "has changed this guide meanwhile" in page
    assert 'value="From the other"' in page
    assert "<del>" in page
    assert anew(version).title == "From one tab"
    seen = str(anew(version).touched_at)
    assert f'name="seen" value="{seen}"' in page
    hers.post(f"{DESK}{version.pk}/write/", {**opened, "title": "From both", "seen": seen})
    assert anew(version).title == "From both"


def test_a_step_shows_what_it_asks_and_is_done_once(hers: Client) -> None:
    version = drafted()
    seen = str(version.touched_at)
    assert "second reader" in hers.get(step(version, "hand")).content.decode()
    assert hers.post(step(version, "hand"), {"seen": seen}).status_code == 302
    again = hers.post(step(version, "hand"), {"seen": seen}).content.decode()
    assert "It is not as it was when you opened this page" in again
    assert anew(version).state == State.SECOND
    assert hers.get(step(version, "agree")).status_code == 302  # not by her own hand
    refused = hers.post(step(version, "agree"), {"seen": str(anew(version).touched_at)}).content.decode()
    assert "somebody else than those who wrote it" in refused
    assert signed_in(editor("Fern")).get(step(version, "agree")).status_code == 200
    assert hers.get(step(version, "dance")).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reviewer": ""}, "needs the name of the person who reviewed it"),
        ({"reviewer": "42"}, "the person&#39;s own name"),
        ({"reviewed_on": "2999-01-01"}, "has not come yet"),
        ({"reviewed_on": "2001-01-01"}, "Its words changed after that day"),
        ({"review_by": "2001-01-01"}, "a day after today, and within three years"),
        ({"review_by": "2999-01-01"}, "a day after today, and within three years"),
        ({"exactly": ""}, "Please tick this once the person has"),
    ],
)
def test_publishing_needs_a_named_person_and_days_that_can_be(hers: Client, changed: dict[str, str], said: str) -> None:
    version = agreed(drafted())
    today = timezone.localdate()
    sound = {
        "seen": str(version.touched_at),
        "reviewer": "Ada Lind",
        "reviewed_on": str(today),
        "review_by": str(today + datetime.timedelta(300)),
        "exactly": "on",
    }
    page = hers.post(step(version, "publish"), {**sound, **changed}).content.decode()
    assert said in page
    assert not Review.objects.exists()
    assert hers.post(step(version, "publish"), sound).status_code == 302
    assert anew(version).state == State.PUBLISHED


def test_a_reason_is_asked_for_and_kept(hers: Client) -> None:
    version = published()
    sent = {"seen": str(version.touched_at), "words": ""}
    assert "Please say why" in hers.post(step(version, "withdraw"), sent).content.decode()
    hers.post(step(version, "withdraw"), {**sent, "words": "The law changed."})
    assert "The law changed." in hers.get(f"{DESK}{version.pk}/").content.decode()


def test_an_editor_whose_role_was_taken_finds_nothing_there(hers: Client) -> None:
    version = drafted()
    assert hers.get(f"{DESK}{version.pk}/").status_code == 200
    Member.objects.filter(name="Linden").update(suspended_at=timezone.now())
    for address in (DESK, f"{DESK}{version.pk}/", f"{DESK}{version.pk}/write/", step(version, "withdraw")):
        assert hers.get(address).status_code == 404
        assert hers.post(address, form(version, title="x")).status_code in {404, 405}
    assert anew(version).title == "Tides"


def test_when_an_editor_leaves_her_guides_stay_and_no_longer_name_her(hers: Client) -> None:
    version = published()
    linden = Member.objects.get(name="Linden")
    for belonging in all_belongings():
        if belonging.key == "guides":
            assert [row["what"] for row in belonging.export(linden)] == ["wrote", "handed", "published"]
            belonging.erase(linden, Farewell.TAKE_ALL)
    page = signed_in(editor("Fern")).get(f"{DESK}{version.pk}/").content.decode()
    assert "Linden" not in page
    assert "Ada Lind" in page


def test_differences_are_marked_word_by_word_and_named_to_who_hears_them(hers: Client) -> None:
    first = published()
    second = drafted("moon")
    Version.objects.filter(pk=second.pk).update(guide=first.guide, number=2, text=TEXT.replace("about tides", "of ebb"))
    page = hers.get(f"{DESK}{second.pk}/since/1/").content.decode()
    assert '<del><span class="visually-hidden">taken out: </span>about tides' in page
    assert '<ins><span class="visually-hidden">added: </span>of ebb' in page
    assert hers.get(f"{DESK}{second.pk}/since/9/").status_code == 404


def test_far_from_a_change_lines_are_folded_and_none_is_lost() -> None:
    old = "\n".join(f"line {turn}" for turn in range(20))
    found = differences(old, old.replace("line 10", "line ten"))
    assert sum(len(stretch.lines) for stretch in found) == 20
    assert [stretch.folded for stretch in found].count(True) == 2
    changed = [run for stretch in found for line in stretch.lines for run in line if run.how is not How.SAME]
    assert [(run.how, run.words) for run in changed] == [(How.GONE, "10"), (How.ADDED, "ten")]


def test_a_translation_begins_with_what_there_is(hers: Client) -> None:
    version = published()
    page = hers.get(f"{DESK}{version.pk}/translate/").content.decode()
    assert 'value="tides"' in page
    sent = form(version, key="tides", language="de", order="1", title="Gezeiten")
    first, second = (hers.post(f"{DESK}{version.pk}/translate/", sent)["Location"] for _press in range(2))
    assert first == second
    again = hers.post(f"{DESK}{version.pk}/translate/", {**sent, "title": "Ebbe"}).content.decode()
    assert 'value="Ebbe"' in again
    assert "There is a guide of this name in this language." in again
    assert sorted(Guide.objects.values_list("key", "language")) == [("tides", "de"), ("tides", "en")]
