"""The host confirms, each line, by name."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leeward.library import actions
from leeward.library.forms import checked_value
from leeward.library.lines import signs
from leeward.library.models import Confirmation
from tests.conftest import Cast, signed_in
from tests.library.confirming import confirm_enough, line

pytestmark = pytest.mark.django_db
PAGE = "/host/help/"


@pytest.fixture
def host(cast: Cast) -> Client:
    return signed_in(cast.host)


def test_the_host_confirms_what_she_ticked_and_nothing_else(host: Client) -> None:
    ticked = [checked_value(line("gb-samaritans")), checked_value(line("gb-emergency"))]
    response = host.post(PAGE, {"name": "Ada Lind", "checked": ticked})
    assert response.status_code == 302
    rows = Confirmation.objects.order_by("line_key").values_list("line_key", "by")
    assert list(rows) == [("gb-emergency", "Ada Lind"), ("gb-samaritans", "Ada Lind")]


def test_the_host_confirms_the_urgent_signs(host: Client) -> None:
    host.post(PAGE, {"name": "Ada Lind", "checked": [checked_value(signs())]})
    assert Confirmation.objects.get().line_key == "signs"


def test_a_confirmation_needs_a_name_and_keeps_the_ticks(host: Client) -> None:
    value = checked_value(line("gb-samaritans"))
    html = host.post(PAGE, {"name": " ", "checked": [value]}).content.decode()
    assert "Please give the name of the person who checked." in html
    assert f'value="{value}" checked' in html
    assert not Confirmation.objects.exists()


def test_nothing_ticked_confirms_nothing(host: Client) -> None:
    html = host.post(PAGE, {"name": "Ada Lind"}).content.decode()
    assert "Nothing is ticked." in html
    assert "Ada Lind" in html
    assert not Confirmation.objects.exists()


def test_what_changed_since_the_page_was_opened_is_not_confirmed(host: Client) -> None:
    html = host.post(PAGE, {"name": "Ada Lind", "checked": ["gb-samaritans:0123456789abcdef"]}).content.decode()
    assert "Something changed since you opened this page." in html
    assert not Confirmation.objects.exists()


def test_lines_of_countries_that_are_not_served_are_not_asked_for(host: Client, settings) -> None:
    settings.COUNTRIES = ["IE"]
    html = host.get(PAGE).content.decode()
    assert "ie-samaritans:" in html
    assert "int-112:" in html
    assert "gb-samaritans:" not in html


def test_the_page_says_what_keeps_the_place_closed(host: Client, settings) -> None:
    settings.COUNTRIES = ["GB", "IE"]
    confirm_enough("GB")
    html = host.get(PAGE).content.decode()
    assert "Ireland: the emergency number and a line" in html
    assert "United Kingdom: the emergency" not in html


def test_nobody_but_the_host_confirms(cast: Cast, client: Client) -> None:
    for member in (cast.author, cast.moderator):
        assert signed_in(member).get(PAGE).status_code == 404
        assert signed_in(member).post(PAGE, {"name": "Ada Lind"}).status_code == 404
    assert client.get(PAGE).status_code == 302
    with pytest.raises(PermissionDenied):
        actions.confirm([line("gb-samaritans")], by=cast.moderator, name="Ada Lind")
    assert not Confirmation.objects.exists()
