"""Agreements: explicit, separate, recorded, revocable."""

from __future__ import annotations

import pytest

from leeward.members import consents
from leeward.members.consent_words import CONSENTS, words_for
from leeward.members.consents import WORDING, consents_of, give, has_consented, when_withdrawn, withdraw
from leeward.members.models import Consent, Member, Purpose
from tests.conftest import Cast, signed_in
from tests.members.people import join, text_of

pytestmark = pytest.mark.django_db


def test_joining_agrees_to_nothing_but_the_rules(client: object) -> None:
    join(client)  # type: ignore[arg-type]  # pytest-django's client
    assert not Consent.objects.exists()


def test_each_purpose_has_words_for_agreeing_and_for_taking_back() -> None:
    assert [words.purpose for words in CONSENTS] == list(Purpose)
    for words in CONSENTS:
        assert all(map(str, (words.title, words.agrees, words.without, words.taking_back)))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_she_agrees_to_one_thing_and_to_no_other(cast: Cast, purpose: Purpose) -> None:
    signed_in(cast.author).post("/me/consents/", {"purpose": purpose.value})
    assert consents_of(cast.author) == {purpose}
    assert not consents_of(cast.other_member)
    assert Consent.objects.get().wording == WORDING


def test_taking_back_says_first_what_happens_and_then_erases(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    erased: list[Member] = []
    monkeypatch.setattr(consents, "_on_withdrawal", {purpose: [] for purpose in Purpose})
    when_withdrawn(Purpose.FAITH, erased.append)
    give(cast.author, Purpose.FAITH)
    give(cast.author, Purpose.FOUND)
    client = signed_in(cast.author)
    assert str(words_for(Purpose.FAITH).taking_back) in text_of(client.get("/me/consents/faith/"))
    assert has_consented(cast.author, Purpose.FAITH)
    client.post("/me/consents/faith/")
    assert erased == [cast.author]
    assert consents_of(cast.author) == {Purpose.FOUND}


def test_the_record_shows_when_she_agreed_and_took_back_and_agreed_again(cast: Cast) -> None:
    give(cast.author, Purpose.JOURNEY)
    give(cast.author, Purpose.JOURNEY)
    withdraw(cast.author, Purpose.JOURNEY)
    give(cast.author, Purpose.JOURNEY)
    rows = Consent.objects.filter(member=cast.author).order_by("pk")
    assert [row.withdrawn_at is None for row in rows] == [False, True]


def test_nothing_is_taken_back_if_what_rested_on_it_cannot_be_erased(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(member: Member) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(consents, "_on_withdrawal", {Purpose.JOURNEY: [fails]})
    give(cast.author, Purpose.JOURNEY)
    with pytest.raises(RuntimeError):
        withdraw(cast.author, Purpose.JOURNEY)
    assert has_consented(cast.author, Purpose.JOURNEY)


def test_a_purpose_that_is_none_is_not_there(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert client.post("/me/consents/", {"purpose": "everything"}).status_code == 404
    assert client.get("/me/consents/everything/").status_code == 404
