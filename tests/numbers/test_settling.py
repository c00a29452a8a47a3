"""Who is in the tables, as what, and how often that may change."""

from __future__ import annotations

import datetime

import pytest

from leeward.journeys.actions import Given, answer, forget, keep_loss, remove_loss
from leeward.journeys.models import Fact, Loss
from leeward.journeys.vocabulary import FACET
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.consents import has_consented, withdraw
from leeward.members.leaving import leave
from leeward.members.models import Member, Purpose
from leeward.moderation.models import FirstTexts
from leeward.numbers.actions import publishing
from leeward.numbers.actions.agreeing import AlreadyCounted, be_counted, choose_loss, stop_being_counted
from leeward.numbers.actions.settling import who_counts
from leeward.numbers.mine import account_of
from leeward.numbers.models import MOST_CHANGES, Counted, Generation
from leeward.numbers.months import first_day
from tests.conftest import Cast, make_member
from tests.numbers.counting import START, agree_in, counted, publish_through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]


def row_of(member: Member) -> Counted:
    return Counted.objects.get(member=member)


def counted_as(member: Member) -> dict[str, str]:
    row = row_of(member)
    assert row.generation is not None
    layout = row.generation.layout
    cells = zip(layout, bytes(row.cells), strict=True) if row.cells else ()
    return {facet: layout[facet][cell] for facet, cell in cells if cell < len(layout[facet])}


def says_now(member: Member, key: str) -> None:
    answer(member, FACET["now"], Given(frozenset({key})))


def test_who_agreed_before_the_month_is_counted_with_one_answer_to_each_question() -> None:
    member, loss = counted("Maud")
    publish_through(START)
    row = row_of(member)
    assert (row.since, row.changes, row.returns, row.loss_id) == (START, 0, 0, loss.pk)
    assert counted_as(member) == {"kind": "tfmr", "now": "trying", "year": "2025"}


def test_who_did_not_agree_is_never_counted() -> None:
    member, _loss = counted("Maud")
    withdraw(member, Purpose.COUNTED)
    publish_through(START, START + 1)
    assert not Counted.objects.filter(member=member).exists()


def test_who_agrees_is_counted_from_the_month_after() -> None:
    member, _loss = counted("Maud", months_ago=0)
    publish_through(START)
    assert not Counted.objects.exists()
    publish_through(START + 1)
    assert row_of(member).since == START + 1


def test_an_account_counts_after_thirty_days_and_once_a_person_has_read_something(settings: object) -> None:
    young, _loss = counted("Young")
    Member.objects.filter(pk=young.pk).update(joined_on=first_day(START) - datetime.timedelta(days=29))
    unread, _loss = counted("Unread")
    FirstTexts.objects.filter(member=unread).delete()
    keeper, _loss = counted(make_member("Keeper", is_moderator=True))
    FirstTexts.objects.filter(member=keeper).delete()
    assert set(who_counts(START)) == {keeper}
    assert set(who_counts(START + 1)) == {young, keeper}
    settings.COUNTED_AFTER_TEXTS = 0  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert set(who_counts(START)) == {unread, keeper}


def test_who_told_nothing_that_is_counted_waits_until_she_has() -> None:
    member, loss = counted("Maud", of_self={})
    remove_loss(loss, by=member)
    publish_through(START)
    assert not Counted.objects.exists()


def test_a_membership_that_has_ended_is_in_no_number() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    Member.objects.filter(pk=member.pk).update(ended_at="2026-03-05T00:00Z")
    publish_through(START + 1)
    assert not row_of(member).is_counted


def test_one_change_a_month_and_two_in_all_are_counted() -> None:
    member, loss = counted("Maud", year=None)
    publish_through(START)
    says_now(member, "taking_a_break")
    keep_loss(member, fields={"year": 2024}, answers={}, loss=loss)
    assert counted_as(member) == {"kind": "tfmr", "now": "trying"}  # not before the next month
    publish_through(START + 1)
    assert counted_as(member) == {"kind": "tfmr", "now": "taking_a_break"}
    publish_through(START + 2)
    assert counted_as(member) == {"kind": "tfmr", "now": "taking_a_break", "year": "2024"}
    says_now(member, "trying")
    publish_through(START + 3, START + 4)
    assert counted_as(member)["now"] == "taking_a_break"
    assert row_of(member).changes == MOST_CHANGES
    assert [one.now for one in account_of(member).counted_as if one.now] == ["Trying"]


def test_the_loss_by_which_she_is_counted_stays_also_when_she_tells_another() -> None:
    member, loss = counted("Maud")
    publish_through(START)
    keep_loss(member, fields={"year": 2026}, answers={"kind": Given(frozenset({"ectopic"}))})
    publish_through(START + 1)
    assert counted_as(member)["kind"] == "tfmr"
    assert (row_of(member).loss_id, row_of(member).changes) == (loss.pk, 0)


def test_what_she_takes_away_is_not_kept_to_be_counted() -> None:
    member, loss = counted("Maud")
    publish_through(START)
    remove_loss(loss, by=member)
    assert bytes(row_of(member).cells) == b""  # at once
    assert not has_consented(member, Purpose.COUNTED)  # whether she returns is hers to say
    publish_through(START + 1)
    assert not row_of(member).is_counted


def test_what_she_takes_back_is_out_of_her_cells_at_once_and_is_a_change() -> None:
    away, its_loss = counted("Ines")
    other, hers = counted("Tobias")
    publish_through(START)
    keep_loss(away, fields={"year": None}, answers={}, loss=its_loss)
    answer(other, FACET["kind"], Given(frozenset({"miscarriage_late"})), loss=hers)
    assert counted_as(away) == {"kind": "tfmr", "now": "trying"}
    assert counted_as(other) == {"kind": "miscarriage_late", "now": "trying", "year": "2025"}
    assert (row_of(away).changes, row_of(other).changes) == (1, 1)
    publish_through(START + 1)
    assert (row_of(away).changes, row_of(other).changes) == (1, 1)


def test_more_than_two_things_taken_back_are_an_end() -> None:
    member, hers = counted("Tobias")
    publish_through(START)
    for year in (2024, 2023):
        keep_loss(member, fields={"year": year}, answers={}, loss=hers)
    assert (counted_as(member)["year"], row_of(member).changes) == ("2023", MOST_CHANGES)
    keep_loss(member, fields={"year": 2022}, answers={}, loss=hers)
    assert not row_of(member).is_counted


def test_where_she_was_stays_in_her_cells_while_her_journey_keeps_that_she_was_there() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    Counted.objects.update(changes=MOST_CHANGES)
    says_now(member, "taking_a_break")
    publish_through(START + 1)
    assert counted_as(member)["now"] == "trying"
    forget(member, Fact.objects.get(member=member, key="trying").pk)
    assert not row_of(member).is_counted


def test_choosing_a_loss_again_forgets_nothing_of_the_list_that_she_was_in() -> None:
    member, loss = counted("Maud")
    publish_through(START)
    stop_being_counted(member)
    Counted.objects.update(changes=1)
    choose_loss(member, loss)
    row = row_of(member)
    assert (row.generation is None, row.changes, row.loss_id) == (False, 1, loss.pk)


@pytest.mark.parametrize("purpose", [Purpose.COUNTED, Purpose.JOURNEY])
def test_taking_back_erases_at_once_as_what_she_was_counted(purpose: Purpose) -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    withdraw(member, purpose)
    row = row_of(member)
    assert (bytes(row.cells), row.loss_id) == (b"", None)
    publish_through(START + 1)
    assert not row_of(member).is_counted


def test_she_returns_once_and_never_again() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    for nth, month in enumerate((START + 2, START + 5)):
        stop_being_counted(member)
        Counted.objects.update(left=month - 1)  # the clock of these tests is years ahead
        assert account_of(member).may_return is (nth == 0)
        agree_in(member, month - 1)
        publish_through(month)
        assert row_of(member).is_counted is (nth == 0)
    assert row_of(member).returns == 1
    assert not account_of(member).will_count


def test_she_is_told_the_month_in_which_she_can_return() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    stop_being_counted(member)
    agree_in(member, START)
    account = account_of(member)
    left = row_of(member).left
    assert left is not None
    assert (account.will_count, account.next_month) == (True, first_day(left + 1))


def test_nobody_is_promised_to_be_counted_who_has_told_nothing_that_is() -> None:
    member, loss = counted("Maud", of_self={})
    assert account_of(member).will_count
    remove_loss(loss, by=member)
    assert not account_of(member).will_count


def test_who_returns_is_counted_in_the_list_that_she_was_in(monkeypatch: pytest.MonkeyPatch) -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    stop_being_counted(member)
    Counted.objects.update(left=START + 1)
    monkeypatch.setattr(publishing, "published_total", lambda: 5_200)
    agree_in(member, START + 1)
    publish_through(START + 1, START + 2, START + 3)
    assert Generation.objects.filter(name="M", published=START + 3).exists()
    assert row_of(member).generation == Generation.objects.get(name="S")


def test_she_chooses_her_loss_before_she_is_counted_and_not_after() -> None:
    member, first = counted("Maud")
    second = keep_loss(member, fields={"year": 2020}, answers={"kind": Given(frozenset({"molar"}))})
    choose_loss(member, first)
    publish_through(START)
    assert counted_as(member)["kind"] == "tfmr"
    with pytest.raises(AlreadyCounted):
        choose_loss(member, second)


def test_nobody_is_counted_by_the_loss_of_another(cast: Cast) -> None:
    _member, loss = counted("Maude")
    with pytest.raises(PermissionError):
        choose_loss(cast.author, loss)


def test_agreeing_and_stopping_are_agreements_like_the_others(cast: Cast) -> None:
    be_counted(cast.author)
    assert has_consented(cast.author, Purpose.COUNTED)
    stop_being_counted(cast.author)
    assert not has_consented(cast.author, Purpose.COUNTED)


def test_when_she_leaves_nothing_remembers_her_and_she_is_missing_from_the_next() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    leave(member, Farewell.TAKE_ALL)
    publish_through(START + 1)
    assert not Counted.objects.exists()


def test_her_copy_says_as_what_she_was_counted_and_what_is_left_of_it() -> None:
    member, _loss = counted("Maud")
    publish_through(START)
    export = next(each for each in all_belongings() if each.key == "counted").export
    (row,) = export(member)
    assert row["counted_as"] == {
        "What happened?": "Ended for medical reasons",
        "Where are you now?": "Trying",
        "When was it?": "2025",
    }
    stop_being_counted(member)
    (row,) = export(member)
    assert (row["list"], row["counted_since"], row["counted_as"]) == ("S", "2026-03-01", {})


def test_a_list_that_is_over_forgets_its_people_and_keeps_its_numbers() -> None:
    member, _loss = counted("Maud")
    publish_through(START, START + 119, START + 120)
    first, second = Generation.objects.all()
    assert (first.published, second.opened, second.published) == (START + 119, START + 120, START + 120)
    assert not row_of(member).is_counted
    assert row_of(member).generation == first
    assert Loss.objects.filter(member=member).exists()
