"""What she begins to write of a loss is kept while she agrees to that, and put back."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from leeward.journeys.actions import remove_loss
from leeward.journeys.models import Loss
from leeward.members.consents import withdraw
from leeward.members.models import Member, Purpose, Unsent
from tests.journeys.journeying import lost, text_of
from tests.members.people import hidden

WORDS = "It was a grey morning, and nobody asked for his name."
ADD = "/journey/loss/"


def keep(client: Client, to: str, **more: str) -> Any:
    return client.post("/me/unsent/keep/", {"to": to, "page": to, "words": WORDS, "unsent": 0, **more})


def test_words_of_a_loss_are_put_back_and_gone_once_they_are_kept(member: Member, client: Client) -> None:
    assert 'data-keep-url="/me/unsent/keep/"' in text_of(client.get(ADD))
    assert keep(client, ADD, name="Noor", weeks="20").status_code == 200
    page = client.get(ADD)
    assert f">\n{WORDS}</textarea>" in text_of(page)
    assert 'value="Noor"' in text_of(page)
    client.post(ADD, {"words": WORDS, "unsent": hidden(page, "unsent"), "sent": hidden(page, "sent")})
    assert (Loss.objects.get().words, Unsent.objects.count()) == (WORDS, 0)


def test_a_loss_that_is_taken_away_is_not_left_in_a_change_of_it(member: Member, client: Client) -> None:
    loss = lost(member)
    keep(client, reverse("journeys:loss_edit", args=[loss.pk]))
    assert Unsent.objects.count() == 1
    remove_loss(loss, by=member)
    assert Unsent.objects.count() == 0


def test_it_goes_with_her_agreement_and_nothing_is_kept_without(member: Member, client: Client) -> None:
    keep(client, ADD)
    assert Unsent.objects.count() == 1
    withdraw(member, Purpose.JOURNEY)
    assert Unsent.objects.count() == 0
    assert keep(client, ADD).status_code == 400
