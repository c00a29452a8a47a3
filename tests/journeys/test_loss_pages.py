"""The pages on which losses are told, through their doors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leeward.journeys.facts import current_facts
from leeward.journeys.models import Fact, Loss
from leeward.members.models import Member
from tests.conftest import Cast
from tests.journeys.journeying import keys, lost, step_path, text_of

LOSS: dict[str, Any] = {
    "kind": ["miscarriage_late"],
    "weeks": "20",
    "days": "3",
    "year": "2023",
    "month": "9",
    "alive": "no",
    "cause": ["placenta"],
    "name": "Noor",
    "own_word": "",
    "words": "a grey morning",
}


def test_a_loss_is_told_changed_and_taken_away(member: Member, client: Client) -> None:
    saved = client.post(reverse("journeys:loss_add"), {**LOSS, "then": "next"})
    assert saved["Location"] == step_path("losses")
    loss = Loss.objects.get()
    assert (loss.weeks, loss.days, loss.year, loss.month, loss.day, loss.name) == (20, 3, 2023, 9, None, "Noor")
    assert keys(member, "cause") == {"placenta"}
    edit = reverse("journeys:loss_edit", args=[loss.pk])
    page = text_of(client.get(edit))
    assert "a grey morning" in page
    assert "Loss in the second trimester" in page
    client.post(edit, {**LOSS, "cause": ["cord"], "own_word": "our September", "then": "stop"})
    assert keys(member, "cause") == {"cord"}
    assert "our September, 20 weeks and 3 days, September 2023" in text_of(client.get(step_path("losses")))
    assert "our September" in text_of(client.get(reverse("journeys:loss_remove", args=[loss.pk])))
    client.post(reverse("journeys:loss_remove", args=[loss.pk]))
    assert not Loss.objects.exists()
    assert keys(member, "cause") == set()


def test_telling_of_a_loss_keeps_what_was_ticked_and_leads_on_afterwards(member: Member, client: Client) -> None:
    to_loss = client.post(step_path("losses"), {"count": ["two"], "then": "loss"})
    assert to_loss["Location"] == reverse("journeys:loss_add")
    assert keys(member, "count") == {"two"}
    back = client.post(reverse("journeys:loss_add"), {**LOSS, "then": "next"})
    assert "Save and go on" in text_of(client.get(back["Location"]))
    onward = client.post(step_path("losses"), {"count": ["two"], "then": "next"})
    assert onward["Location"] == step_path("paths")


def test_a_loss_sent_twice_is_one_and_two_told_alike_are_two(member: Member, client: Client) -> None:
    for words in ("a grey morning", "a grey morning, and rain"):
        client.post(reverse("journeys:loss_add"), {**LOSS, "words": words, "sent": "first"})
    assert Loss.objects.get().words == "a grey morning, and rain"
    client.post(reverse("journeys:loss_add"), {**LOSS, "sent": "second"})
    assert Loss.objects.count() == 2


def test_every_form_for_a_loss_has_a_name_of_its_own(member: Member, client: Client) -> None:
    names = {text_of(client.get(reverse("journeys:loss_add"))).split('name="sent" value="')[1][:14] for _each in "ab"}
    assert len(names) == 2


@pytest.mark.usefixtures("member")
def test_an_empty_loss_is_a_loss(client: Client) -> None:
    client.post(reverse("journeys:loss_add"), {"then": "next"})
    assert Loss.objects.count() == 1
    assert "A loss" in text_of(client.get(reverse("journeys:overview")))


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"year": "2023", "month": "2", "day": "30"}, "There is no such day in the past."),
        ({"year": "2999"}, "There is no such day in the past."),
        ({"month": "2"}, "For a month we need its year too."),
        ({"year": "2023", "day": "3"}, "For a day we need its month too."),
        ({"weeks": "", "days": "3"}, "For days we need the weeks too."),
        ({"weeks": "60"}, "45"),
    ],
)
def test_a_time_that_cannot_be_is_said_kindly_and_what_was_written_stays(
    client: Client, sent: dict[str, str], said: str
) -> None:
    page = text_of(client.post(reverse("journeys:loss_add"), {**sent, "words": "still here"}))
    assert said in page
    assert "still here" in page
    assert not Loss.objects.exists()


def test_rather_not_say_when_takes_the_date_away_and_is_kept(member: Member, client: Client) -> None:
    loss = lost(member, weeks=20, year=2023)
    edit = reverse("journeys:loss_edit", args=[loss.pk])
    client.post(edit, {"weeks": "20", "year": "2023", "not_said": ["when"], "then": "stop"})
    loss.refresh_from_db()
    assert (loss.year, loss.weeks, loss.not_said) == (None, 20, "when")
    client.post(edit, {"weeks": "20", "year": "2022", "not_said": ["when"], "then": "stop"})
    loss.refresh_from_db()
    assert (loss.year, loss.not_said) == (2022, "")


def test_somebody_elses_loss_or_answer_is_not_there(cast: Cast, client: Client, member: Member) -> None:
    other = lost(cast.other_member, "ectopic")
    fact = current_facts(cast.other_member).get(key="ectopic")
    assert client.get(reverse("journeys:loss_edit", args=[other.pk])).status_code == 404
    assert client.post(reverse("journeys:loss_remove", args=[other.pk])).status_code == 404
    assert client.post(reverse("journeys:fact_remove", args=[fact.pk])).status_code == 404
    assert Fact.objects.filter(pk=fact.pk).exists()


def test_enter_on_the_page_of_losses_goes_on_and_opens_no_loss(member: Member, client: Client) -> None:
    page = client.get(step_path("losses")).content.decode()
    first = page.split('class="form"')[1].split('type="submit"')[1]
    assert first.startswith(' name="then" value="next"')
    lost(member)
    again = client.get(step_path("losses")).content.decode()
    assert ' name="then" value="loss"' not in again.split('class="form"')[1].split('type="submit"')[1]
