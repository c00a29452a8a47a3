"""Telling somebody of a threat: two moderators decide so, and until then nobody learns of it."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import open_case, report, stop_waiting
from leeward.moderation.actions.deciding import AlreadyDecidedError, ChangedMeanwhileError, ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.actions.telling import answer_proposal, propose_telling
from leeward.moderation.models import Act, Case, Evidence, Telling
from leeward.moderation.telling_words import telling_on
from leeward.notifications.models import Notice
from leeward.stories.models import Answer
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import decided, threat_under_story
from tests.stories.telling import told

THREAT = "kestrelquarry, and I know your street"
WORDS = "Somebody wrote that they know where you live."


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


@pytest.fixture
def case(cast: Cast, second: Member) -> Case:
    """A threat under the author's story, held before anybody saw it, and opened by both moderators."""
    return threat_under_story(cast.author, cast.other_member, cast.moderator, second, text=THREAT)


def agree(telling: Telling, by: Member, *, agreed: bool = True) -> None:
    answer_proposal(telling, by=by, agreed=agreed, seen=telling.proposed_at)


def kinds_told(member: Member) -> set[str]:
    return set(Notice.objects.filter(member=member).values_list("kind", flat=True))


def pages_of(client: Client) -> str:
    paths = ("/bell/", "/me/", "/me/decisions/", "/me/waiting/", "/stories/mine/", "/")
    found = "".join(client.get(path).content.decode() for path in paths)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found)  # another one on each page


def test_she_is_told_when_two_have_agreed_and_not_before(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    client = signed_in(cast.author)
    assert client.get(f"/me/told/{telling.pk}/").status_code == 404
    assert "moderation.told" not in kinds_told(cast.author)
    agree(telling, second)
    assert "moderation.told" in kinds_told(cast.author)
    assert f"/me/told/{telling.pk}/" in client.get("/bell/").content.decode()
    page = client.get(f"/me/told/{telling.pk}/").content.decode()
    for part in (WORDS, "A copy of what was written", "/help/", "It is still being looked at."):
        assert part in page, part
    for trace in (THREAT, "kestrelquarry", cast.other_member.name, cast.moderator.name, second.name):
        assert trace not in page


def test_nobody_else_reads_what_she_was_told(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    agree(telling, second)
    for member in (cast.other_member, cast.same_ring, cast.moderator, cast.host):
        assert signed_in(member).get(f"/me/told/{telling.pk}/").status_code == 404


def test_what_one_moderator_proposes_reaches_neither_her_nor_its_writer(cast: Cast, case: Case, second: Member) -> None:
    clients = [signed_in(cast.author), signed_in(cast.other_member)]
    before = [pages_of(client) for client in clients]
    exports = {belonging.key: belonging.export for belonging in all_belongings()}
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    assert [pages_of(client) for client in clients] == before
    assert list(exports["tellings"](cast.author)) == []
    agree(telling, second, agreed=False)
    assert [pages_of(client) for client in clients] == before
    assert kinds_told(cast.author) == kinds_told(cast.other_member) == set()


def test_its_writer_never_learns_that_she_was_told(cast: Cast, case: Case, second: Member) -> None:
    client = signed_in(cast.other_member)
    before = pages_of(client)
    agree(propose_telling(case, by=cast.moderator, words=WORDS), second)
    assert pages_of(client) == before


def test_one_moderator_cannot_agree_with_herself(cast: Cast, case: Case) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    with pytest.raises(NotForYouError):
        agree(telling, cast.moderator)


def test_who_has_not_opened_the_case_neither_proposes_nor_agrees(cast: Cast, case: Case) -> None:
    third = make_member("Jay", is_moderator=True)
    with pytest.raises(NotForYouError):
        propose_telling(case, by=third, words=WORDS)
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    for member in (third, cast.host, cast.other_member):
        with pytest.raises(NotForYouError):
            agree(telling, member)


def test_words_that_were_changed_have_to_be_agreed_on_anew(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    first_seen = telling.proposed_at
    again = propose_telling(case, by=cast.moderator, words="Other words.")
    with pytest.raises(ChangedMeanwhileError):
        answer_proposal(again, by=second, agreed=True, seen=first_seen)
    agree(again, second)
    assert "Other words." in signed_in(cast.author).get(f"/me/told/{again.pk}/").content.decode()
    with pytest.raises(AlreadyDecidedError):
        propose_telling(case, by=second, words="Too late.")


def test_whoever_proposes_other_words_needs_a_second_one_herself(cast: Cast, case: Case, second: Member) -> None:
    propose_telling(case, by=cast.moderator, words=WORDS)
    telling = propose_telling(case, by=second, words="Other words.")
    with pytest.raises(NotForYouError):
        agree(telling, second)
    agree(telling, cast.moderator)


def test_what_was_declined_can_be_proposed_anew(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    agree(telling, second, agreed=False)
    with pytest.raises(AlreadyDecidedError):
        agree(telling, second)
    telling = propose_telling(case, by=cast.moderator, words="Other words.")
    agree(telling, second)
    assert "moderation.told" in kinds_told(cast.author)


def test_words_are_needed(cast: Cast, case: Case) -> None:
    with pytest.raises(ReasonMissingError):
        propose_telling(case, by=cast.moderator, words=" ")
    page = signed_in(cast.moderator).post(f"/moderation/cases/{case.ref}/telling/", {"words": " "})
    assert page.status_code == 422
    assert "Write what she is to read." in page.content.decode()


@pytest.mark.parametrize("reason", ["threat", "unmasks"])
def test_a_report_of_a_threat_or_an_exposure_is_enough(cast: Cast, second: Member, reason: str) -> None:
    answer = Answer.objects.create(story=told(cast.author, MEMBERS), author=cast.other_member, text=THREAT)
    publish(answer)
    found = report(answer, by=cast.same_ring, reason=reason)
    open_case(found, moderator=cast.moderator)
    assert telling_on(found, cast.moderator) is not None


def test_where_there_is_nobody_to_tell_it_is_not_offered(cast: Cast) -> None:
    cruel = Answer.objects.create(story=told(cast.author, MEMBERS), author=cast.other_member, text="at least")
    own = Answer.objects.create(story=told(cast.author, MEMBERS), author=cast.author, text=THREAT)
    for thing, reason in ((cruel, "cruel"), (own, "threat"), (told(cast.author, MEMBERS), "threat")):
        publish(thing)
        found = report(thing, by=cast.same_ring, reason=reason)
        open_case(found, moderator=cast.moderator)
        assert telling_on(found, cast.moderator) is None
        with pytest.raises(NotForYouError):
            propose_telling(found, by=cast.moderator, words=WORDS)


def test_the_page_of_the_case_leads_through_it(cast: Cast, case: Case, second: Member) -> None:
    first, other = signed_in(cast.moderator), signed_in(second)
    path = f"/moderation/cases/{case.ref}/"
    assert "Propose that she is told" in first.get(path).content.decode()
    first.post(f"{path}telling/", {"words": WORDS})
    assert "A second moderator reads it." in first.get(path).content.decode()
    assert "moderation.second" in kinds_told(second)
    page = other.get(path).content.decode()
    assert WORDS in page
    assert "I agree: tell her now" in page
    assert "I agree" not in first.get(path).content.decode()
    seen = Telling.objects.get().proposed_at
    assert first.post(f"{path}telling/answer/", {"answer": "agree", "seen": seen}).status_code == 404
    other.post(f"{path}telling/answer/", {"answer": "agree", "seen": seen})
    assert "Two have agreed" in first.get(path).content.decode()


def test_what_has_been_done_is_said(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    agree(telling, second)
    decided(case, cast.moderator, Act.END, clause="threats", reason="It threatens.")
    page = signed_in(cast.author).get(f"/me/told/{telling.pk}/").content.decode()
    assert "Nobody sees it any more but whoever wrote it." in page
    assert "is no longer a member here" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_in_the_same_moment_make_one_answer(cast: Cast) -> None:
    answer = Answer.objects.create(story=told(cast.author, EVERYONE), author=cast.other_member, text=THREAT)
    publish(answer)
    found = report(answer, by=cast.same_ring, reason="threat")
    readers = [make_member("Rook", is_moderator=True), make_member("Jay", is_moderator=True)]
    for moderator in (cast.moderator, *readers):
        open_case(found, moderator=moderator)
    telling = propose_telling(found, by=cast.moderator, words=WORDS)
    together = threading.Barrier(2)
    outcomes: list[bool | None] = []

    def work(reader: Member, agreed: bool) -> None:
        together.wait()
        try:
            agree(Telling.objects.get(pk=telling.pk), reader, agreed=agreed)
            outcomes.append(agreed)
        except AlreadyDecidedError:
            outcomes.append(None)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=pair) for pair in zip(readers, (True, False), strict=True)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    (won,) = [outcome for outcome in outcomes if outcome is not None]
    telling.refresh_from_db()
    assert (telling.agreed_at is not None, telling.declined_at is not None) == (won, not won)
    assert ("moderation.told" in kinds_told(cast.author)) is won


# -- What is kept ----------------------------------------------------------------------------------------------------


def test_a_copy_is_kept_also_when_its_writer_takes_it_back(cast: Cast, case: Case, second: Member) -> None:
    telling = propose_telling(case, by=cast.moderator, words=WORDS)
    answer = Answer.objects.written_by(cast.other_member).get()
    stop_waiting(answer)
    Answer.objects.written_by(cast.other_member).delete()
    assert Evidence.objects.get(case=case).text == THREAT
    agree(telling, second)
    assert "A copy of what was written" in signed_in(cast.author).get(f"/me/told/{telling.pk}/").content.decode()


def test_copy_and_telling_are_kept_for_a_year(cast: Cast, case: Case, second: Member) -> None:
    agree(propose_telling(case, by=cast.moderator, words=WORDS), second)
    decided(case, cast.moderator, Act.REMOVE, clause="threats")
    for days, left in ((364, 1), (366, 0)):
        past = now_us() - days * DAY
        Telling.objects.update(proposed_at=past, agreed_at=past)
        Evidence.objects.update(taken_at=past)
        Case.objects.update(decided_at=past)
        tend()
        tend()  # the copy goes after the telling has gone
        assert (Telling.objects.count(), Evidence.objects.count()) == (left, left)


def test_she_takes_what_she_was_told_along_and_leaves_nothing_of_it(cast: Cast, case: Case, second: Member) -> None:
    agree(propose_telling(case, by=cast.moderator, words=WORDS), second)
    export = {belonging.key: belonging.export for belonging in all_belongings()}["tellings"]
    assert [row["words"] for row in export(cast.author)] == [WORDS]
    assert [bool(row["proposed_by_me_as_a_moderator"]) for row in export(cast.moderator)] == [True]
    leave(cast.author, Farewell.TAKE_ALL)
    leave(cast.moderator, Farewell.TAKE_ALL)
    row = Telling.objects.get()
    assert (row.told, row.words, row.proposed_by, row.agreed_by) == (None, "", None, second)
    assert Evidence.objects.filter(case=case).exists()
