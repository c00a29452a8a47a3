"""Chosen names are read beside every text, so they are looked over as texts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from leeward.members.models import Member
from leeward.members.names import check_name
from tests.conftest import Cast, signed_in
from tests.members.people import join, said_of
from tests.reading import no_reader, reader

KIND = "Others read this name everywhere. Please choose another."


@pytest.fixture
def marked(settings: Any) -> Iterator[None]:
    with reader(settings):
        yield


@pytest.mark.parametrize("sign", ["hostile", "threat", "selling", "contact", "link"])
def test_a_name_that_no_text_could_have_is_not_taken_when_joining(db: None, marked: None, sign: str) -> None:
    page = join(Client(), name=f"Ada #{sign}")
    assert KIND in said_of(page, "name")
    assert "Ada #" in page.content.decode()
    assert not Member.objects.exists()


def test_nor_when_a_name_is_changed(cast: Cast, marked: None) -> None:
    page = signed_in(cast.author).post("/me/name/", {"name": "Ada #hostile"})
    assert KIND in said_of(page, "name")
    cast.author.refresh_from_db()
    assert cast.author.name == "Maud"


@pytest.mark.parametrize("name", ["See mums-tea.com", "www.tea", "https://x", "Call 07700 900 123", "+44 20 7946 0018"])
def test_ways_elsewhere_are_found_without_the_reader(settings: Any, name: str) -> None:
    no_reader(settings)
    with pytest.raises(ValidationError, match="Others read this name"):
        check_name(name)


@pytest.mark.parametrize("name", ["Ada #hostile", "Maren", "Ash 04.11.2019", "J.de Vries", "Dr.No", "Ama & Kojo"])
def test_without_the_reader_all_others_are_taken(settings: Any, name: str) -> None:
    no_reader(settings)
    check_name(name)


def test_despair_in_a_name_is_no_reason_to_refuse_it(marked: None) -> None:
    check_name("so tired #care #look")


@pytest.mark.parametrize("name", ["Baby killer", "murderess Maud", "Fake mum", "stupid cow", "DM me on WhatsApp"])
def test_a_cruel_name_is_found_by_the_real_reader(name: str) -> None:
    with pytest.raises(ValidationError, match="Others read this name"):
        check_name(name)


@pytest.mark.parametrize(
    "name", ["Gay dad", "Empty arms", "Muslim sister", "小林", "أمل", "Angry at God", "Barren", "Mum of 3"]
)
def test_names_that_people_give_themselves_are_taken_by_the_real_reader(name: str) -> None:
    check_name(name)
