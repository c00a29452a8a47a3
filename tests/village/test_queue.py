"""What waits in the village: everybody who signs in finds something, and nothing of it is seen by others too early."""

from __future__ import annotations

import html
from collections import Counter
from typing import Any

import pytest

from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.moderation.actions import open_case, take_back
from leeward.moderation.actions.appealing import hear, open_appeal
from leeward.moderation.actions.concerns import concerns_without_second
from leeward.moderation.actions.telling import answer_proposal
from leeward.moderation.appeals import appeals_for
from leeward.moderation.greeting.first_words import first_words_for
from leeward.moderation.models import (
    Because,
    Case,
    CaseState,
    DayCount,
    Decision,
    Screening,
    Storm,
    Telling,
)
from leeward.moderation.queue import waiting_for
from leeward.moderation.statements import decisions_about, reports_by
from leeward.stories.models import Answer, Story
from leeward.village.queue import queue_tables
from tests.conftest import signed_in

pytestmark = pytest.mark.usefixtures("in_the_village")


def person(name: str) -> Member:
    return Member.objects.get(name=name)


def page(name: str, path: str) -> str:
    return signed_in(person(name)).get(path).content.decode()


def test_wren_finds_one_of_everything_in_her_queue() -> None:
    lines = waiting_for(person("Wren"))
    waiting = Case.objects.filter(state=CaseState.OPEN)
    assert {case.because for case in waiting} == {str(because) for because in Because}
    assert {sign for case in waiting for sign in case.signs} >= {"hostile", "threat", "selling", "contact", "risk"}
    assert [line.size for line in lines if line.size > 1] == [4]
    assert [line.urgent for line in lines] == [True] * 3 + [False] * (len(lines) - 3)
    assert [line.remark for line in lines if line.remark] == ["another reader has written"]
    queue = page("Wren", "/moderation/")
    assert [line.path for line in lines if line.path not in queue] == []


def test_wren_finds_an_objection_a_concern_and_a_proposal_that_wait_for_her() -> None:
    wren = person("Wren")
    assert len(appeals_for(wren)) == 1
    assert concerns_without_second(wren).count() == 1
    telling = Telling.objects.get()
    assert (telling.told, telling.agreed_at, telling.proposed_by) == (person("Hazel"), None, person("Sorrel"))


def test_wren_can_take_back_what_she_hid_and_it_is_shown_again() -> None:
    hers = Decision.objects.filter(by=person("Wren"), undone_at=None)
    assert sorted(hers.values_list("act", flat=True)) == ["hide", "remove"]
    hid = hers.get(act="hide")
    open_case(hid.case, moderator=person("Wren"))
    take_back(hid, moderator=person("Wren"), reason="What happened to oneself may be told darkly.")
    assert is_hidden(hid.case) is False


def test_wren_can_grant_the_objection_and_the_text_is_shown_again() -> None:
    wren = person("Wren")
    (appeal,) = appeals_for(wren)
    open_appeal(appeal, by=wren)
    hear(appeal, by=wren, granted=True, answer="What you did yourself stands again.")
    assert is_hidden(appeal.decision.case) is False


def test_wren_can_agree_and_hazel_is_told() -> None:
    telling = Telling.objects.get()
    open_case(telling.case, moderator=person("Wren"))
    answer_proposal(telling, by=person("Wren"), agreed=True, seen=telling.proposed_at)
    assert "at which school you teach" in page("Hazel", f"/me/told/{telling.pk}/")


def is_hidden(case: Case) -> bool:
    """Whether a member who is not concerned does not see the text of a case."""
    return not Answer.objects.filter(pk=case.thing_id).visible_to(Viewer.member(person("Ines"))).exists()


def test_hazel_reads_a_kind_word_and_what_she_is_asked_to_change() -> None:
    hazel = person("Hazel")
    assert [statement.decision.act for statement in decisions_about(hazel)] == ["ask", "word"]
    assert [outcome.what for outcome in reports_by(hazel)] == ["It waits for a person to read it."]
    for statement in decisions_about(hazel):
        assert html.escape(statement.facts[:30]) in page("Hazel", f"/me/decisions/{statement.pk}/")


def test_hazel_greets_every_day_and_one_of_two_stories_has_waited_too_long() -> None:
    words = first_words_for(person("Hazel"), all_time=True)
    assert [(one.thing.author.name, one.is_late) for one in words if one.thing.author] == [
        ("half past two", True),
        ("Catkin", False),
    ]
    assert "I am the grandmother" in page("Hazel", "/greeting/")


def test_hazel_is_told_that_people_have_read_her_story_and_meets_one_answer_folded() -> None:
    hazel = person("Hazel")
    story = Story.objects.written_by(hazel).get(state=State.LIVE, with_teller=None)
    mine = page("Hazel", story.get_absolute_url())
    assert "People have read this" in mine
    folded = "This answer has words you would rather not meet"
    assert mine.count(folded) == 1
    assert folded not in page("Ines", story.get_absolute_url())


def test_nobody_meets_what_is_held_or_hidden() -> None:
    decided = {row["text"] for row in queue_tables()["decision"] if row["act"] != "word"}
    gone = [told for told in queue_tables()["text"] if told["key"] in decided or is_held(told)]
    assert len(gone) == 14
    for name in ("Ines", "dad_in_dunedin", "Hazel"):
        client = signed_in(person(name))
        stories = Story.objects.visible_to(Viewer.member(person(name)))
        seen = html.unescape(
            "".join(client.get(f"{story.get_absolute_url()}?open").content.decode() for story in stories)
        )
        assert "At least you know his feet" in seen
        assert "I am the grandmother" in seen
        others = [told["text"].strip()[:30] for told in gone if told["by"] != name]
        assert [words for words in others if words in seen] == []


def is_held(told: dict[str, Any]) -> bool:
    return told.get("first", False) or bool(set(told.get("signs", ())) - {"risk"})


def test_nothing_is_counted_that_did_not_happen_and_nothing_waits_for_the_reader() -> None:
    assert not DayCount.objects.exists()
    assert not Screening.objects.exists()
    assert not Storm.objects.exists()


def test_no_text_or_name_of_the_queue_stands_twice() -> None:
    tables = queue_tables()
    for words in ([one["name"] for one in tables["newcomer"]], [one["key"] for one in tables["text"]]):
        assert [word for word, times in Counter(words).items() if times > 1] == []
