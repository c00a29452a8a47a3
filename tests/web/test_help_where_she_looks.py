"""Who writes where she only looks that she cannot go on finds the lines that are open; nothing of it is kept."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from leeward.moderation.models import Case, DayCount, Screening
from tests.conftest import Cast, signed_in
from tests.finding import no_finder
from tests.reading import no_reader

PANEL = "these lines are open"
DESPAIR = "I do not want to live anymore"


@pytest.fixture(autouse=True)
def _without_finder(settings: Any) -> None:
    no_finder(settings)


def sent(client: Client, path: str, words: str) -> str:
    return html.unescape(client.post(path, {"q": words, "words": words}).content.decode())


@pytest.mark.parametrize("path", ["/search/", "/near/"])
def test_help_stands_on_the_page_that_answers_despair(cast: Cast, path: str) -> None:
    client = signed_in(cast.other_member)
    assert PANEL in sent(client, path, DESPAIR)
    assert PANEL not in sent(client, path, "a stillbirth at 38 weeks")


def test_a_stranger_who_searches_finds_it_too(cast: Cast) -> None:
    assert PANEL in sent(Client(), "/search/", DESPAIR)


@pytest.mark.parametrize("path", ["/search/", "/near/"])
def test_nothing_of_it_is_kept(cast: Cast, path: str) -> None:
    client, before = signed_in(cast.other_member), DayCount.objects.count()
    assert PANEL in sent(client, path, DESPAIR)
    assert PANEL not in html.unescape(client.get("/").content.decode())
    assert not Case.objects.exists()
    assert not Screening.objects.exists()
    assert DayCount.objects.count() == before


def test_where_nobody_reads_the_page_comes_all_the_same(cast: Cast, settings: Any) -> None:
    no_reader(settings)
    assert "Nothing was found for these words" in sent(signed_in(cast.other_member), "/search/", DESPAIR)
