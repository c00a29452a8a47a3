"""Leave this page: on every page, with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_leaving_opens_the_neutral_site_and_says_nothing_of_where_one_came_from(client: Client) -> None:
    answer = client.get("/leave/")
    assert answer.status_code == 302
    assert answer["Location"] == settings.LEAVE_TO
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_leaving_works_by_post_from_a_page_that_is_days_old() -> None:
    assert Client(enforce_csrf_checks=True).post("/leave/").status_code == 302


def test_leaving_signs_out(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.get("/leave/")
    assert not is_signed_in(client)


def test_leaving_takes_both_cookies_away(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.get("/leave/about/")
    client.get("/leave/")
    assert not [name for name, morsel in client.cookies.items() if morsel.value]


def test_a_member_may_choose_to_stay_signed_in_on_this_device(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.post("/leave/about/", {"keeps": "yes"})
    client.get("/leave/")
    assert is_signed_in(client)
    client.post("/leave/about/", {"keeps": ""})
    client.get("/leave/")
    assert not is_signed_in(client)


def test_on_a_shared_computer_leaving_always_signs_out(cast: Cast) -> None:
    client = signed_in(cast.author)
    session = client.session
    session["shared"] = True
    session.save()
    client.post("/leave/about/", {"keeps": "yes"})
    assert "Keep me signed in" not in client.get("/leave/about/").content.decode()
    client.get("/leave/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["/", "/style/", "/leave/about/", "/nowhere/"])
def test_every_page_has_both_ways_out_in_the_same_order(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    skip, first, help_now, main = (
        page.index('href="#main"'),
        page.index('href="/leave/"'),
        page.index("exits__help"),
        page.index("<main"),
    )
    assert skip < first < help_now < page.index("exits__leave") < main


def test_the_explanation_says_what_leaving_cannot_do(client: Client) -> None:
    page = client.get("/leave/about/").content.decode()
    assert "history" in page
    assert "not saved" in page
    assert "watches" in page


def test_titles_and_icon_give_nothing_away(client: Client) -> None:
    for address in ("/style/", "/leave/about/", "/nowhere/"):
        page = client.get(address).content.decode()
        title = page[page.index("<title>") : page.index("</title>")].lower()
        assert not any(word in title for word in ("loss", "pregnan", "baby", "grief", "story"))
    icon = (Path(settings.BASE_DIR) / "leeward/web/static/img/favicon.svg").read_text()
    assert "title" not in icon
