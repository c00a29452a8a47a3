"""In production the place is closed until help is confirmed for every country that it serves."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import Cast, make_member, signed_in
from tests.library.confirming import confirm_enough

pytestmark = pytest.mark.django_db


@pytest.fixture
def _closed(settings) -> None:
    settings.PRODUCTION = True
    settings.COUNTRIES = ["GB"]


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("path", ["/", "/stories/", "/about/", "/no-such-page/"])
def test_before_it_is_open_a_stranger_meets_a_calm_page(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "3600"
    assert b"This place is not open yet" in response.content
    assert b'href="/help/"' in response.content


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("path", ["/help/", "/help/gb/", "/sign-in/", "/leave/about/", "/privacy/"])
def test_before_it_is_open_help_and_the_ways_in_and_out_are_there(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.usefixtures("_closed")
def test_accounts_can_be_made_until_there_is_a_host() -> None:
    assert Client().get("/join/").status_code == 200
    make_member("Hesper", is_host=True)
    assert Client().get("/join/").status_code == 503


@pytest.mark.usefixtures("_closed")
def test_before_it_is_open_members_wait_and_the_host_works(cast: Cast) -> None:
    assert signed_in(cast.author).get("/stories/").status_code == 503
    assert signed_in(cast.host).get("/stories/").status_code == 200
    assert signed_in(cast.host).get("/host/help/").status_code == 200


@pytest.mark.usefixtures("_closed")
def test_it_opens_as_soon_as_help_is_confirmed() -> None:
    client = Client()
    assert client.get("/stories/").status_code == 503
    confirm_enough("GB")
    assert client.get("/stories/").status_code == 200


@pytest.mark.usefixtures("_closed")
def test_once_open_it_is_not_asked_again(django_assert_max_num_queries) -> None:
    confirm_enough("GB")
    client = Client()
    client.get("/help/")
    with django_assert_max_num_queries(3):
        client.get("/help/")
