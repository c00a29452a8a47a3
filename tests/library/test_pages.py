"""Help now, as anybody finds it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.library.confirming import confirmed

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_finds_help_without_an_account(client: Client) -> None:
    html = page(client, "/help/gb/")
    assert 'href="tel:116123"' in html
    assert 'href="tel:999"' in html
    assert 'href="sms:85258?&amp;body=SHOUT"' in html


def test_international_lines_come_before_the_countries(client: Client) -> None:
    html = page(client, "/help/")
    assert html.index("findahelpline.com") < html.index("/help/gb/")


def test_countries_that_are_not_served_stand_in_the_order_of_their_names(client: Client) -> None:
    html = page(client, "/help/")
    assert html.index("/help/de/") < html.index("/help/no/") < html.index("/help/ch/")  # Germany, Norway, Switzerland


def test_the_country_is_asked_and_never_guessed(client: Client) -> None:
    asked = client.get("/help/", headers={"accept-language": "de-AT", "x-forwarded-for": "192.0.2.1"}).content
    assert b"Where are you now?" in asked
    assert b"tel:142" not in asked


def test_looking_for_help_leaves_no_cookie_of_a_country(client: Client) -> None:
    page(client, "/help/nz/")
    assert all("nz" not in morsel.value.lower() for morsel in client.cookies.values())
    assert "s" not in client.cookies


def test_every_line_says_that_nobody_has_confirmed_it_yet(client: Client) -> None:
    html = page(client, "/help/ie/")
    lines = html.count('class="card help-line"')
    assert lines > 5
    assert html.count("Not yet confirmed by this place.") == lines + 1  # the signs of the body too


def test_a_confirmed_line_says_by_whom_and_when(client: Client) -> None:
    confirmed("ie-samaritans")
    assert "Confirmed for this place by Ada Lind on" in page(client, "/help/ie/")


def test_a_line_that_was_confirmed_long_ago_says_so(client: Client) -> None:
    confirmed("ie-samaritans", days_ago=200)
    assert "it asks to be confirmed again" in page(client, "/help/ie/")


def test_the_urgent_signs_stand_on_both_pages(client: Client) -> None:
    for path in ("/help/", "/help/us/"):
        html = page(client, path)
        assert "Call the emergency number now" in html
        assert "nhs.uk" in html


def test_the_title_gives_nothing_away(client: Client) -> None:
    for path in ("/help/", "/help/us/"):
        assert "<title>Help now</title>" in page(client, path)


@pytest.mark.parametrize("path", ["/help/xx/", "/help/GB/", "/help/gbr/", "/help/g%2F/"])
def test_a_country_without_lines_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_help_is_read_and_not_written_to(client: Client) -> None:
    assert client.post("/help/").status_code == 405


def test_help_asks_the_database_little(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        page(client, "/help/gb/")
