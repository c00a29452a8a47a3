"""What those who moderate begin to write and do not send is kept for her alone, while it is hers to write."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import hold
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member, Unsent
from leeward.moderation.actions import open_case, report
from leeward.moderation.actions.appealing import object_to, open_appeal
from leeward.moderation.actions.cases import case_of
from leeward.moderation.actions.concerns import Account, become_second, leave_it, raise_concern
from leeward.moderation.actions.keeping import ask_second, hand_on
from leeward.moderation.models import Act, Because, Case, Locked
from leeward.stories.models import Answer
from tests.conftest import Cast, make_member, signed_in
from tests.members.people import hidden, text_of
from tests.moderation.casework import case_about, decided, threat_under_story
from tests.stories.telling import told

WORDS = "What you wrote says that she is to blame, kestrelquarry."
KEEP = "/me/unsent/keep/"


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


@pytest.fixture
def case(cast: Cast, second: Member) -> Case:
    """A threat under the author's story, opened by both moderators; the second asked the first to read it, too."""
    found = threat_under_story(cast.author, cast.other_member, cast.moderator, second, text="I know your street")
    ask_second(found, by=second)
    return found


def keep(client: Client, to: str, field: str, text: str = WORDS, stamp: int = 0, **more: object) -> Any:
    return client.post(KEEP, {"to": to, "page": "/moderation/", field: text, "unsent": stamp, **more})


def begun(member: Member) -> list[str]:
    return sorted(Unsent.objects.filter(member=member).values_list("to", flat=True))


def decide_door(case: Case) -> str:
    return reverse("moderation:decide", args=[case.ref])


@pytest.mark.parametrize(
    ("door", "field"),
    [("decide", "reason"), ("opinion", "words"), ("telling_propose", "words"), ("raise_concern", "words")],
)
def test_what_is_written_about_a_case_is_kept_and_put_back_for_her_alone(
    cast: Cast, case: Case, second: Member, door: str, field: str
) -> None:
    client, to = signed_in(cast.moderator), reverse(f"moderation:{door}", args=[case.ref])
    page = to if door == "raise_concern" else reverse("moderation:case", args=[case.ref])
    assert 'data-keep-url="/me/unsent/keep/"' in text_of(client.get(page))
    assert keep(client, to, field, page=page).status_code == 200
    assert f">\n{WORDS}</textarea>" in text_of(client.get(page))
    assert "Here is what you wrote and have not sent yet" in text_of(client.get(page))
    listed = text_of(client.get("/me/unsent/"))
    assert WORDS in listed
    assert f'href="{page}"' in listed
    for other in (signed_in(second), signed_in(cast.host), signed_in(cast.other_member)):
        for path in (page, "/me/unsent/"):
            assert WORDS not in text_of(other.get(path))
    rows = {one.key: list(one.export(cast.moderator)) for one in all_belongings()}
    assert WORDS in str(rows["unsent"])


def test_a_decision_comes_back_whole_and_is_gone_once_it_is_made(cast: Cast, case: Case) -> None:
    client, page = signed_in(cast.moderator), reverse("moderation:case", args=[case.ref])
    stamp = keep(client, decide_door(case), "reason", act="hide", clause="kind").json()["unsent"]
    drawn = text_of(client.get(page))
    assert re.search(r'name="act" value="hide"[^>]* checked', drawn)
    sent = {"act": "hide", "clause": "kind", "reason": WORDS, "unsent": stamp}
    again = client.post(decide_door(case), {**sent, "clause": "", "seen": hidden(client.get(page), "seen")})
    assert again.status_code == 200
    assert begun(cast.moderator) == [decide_door(case)]
    done = client.post(decide_door(case), {**sent, "seen": hidden(again, "seen"), "unsent": _stamp(case)})
    assert done.status_code == 302
    assert begun(cast.moderator) == []


def _stamp(case: Case) -> int:
    return Unsent.objects.get(to=decide_door(case)).touched_at


def test_a_decision_taken_back_and_an_objection_heard_keep_their_reasons(cast: Cast, second: Member) -> None:
    story = told(cast.author, EVERYONE)
    report(story, by=cast.other_member, reason="law")
    case = case_about(story)
    decision = decided(case, cast.moderator, Act.HIDE)
    client, to = signed_in(cast.moderator), reverse("moderation:take_back", args=[decision.pk])
    keep(client, to, "reason")
    case.refresh_from_db()
    open_case(case, moderator=cast.moderator)
    assert f">\n{WORDS}</textarea>" in text_of(client.get(reverse("moderation:case", args=[case.ref])))
    appeal = object_to(decision, by=cast.author, words="It says no such thing.")
    open_appeal(appeal, by=second)
    hears, hear = signed_in(second), reverse("moderation:appeal_hear", args=[appeal.pk])
    keep(hears, hear, "answer", granted="no")
    assert f">\n{WORDS}</textarea>" in text_of(hears.get(reverse("moderation:appeal", args=[appeal.pk])))
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert (begun(cast.moderator), begun(second)) == ([], [])


def test_several_texts_notes_and_the_hosts_own_texts_keep_theirs(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    for text in ("one", "two"):
        made = Answer.objects.create(story=story, author=cast.other_member, text=text)
        hold(made)
        case = case_of(made, Because.DOUBTFUL)
        open_case(case, moderator=cast.moderator)
    for member, page, door, field in (
        (cast.moderator, f"/moderation/groups/{case.ref}/", f"/moderation/groups/{case.ref}/decide/", "reason"),
        (cast.moderator, reverse("moderation:notes"), reverse("moderation:notes"), "words"),
        (cast.host, reverse("moderation:write", args=["images"]), reverse("moderation:write", args=["images"]), "text"),
    ):
        client = signed_in(member)
        assert keep(client, door, field).status_code == 200
        assert f">\n{WORDS}</textarea>" in text_of(client.get(page)), page
    notes = reverse("moderation:notes")
    client = signed_in(cast.moderator)
    client.post(notes, {"words": WORDS, "unsent": hidden(client.get(notes), "unsent")})
    assert notes not in begun(cast.moderator)


def test_the_host_finds_what_she_began_about_what_is_locked(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    report(story, by=cast.other_member, reason="law")
    decision = decided(case_about(story), cast.moderator, Act.HIDE)
    row = Locked.objects.create(decision=decision, what="abcdefghijkl", keep_until=1, tell_at=1)
    client, to = signed_in(cast.host), reverse("moderation:locked_step", args=[row.ref])
    keep(client, to, "words")
    assert f">\n{WORDS}</textarea>" in text_of(client.get(reverse("moderation:locked")))


def test_it_is_no_door_of_hers_who_does_not_moderate_and_goes_with_the_role(cast: Cast, case: Case) -> None:
    for other in (cast.author, cast.other_member):
        assert keep(signed_in(other), decide_door(case), "reason").status_code == 400
    story = f"/stories/{told(cast.author, EVERYONE).ref}/answer/"
    client = signed_in(cast.moderator)
    keep(client, decide_door(case), "reason")
    keep(client, story, "text")
    assert len(begun(cast.moderator)) == 2
    call_command("make_moderator", cast.moderator.name, "--undo")
    assert begun(cast.moderator) == [story]


def test_it_goes_when_she_hands_the_case_on_and_another_keeps_hers(cast: Cast, case: Case, second: Member) -> None:
    for moderator in (cast.moderator, second):
        keep(signed_in(moderator), decide_door(case), "reason")
    hand_on([case], moderator=cast.moderator)
    assert (begun(cast.moderator), begun(second)) == ([], [decide_door(case)])


def test_it_goes_when_she_leaves_a_concern_to_another(cast: Cast, case: Case, second: Member) -> None:
    about = [Account(cast.other_member.pk, False)]
    concern = raise_concern(case, by=second, words="The same turns of phrase.", about=about)
    become_second(concern, by=cast.moderator)
    to = reverse("moderation:concern", args=[concern.ref])
    client = signed_in(cast.moderator)
    keep(client, to, "words")
    assert f">\n{WORDS}</textarea>" in text_of(client.get(to))
    concern.refresh_from_db()
    leave_it(concern, by=cast.moderator)
    assert begun(cast.moderator) == []


def test_what_was_begun_about_the_words_of_a_member_goes_when_she_leaves(cast: Cast, case: Case) -> None:
    client = signed_in(cast.moderator)
    for door, field in (("decide", "reason"), ("opinion", "words"), ("telling_propose", "words")):
        keep(client, reverse(f"moderation:{door}", args=[case.ref]), field)
    assert len(begun(cast.moderator)) == 3
    leave(cast.other_member, Farewell.TAKE_ALL)
    assert begun(cast.moderator) == []
