"""Concerns are seen by two people, and spoken of by nobody."""

from __future__ import annotations

import re

import pytest

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish
from leeward.kit.moments import DAY, now_us
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.members.tending import tend
from leeward.moderation.actions import open_case, report
from leeward.moderation.actions.concerns import (
    Account,
    NotYetTwoError,
    accounts_said,
    become_second,
    close_concern,
    concerns_of,
    concerns_without_second,
    leave_it,
    raise_concern,
    two_have_read,
    write_second,
)
from leeward.moderation.actions.keeping import ask_second, give_opinion
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.conduct import write_down_sent
from leeward.moderation.models import Case, Concern, ConcernAbout, ConcernState, Decision, Sent
from leeward.moderation.showing import accounts_in_words, token
from leeward.notifications.models import Notice
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import seen
from tests.stories.telling import told

WORDS = "The same week told twice, with another hospital."


@pytest.fixture
def second(cast: Cast) -> Member:
    return make_member("Rook", is_moderator=True)


@pytest.fixture
def third(cast: Cast) -> Member:
    return make_member("Starling", is_moderator=True)


@pytest.fixture
def case(cast: Cast) -> Case:
    """About an unsigned story, which the moderator reads."""
    case = report(told(cast.author, EVERYONE, signed=False), by=cast.same_ring, reason="untrue")
    open_case(case, moderator=cast.moderator)
    return case


@pytest.fixture
def concern(cast: Cast, case: Case, second: Member) -> Concern:
    about = [Account(cast.author.pk, named=False), Account(cast.other_member.pk, named=True)]
    return raise_concern(case, by=cast.moderator, words=WORDS, about=about)


def read_by_two(concern: Concern, second: Member) -> Concern:
    become_second(concern, by=second)
    write_second(concern, by=second, words="I see it otherwise.")
    return Concern.objects.get(pk=concern.pk)


# -- Raising one ------------------------------------------------------------------------------------------------------


def test_a_concern_is_raised_from_a_case_by_a_plain_form(cast: Cast, case: Case, second: Member) -> None:
    client = signed_in(cast.moderator)
    sent = {"about": f"{token(case, cast.author.pk)}\n  tobias ", "words": WORDS}
    answered = client.post(f"/moderation/cases/{case.ref}/concern/", sent, follow=True)
    assert WORDS in answered.content.decode()
    about = ConcernAbout.objects.order_by("pk").values_list("member_id", "named")
    assert list(about) == [(cast.author.pk, False), (cast.other_member.pk, True)]


@pytest.mark.parametrize(("about", "said"), [("Nobody Known", "Nobody of this name"), ("Wren", "Your own account")])
def test_an_account_that_is_not_there_or_her_own_is_said_so_and_nothing_is_lost(
    cast: Cast, case: Case, about: str, said: str
) -> None:
    sent = {"about": about, "words": WORDS}
    page = signed_in(cast.moderator).post(f"/moderation/cases/{case.ref}/concern/", sent).content.decode()
    assert said in page
    assert WORDS in page
    assert not Concern.objects.exists()


def test_it_comes_only_from_a_case_that_she_has_opened(cast: Cast, case: Case, second: Member) -> None:
    with pytest.raises(NotForYouError):
        raise_concern(case, by=second, words=WORDS, about=[Account(cast.other_member.pk, named=True)])
    answered = signed_in(second).get(f"/moderation/cases/{case.ref}/concern/")
    assert (answered.status_code, answered["Location"]) == (302, f"/moderation/cases/{case.ref}/")


def test_a_token_of_another_case_names_nobody(cast: Cast, case: Case) -> None:
    other = report(told(cast.other_member, MEMBERS, signed=False), by=cast.same_ring, reason="untrue")
    assert accounts_said(case, token(other, cast.other_member.pk), moderator=cast.moderator) == (
        [],
        [token(other, cast.other_member.pk)],
    )


# -- Who sees it ------------------------------------------------------------------------------------------------------


def test_two_people_see_it_and_nobody_else(cast: Cast, concern: Concern, second: Member, third: Member) -> None:
    path = f"/moderation/concerns/{concern.ref}/"
    assert WORDS in signed_in(cast.moderator).get(path).content.decode()
    waiting = signed_in(second).get("/moderation/concerns/").content.decode()
    assert "A second person is asked for" in waiting
    assert WORDS not in waiting
    assert signed_in(second).get(path).status_code == 404
    signed_in(second).post(f"{path}read/")
    assert WORDS in signed_in(second).get(path).content.decode()
    for other in (third, cast.host, cast.author, cast.other_member):
        assert signed_in(other).get(path).status_code == 404
    assert "A second person is asked for" not in signed_in(third).get("/moderation/concerns/").content.decode()
    assert become_second(concern, by=third) is False


def test_a_moderator_whom_it_is_about_learns_nothing_of_it(cast: Cast, case: Case, second: Member) -> None:
    concern = raise_concern(case, by=cast.moderator, words=WORDS, about=[Account(second.pk, named=True)])
    assert not concerns_without_second(second).exists()
    assert not Notice.objects.filter(member=second).exists()
    assert become_second(concern, by=second) is False
    assert "A second person" not in signed_in(second).get("/moderation/concerns/").content.decode()


def test_whom_it_is_about_is_told_nowhere_and_nothing_changes_for_them(cast: Cast, concern: Concern) -> None:
    exports = [list(belonging.export(cast.other_member)) for belonging in all_belongings()]
    assert "oncern" not in str(exports)
    assert WORDS not in str(exports)
    assert not Notice.objects.filter(member__in=[cast.author, cast.other_member]).exists()
    assert WORDS not in signed_in(cast.host).get("/moderation/log/").content.decode()
    assert not Decision.objects.exists()


def test_an_account_named_by_its_token_is_shown_by_it_also_where_it_is_named_by_name_too(
    cast: Cast, case: Case
) -> None:
    both = [Account(cast.author.pk, named=False), Account(cast.author.pk, named=True)]
    concern = raise_concern(case, by=cast.moderator, words=WORDS, about=both)
    assert accounts_in_words(concern) == [f"on the case: {token(case, cast.author.pk)}", cast.author.name]


# -- Closing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "state"), [("let_be", ConcernState.LET_BE), ("acted", ConcernState.ACTED)])
def test_it_is_closed_when_two_have_written_and_not_before(
    cast: Cast, concern: Concern, second: Member, how: str, state: ConcernState
) -> None:
    client, path = signed_in(cast.moderator), f"/moderation/concerns/{concern.ref}/"
    client.post(f"{path}close/", {"how": how})
    with pytest.raises(NotYetTwoError):
        close_concern(concern, by=cast.moderator, acted=True)
    other = signed_in(second)
    other.post(f"{path}read/")
    other.post(path, {"words": "I see it otherwise."})
    assert "I see it otherwise." in client.get(path).content.decode()
    client.post(f"{path}close/", {"how": how})
    concern.refresh_from_db()
    assert (concern.state, concern.closed_at is not None) == (state, True)
    with pytest.raises(NotForYouError):
        write_second(concern, by=second, words="And another thing.")
    with pytest.raises(NotForYouError):
        close_concern(concern, by=second, acted=False)


def test_the_second_can_leave_it_until_she_has_written(
    cast: Cast, concern: Concern, second: Member, third: Member
) -> None:
    become_second(concern, by=second)
    signed_in(second).post(f"/moderation/concerns/{concern.ref}/leave/")
    assert not concerns_of(second).exists()
    concern = read_by_two(concern, third)
    assert leave_it(concern, by=third) is False


def test_a_third_closes_nothing(cast: Cast, concern: Concern, second: Member, third: Member) -> None:
    concern = read_by_two(concern, second)
    with pytest.raises(NotForYouError):
        close_concern(concern, by=third, acted=True)


def test_a_second_who_moderates_no_longer_makes_room_for_another(
    cast: Cast, concern: Concern, second: Member, third: Member
) -> None:
    become_second(concern, by=second)
    Member.objects.filter(pk=second.pk).update(is_moderator=False)
    assert become_second(concern, by=third) is True


# -- The rule that needs two ------------------------------------------------------------------------------------------


def test_what_touches_the_rule_of_honesty_is_decided_only_when_two_have_read_it(
    cast: Cast, case: Case, second: Member
) -> None:
    client, path = signed_in(cast.moderator), f"/moderation/cases/{case.ref}/decide/"
    sent = {"act": "remove", "clause": "honest", "reason": "It was told as another's.", "seen": seen(case)}
    page = client.post(path, sent).content.decode()
    assert "is read by two people" in page
    assert "It was told as another&#x27;s." in page or "It was told as another&#39;s." in page
    ask_second(case, by=cast.moderator)
    case.refresh_from_db()
    open_case(case, moderator=second)
    give_opinion(case, by=second, words="I see the same.")
    client.post(path, sent)
    assert Decision.objects.get().clause == "honest"


def test_a_concern_counts_only_for_the_case_from_which_it_came(
    cast: Cast, case: Case, concern: Concern, second: Member
) -> None:
    """Else whether it counts would tell who wrote another text that is not signed."""
    read_by_two(concern, second)
    other = report(told(cast.author, MEMBERS, signed=False), by=cast.same_ring, reason="untrue")
    assert two_have_read(case, cast.moderator)
    assert not two_have_read(other, cast.moderator)


def test_the_same_words_from_several_accounts_are_pointed_at_on_the_case(cast: Cast) -> None:
    text = "Message me and I will tell you what helped us after our third loss."
    cases = []
    for by in (cast.other_member, cast.same_ring):
        answer = Answer.objects.create(story=told(cast.author, MEMBERS), author=by, text=text)
        publish(answer)
        write_down_sent(answer)
        cases.append(report(answer, by=cast.author, reason="selling"))
    client = signed_in(cast.moderator)
    open_case(cases[0], moderator=cast.moderator)
    sign = "The same words came from several accounts today."
    assert sign in client.get(f"/moderation/cases/{cases[0].ref}/").content.decode()
    Sent.objects.filter(member=cast.same_ring).delete()
    assert sign not in client.get(f"/moderation/cases/{cases[0].ref}/").content.decode()


# -- What is kept -----------------------------------------------------------------------------------------------------


def test_a_concern_goes_after_a_year(cast: Cast, concern: Concern) -> None:
    Concern.objects.update(at=now_us() - 364 * DAY)
    tend()
    assert Concern.objects.exists()
    Concern.objects.update(at=now_us() - 366 * DAY)
    tend()
    assert not Concern.objects.exists()


@pytest.mark.parametrize("farewell", list(Farewell))
def test_a_concern_goes_with_the_last_account_that_it_is_about(
    cast: Cast, concern: Concern, farewell: Farewell
) -> None:
    leave(cast.other_member, farewell)
    assert accounts_in_words(Concern.objects.get())[0].startswith("on the case: ")
    leave(cast.author, farewell)
    assert not Concern.objects.exists()


def test_when_one_of_the_two_has_left_the_other_closes_it(cast: Cast, concern: Concern, second: Member) -> None:
    concern = read_by_two(concern, second)
    leave(cast.moderator, Farewell.TAKE_ALL)
    close_concern(concern, by=second, acted=False)
    concern.refresh_from_db()
    assert (concern.raised_by, concern.state) == (None, ConcernState.LET_BE)


def test_a_concern_outlives_its_case_without_saying_who_it_was(cast: Cast, concern: Concern) -> None:
    Case.objects.all().delete()
    concern.refresh_from_db()
    shown = signed_in(cast.moderator).get(f"/moderation/concerns/{concern.ref}/").content.decode()
    assert "somebody on a case that is gone" in shown
    assert cast.author.name not in shown
    assert re.search(r"Tobias", shown)
    assert Story.objects.written_by(cast.author).exists()
