from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish
from leeward.members.models import Member
from leeward.moderation.actions import hold_first_text, open_case, report
from leeward.moderation.models import Act, Case, Decision, Priority
from leeward.moderation.queue import waiting_for
from leeward.moderation.showing import token
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told

SECRET = "larchwater"


def held(cast: Cast, *, signed: bool = True) -> Case:
    story = told(cast.author, EVERYONE, title=SECRET, text=SECRET, signed=signed)
    hold_first_text(story)
    return case_about(story)


def test_the_queue_is_urgent_first_then_oldest_and_shows_no_text(cast: Cast) -> None:
    old, new = held(cast), held(cast)
    urgent = report(
        told(cast.author, MEMBERS, text=SECRET), by=cast.other_member, reason="danger", words="see line two"
    )
    page = signed_in(cast.moderator).get("/moderation/").content.decode()
    assert re.findall(r"/moderation/cases/(\w+)/", page) == [urgent.ref, old.ref, new.ref]
    assert SECRET not in page
    assert "see line two" not in page
    assert urgent.priority == Priority.URGENT


def test_a_case_shows_nothing_until_it_is_opened_and_looking_opens_nothing(cast: Cast) -> None:
    case = held(cast)
    client = signed_in(cast.moderator)
    assert SECRET not in client.get(f"/moderation/cases/{case.ref}/").content.decode()
    assert SECRET not in client.get(f"/moderation/cases/{case.ref}/").content.decode()
    client.post(f"/moderation/cases/{case.ref}/open/")
    assert SECRET in client.get(f"/moderation/cases/{case.ref}/").content.decode()


def test_a_case_is_decided_by_a_plain_form(cast: Cast) -> None:
    case = held(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    page = client.get(f"/moderation/cases/{case.ref}/").content.decode()
    stamp = re.search(r'name="seen" value="(\d+)"', page)
    assert stamp
    client.post(f"/moderation/cases/{case.ref}/decide/", {"act": "release", "seen": stamp[1]})
    assert Decision.objects.get().act == Act.RELEASE
    assert SECRET in client.get(f"/stories/{Story.objects.written_by(cast.author).get().ref}/").content.decode()


def test_a_restriction_without_rule_or_facts_comes_back_with_what_was_written(cast: Cast) -> None:
    case = held(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    sent = {"act": "remove", "reason": "The second line blames her.", "seen": "1"}
    page = client.post(f"/moderation/cases/{case.ref}/decide/", sent).content.decode()
    assert "Say which rule it rests on." in page
    assert "The second line blames her." in page
    assert not Decision.objects.exists()


def test_a_text_changed_meanwhile_is_shown_again_with_what_was_written(cast: Cast) -> None:
    case = held(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    sent = {"act": "remove", "clause": "kind", "reason": "The second line blames her.", "seen": "1"}
    page = client.post(f"/moderation/cases/{case.ref}/decide/", sent).content.decode()
    assert "The text was changed while you read it." in page
    assert "The second line blames her." in page
    stamp = re.search(r'name="seen" value="(\d+)"', page)
    assert stamp
    assert stamp[1] != "1"


def test_the_author_of_an_unsigned_text_is_a_token_and_another_in_each_case(cast: Cast) -> None:
    case = held(cast, signed=False)
    open_case(case, moderator=cast.moderator)
    page = signed_in(cast.moderator).get(f"/moderation/cases/{case.ref}/").content.decode()
    assert cast.author.name not in page
    assert token(case, cast.author.pk) in page
    assert token(case, cast.author.pk) != token(held(cast, signed=False), cast.author.pk)


def test_an_authors_answer_under_her_own_unsigned_story_bears_the_same_token(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="the story around", signed=False)
    answer = Answer.objects.create(story=story, author=cast.author, text="and then", signed=False)
    publish(answer)
    case = report(answer, by=cast.other_member, reason="note")
    open_case(case, moderator=cast.moderator)
    page = signed_in(cast.moderator).get(f"/moderation/cases/{case.ref}/").content.decode()
    assert "the story around" in page
    assert page.count(token(case, cast.author.pk)) == 2
    assert cast.author.name not in page


def test_the_reporter_is_not_named_to_moderators(cast: Cast) -> None:
    case = report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel", words="line two")
    open_case(case, moderator=cast.moderator)
    page = signed_in(cast.moderator).get(f"/moderation/cases/{case.ref}/").content.decode()
    assert "line two" in page
    assert cast.other_member.name not in page


def test_a_suspended_unsigned_author_stays_unnamed(cast: Cast) -> None:
    case = held(cast, signed=False)
    decided(case, cast.moderator, Act.PAUSE)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    assert cast.author.name not in client.get(f"/moderation/cases/{case.ref}/").content.decode()
    pk = Decision.objects.get().pk
    client.post(f"/moderation/decisions/{pk}/take-back/", {"reason": "Looked at anew."})
    cast.author.refresh_from_db()
    assert not cast.author.is_suspended


def test_the_statement_says_what_rule_facts_no_machine_and_how_to_object(cast: Cast, settings) -> None:
    settings.PLACE_CONTACT, settings.PLACE_RESPONSIBLE = "1 Harbour Row", "A. Hesper"
    decision = decided(held(cast), cast.moderator, Act.REMOVE, clause="threats", reason="The last line threatens him.")
    page = signed_in(cast.author).get(f"/me/decisions/{decision.pk}/").content.decode()
    for part in (
        "taken out of sight for good",
        "No threats, no pursuit, no hatred",
        "The last line threatens him.",
        "A person read it and decided",
        "1 Harbour Row",
        "A. Hesper",
    ):
        assert part in page
    assert cast.moderator.name not in page


def test_nobody_else_reads_the_statement(cast: Cast) -> None:
    decision = decided(held(cast), cast.moderator, Act.REMOVE, reason="The last line threatens him.")
    for member in (cast.other_member, cast.moderator, cast.host):
        assert signed_in(member).get(f"/me/decisions/{decision.pk}/").status_code == 404


def test_the_log_is_for_the_host_and_names_nobody(cast: Cast) -> None:
    decided(held(cast), cast.moderator, Act.REMOVE, reason="The last line threatens him.")
    page = signed_in(cast.host).get("/moderation/log/").content.decode()
    assert "Remove it" in page
    for trace in (cast.author.name, cast.moderator.name, SECRET, "The last line"):
        assert trace not in page
    assert signed_in(cast.moderator).get("/moderation/log/").status_code == 404
    assert signed_in(cast.other_member).get("/moderation/log/").status_code == 404


def test_the_queue_asks_the_database_the_same_however_long_it_is(cast: Cast) -> None:
    asked = []
    for turn in (1, 2):
        for _one in range(3):
            report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel")
        with CaptureQueriesContext(connection) as queries:
            assert len(waiting_for(cast.moderator)) == 3 * turn
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14


def test_a_case_decided_lately_is_found_again_to_take_its_decision_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    case = report(story, by=cast.other_member, reason="cruel")
    decided(case, cast.moderator, Act.REMOVE)
    assert f"/moderation/cases/{case.ref}/" in signed_in(cast.moderator).get("/moderation/").content.decode()
    Member.objects.filter(pk=cast.author.pk).update(is_moderator=True)
    hers = signed_in(Member.objects.get(pk=cast.author.pk)).get("/moderation/").content.decode()
    assert case.ref not in hers
