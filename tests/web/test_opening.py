"""In production the place is closed until help is confirmed, and people are there to read."""

from __future__ import annotations

import pytest
from django.test import Client

from leeward.moderation.models import HostText
from leeward.web.readiness import ACCEPTED, OPENED, lacks_screening, readiness, what_one_moderator_costs
from tests.conftest import Cast, make_member, signed_in
from tests.library.confirming import confirm_enough

pytestmark = pytest.mark.django_db


@pytest.fixture
def _closed(settings) -> None:
    settings.PRODUCTION = True
    settings.COUNTRIES = ["GB"]


def two_moderate() -> None:
    for name in ("Wren", "Edda"):
        make_member(name, is_moderator=True)


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("path", ["/", "/stories/", "/about/", "/no-such-page/"])
def test_before_it_is_open_a_stranger_meets_a_calm_page(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "3600"
    assert b"This place is not open yet" in response.content
    assert b'href="/help/"' in response.content


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("path", ["/help/", "/help/gb/", "/sign-in/", "/leave/about/", "/privacy/", "/emergencies/"])
def test_before_it_is_open_help_and_the_ways_in_and_out_are_there(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.usefixtures("_closed")
def test_accounts_can_be_made_until_there_are_a_host_and_two_moderators() -> None:
    assert Client().get("/join/").status_code == 200
    make_member("Hesper", is_host=True)
    assert Client().get("/join/").status_code == 200
    two_moderate()
    assert Client().get("/join/").status_code == 503


@pytest.mark.usefixtures("_closed")
def test_before_it_is_open_members_wait_and_those_who_make_it_ready_work(cast: Cast) -> None:
    assert signed_in(cast.author).get("/stories/").status_code == 503
    assert signed_in(cast.host).get("/stories/").status_code == 200
    assert signed_in(cast.host).get("/host/help/").status_code == 200
    assert signed_in(cast.moderator).get("/moderation/routes/").status_code == 200


@pytest.mark.usefixtures("_closed")
def test_it_opens_as_soon_as_help_is_confirmed_and_two_moderate() -> None:
    client = Client()
    confirm_enough("GB")
    assert client.get("/stories/").status_code == 503
    make_member("Wren", is_moderator=True)
    assert client.get("/stories/").status_code == 503
    make_member("Edda", is_moderator=True)
    assert client.get("/stories/").status_code == 200
    assert HostText.objects.filter(key=OPENED).count() == 1


@pytest.mark.usefixtures("_closed")
def test_two_who_moderate_do_not_open_it_without_confirmed_help() -> None:
    two_moderate()
    assert Client().get("/stories/").status_code == 503


@pytest.mark.usefixtures("_closed")
def test_a_moderator_who_may_not_decide_does_not_count(cast: Cast) -> None:
    confirm_enough("GB")
    make_member("Edda", is_moderator=True, is_active=False)
    assert readiness().moderators == 1
    assert Client().get("/stories/").status_code == 503


@pytest.mark.usefixtures("_closed")
def test_a_host_with_one_moderator_opens_it_after_reading_what_that_costs(cast: Cast) -> None:
    confirm_enough("GB")
    host = signed_in(cast.host)
    page = host.get("/host/opening/").content.decode()
    for cost in what_one_moderator_costs():
        assert cost in page
    assert "Something here needs another look" in host.post("/host/opening/", {"role": ""}).content.decode()
    assert signed_in(cast.author).get("/stories/").status_code == 503
    assert host.post("/host/opening/", {"role": "the trustee who answers for it"}).status_code == 302
    kept = HostText.objects.get(key=ACCEPTED)
    assert kept.text == "\n".join(what_one_moderator_costs())
    assert signed_in(cast.author).get("/stories/").status_code == 200


@pytest.mark.usefixtures("_closed")
def test_nobody_opens_it_with_no_moderator_at_all() -> None:
    confirm_enough("GB")
    host = signed_in(make_member("Hesper", is_host=True))
    assert host.post("/host/opening/", {"role": "the trustee"}).status_code == 200
    assert not HostText.objects.exists()
    assert Client().get("/stories/").status_code == 503


@pytest.mark.usefixtures("_closed")
def test_a_moderator_who_leaves_later_shuts_nobody_out(cast: Cast) -> None:
    confirm_enough("GB")
    edda = make_member("Edda", is_moderator=True)
    assert Client().get("/stories/").status_code == 200
    edda.delete()
    assert Client().get("/stories/").status_code == 200  # another process, which asks again


@pytest.mark.usefixtures("_closed")
def test_once_open_it_is_not_asked_again(django_assert_max_num_queries) -> None:
    confirm_enough("GB")
    two_moderate()
    client = Client()
    client.get("/help/")
    with django_assert_max_num_queries(3):
        client.get("/help/")


def test_outside_production_it_is_always_open() -> None:
    assert not readiness().is_open
    assert Client().get("/stories/").status_code == 200
    assert not HostText.objects.exists()


def test_the_host_is_told_what_is_lacking(cast: Cast, settings) -> None:
    settings.COUNTRIES = ["GB", "NZ"]
    confirm_enough("NZ")
    page = signed_in(cast.host).get("/host/opening/").content.decode()
    assert "United Kingdom" in page
    assert "New Zealand" not in page
    assert "1 person moderates." in page


def test_the_host_is_told_if_nothing_screens_the_language_of_the_place(cast: Cast, settings) -> None:
    told = "There is no screening for the language of this place."
    assert not lacks_screening()
    assert told not in signed_in(cast.host).get("/host/opening/").content.decode()
    settings.LANGUAGE_CODE = "cy"
    assert lacks_screening()
    assert told in signed_in(cast.host).get("/host/opening/").content.decode()
