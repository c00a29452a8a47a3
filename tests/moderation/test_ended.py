"""A membership that a decision has ended, and a pause that ends by itself."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from leeward.audience.actions import block, choose, chosen_ring
from leeward.audience.feed import newest
from leeward.audience.models import EVERYONE, MEMBERS, Choice, Ring, RingKind, RingMember, Wall
from leeward.audience.publishing import publish
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.actions import Ruling, decide, open_case, report
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.models import Act, Decision, Report
from leeward.notifications.models import Notice
from leeward.stories.actions.answering import MayNotAnswer, answer, react
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import begin
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Reaction, ReactionWord, Story
from leeward.web.middleware import STILL_HER_ROOMS, STILL_HERS
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import decided, seen
from tests.promises.doors import addresses
from tests.stories.telling import told

SECRET = "kestrelquarry"


@pytest.fixture
def gone(cast: Cast) -> Member:
    """One of the people whom the author chose, on the same way as she: her membership has ended."""
    ring = Ring.objects.create(kind=RingKind.WAY, way="kind:ectopic")
    RingMember.objects.create(ring=ring, member=cast.same_ring, counts_from=0)
    case = report(told(cast.same_ring, MEMBERS, title="Hers"), by=cast.other_member, reason="cruel")
    decided(case, cast.moderator, Act.END)
    return Member.objects.get(pk=cast.same_ring.pk)


def all_kinds_of(author: Member) -> dict[str, Story]:
    way = Ring.objects.get(way="kind:ectopic").pk
    rings = {"everyone": EVERYONE, "members": MEMBERS, "chosen": chosen_ring(author).pk, "way": way}
    return {name: told(author, ring, text=f"{SECRET} {name}") for name, ring in rings.items()}


def test_she_sees_of_others_what_a_stranger_sees(cast: Cast, gone: Member) -> None:
    stories = all_kinds_of(cast.author)
    before = {name for name, story in stories.items() if is_visible_to(story, Viewer(gone.pk, MEMBERS))}
    assert before == {"everyone", "members", "chosen", "way"}  # so there was something to take away
    seen_now = {name for name, story in stories.items() if is_visible_to(story, Viewer.member(gone))}
    assert seen_now == {name for name, story in stories.items() if is_visible_to(story, Viewer.stranger())}
    assert seen_now == {"everyone"}
    page = newest(Story, Viewer.member(gone))
    assert {story.pk for story in page.things if story.author_id == cast.author.pk} == {stories["everyone"].pk}


def test_a_block_between_them_still_holds(cast: Cast, gone: Member) -> None:
    story = told(cast.author, EVERYONE)
    block(cast.author, gone)
    assert not is_visible_to(story, Viewer.member(gone))


def test_no_door_shows_her_what_is_for_members(cast: Cast, gone: Member) -> None:
    stories = all_kinds_of(cast.author)
    hidden = [story for name, story in stories.items() if name != "everyone"]
    Story.objects.written_by(cast.author).filter(pk=stories["everyone"].pk).update(text="in the open")
    client = signed_in(gone)
    for address in addresses(get_resolver(), hidden):
        response = client.get(address, follow=True)
        body = b"".join(response) if response.streaming else response.content
        assert SECRET.encode() not in body, address


def test_she_sees_her_own_words_and_reads_why(cast: Cast, gone: Member) -> None:
    hers, decision = Story.objects.written_by(gone).get(), Decision.objects.get(act=Act.END)
    client = signed_in(gone)
    assert "Hers" in client.get(hers.get_absolute_url()).content.decode()
    assert "Hers" in client.get("/stories/mine/").content.decode()
    page = client.get(f"/me/decisions/{decision.pk}/").content.decode()
    assert "your membership has ended" in page
    assert "Object to this decision" in page
    assert "Your membership here ended on" in client.get("/me/").content.decode()
    assert not is_visible_to(hers, Viewer.member(cast.other_member))


def test_she_stays_signed_in_and_can_sign_in_anew_and_take_a_copy(cast: Cast) -> None:
    client = signed_in(cast.author)
    decided(report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel"), cast.moderator, Act.END)
    assert client.get("/me/").status_code == 200
    fresh = Client()
    answered = fresh.post("/sign-in/", {"name": "Maud", "passphrase": "a quiet harbour wall"})
    assert answered.status_code == 302
    assert fresh.get("/me/decisions/").status_code == 200
    assert b"".join(fresh.post("/me/export/")).startswith(b"PK")
    assert fresh.get("/me/leave/everything/").status_code == 200


def test_every_act_refuses_her(cast: Cast, gone: Member) -> None:
    story = told(cast.author, EVERYONE)
    begun = begin(by=gone, title="", text="four days")
    with pytest.raises(MayNotAnswer):
        answer(story, by=gone, text="So did I.")
    with pytest.raises(MayNotAnswer):
        react(story, by=gone, word=ReactionWord.ME_TOO, said=True)
    with pytest.raises(PermissionError):
        share(begun, by=gone, sharing=Sharing(ShowTo.EVERYONE))
    with pytest.raises(PermissionError):
        report(story, by=gone, reason="cruel")
    with pytest.raises(PermissionError):
        block(gone, cast.author)
    with pytest.raises(PermissionError):
        choose(gone, cast.author)


def test_every_door_that_takes_something_is_closed_to_her_but_those_that_are_named(cast: Cast, gone: Member) -> None:
    story = told(cast.author, EVERYONE)
    client, closed = signed_in(gone), set()
    for address in addresses(get_resolver(), [story]):
        match = resolve(address)
        if match.app_name in STILL_HER_ROOMS or match.view_name in STILL_HERS:
            continue
        if match.app_name == "hsds":  # for programs: it knows nobody and takes nothing
            assert client.post(address, {"text": SECRET}).status_code == 405, address
            continue
        response = client.post(address, {"text": "what she wrote and would lose"})
        assert response.status_code == 403, address
        assert "This was not sent" in response.content.decode(), address
        assert "what she wrote and would lose" in response.content.decode(), address
        closed.add(match.view_name)
    assert {"stories:answer", "stories:word", "moderation:report", "audience:chosen", "audience:blocks"} <= closed


def test_what_she_sends_by_hand_changes_nothing(cast: Cast, gone: Member) -> None:
    story = told(cast.author, EVERYONE)
    client = signed_in(gone)
    before = (Answer.objects.written_by(gone).count(), Story.objects.written_by(gone).count())
    for path, sent in (
        (f"/stories/{story.ref}/answer/", {"text": "So did I."}),
        (f"/stories/{story.ref}/word/", {"say": "me_too"}),
        ("/stories/tell/", {"text": "four days"}),
        (f"/report/stories.story/{story.ref}/", {"reason": "cruel"}),
        (f"/hide/stories.story/{story.ref}/", {"this_one": "on"}),
        ("/me/people/", {"name": "Maud"}),
        ("/me/blocks/", {"name": "Maud"}),
        ("/me/name/", {"name": "Another"}),
    ):
        client.post(path, sent)
    assert (Answer.objects.written_by(gone).count(), Story.objects.written_by(gone).count()) == before
    assert not Reaction.objects.exists()
    assert not Report.objects.filter(reporter=gone).exists()
    assert not Choice.objects.filter(member=gone).exists()
    assert not Wall.objects.filter(a=gone).exists()
    assert Member.objects.get(pk=gone.pk).name == "Ines"


def test_what_is_hers_she_still_takes_back(cast: Cast, gone: Member) -> None:
    story = Story.objects.written_by(gone).get()
    made = Answer.objects.create(story=told(cast.author, EVERYONE), author=gone, text="So did I.")
    publish(made)
    client = signed_in(gone)
    client.post(f"/stories/{story.ref}/take-back/", {"answers": "go"})
    client.post(f"/answers/{made.ref}/take-back/")
    assert not Story.objects.written_by(gone).exists()
    assert not Answer.objects.written_by(gone).exists()


def test_an_ended_moderator_moderates_no_more(cast: Cast) -> None:
    rook = make_member("Rook", is_moderator=True)
    waiting = report(told(cast.author, MEMBERS, text=SECRET), by=cast.other_member, reason="danger")
    open_case(waiting, moderator=rook)
    decided(report(told(rook, MEMBERS), by=cast.other_member, reason="cruel"), cast.moderator, Act.END)
    rook.refresh_from_db()
    client = signed_in(rook)
    for path in ("/moderation/", f"/moderation/cases/{waiting.ref}/", "/moderation/appeals/"):
        assert client.get(path).status_code == 404, path
    with pytest.raises(NotForYouError):
        open_case(waiting, moderator=rook)
    with pytest.raises(PermissionError):
        Viewer.moderator(rook)
    Notice.objects.all().delete()
    report(told(cast.author, MEMBERS), by=cast.other_member, reason="danger")
    assert not Notice.objects.filter(member=rook).exists()


def test_a_pause_takes_nothing_but_writing(cast: Cast) -> None:
    story = told(cast.other_member, MEMBERS)
    decided(report(told(cast.author, MEMBERS), by=cast.other_member, reason="cruel"), cast.moderator, Act.PAUSE)
    author = Member.objects.get(pk=cast.author.pk)
    assert is_visible_to(story, Viewer.member(author))
    report(story, by=author, reason="cruel")
    choose(author, cast.other_member)
    with pytest.raises(MayNotAnswer):
        answer(story, by=author, text="So did I.")


def test_a_pause_ends_by_itself_everywhere(cast: Cast) -> None:
    rook = make_member("Rook", is_moderator=True)
    case = report(told(rook, MEMBERS), by=cast.other_member, reason="cruel")
    open_case(case, moderator=cast.moderator)
    ruling = Ruling(Act.PAUSE, "kind", "It lays blame.", days=3)
    decide(case, moderator=cast.moderator, ruling=ruling, seen=seen(case))
    assert rook not in members_who_may_write()
    assert "you cannot write for others here until" in signed_in(rook).get("/me/").content.decode().lower()
    Member.objects.filter(pk=rook.pk).update(suspended_until=timezone.now() - datetime.timedelta(seconds=1))
    Decision.objects.update(until=now_us() - 1)
    rook.refresh_from_db()
    assert rook in members_who_may_write()
    assert "you cannot write" not in signed_in(rook).get("/me/").content.decode().lower()
    assert answer(told(cast.author, MEMBERS), by=rook, text="So did I.").pk
    Notice.objects.all().delete()
    report(told(cast.author, MEMBERS), by=cast.other_member, reason="danger")
    assert Notice.objects.filter(member=rook, kind="moderation.urgent").exists()
    assert signed_in(rook).get(reverse("moderation:queue")).status_code == 200
