"""Typing names to find out who is here: a few are answered, then the door waits."""

from __future__ import annotations

import pytest

from leeward.audience.models import Block, Choice
from leeward.members.limits import LOOK_UP
from tests.conftest import Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/me/people/", "/me/blocks/"])
def test_nobody_can_try_a_list_of_names_to_learn_who_is_here(cast: Cast, path: str) -> None:
    browser = signed_in(cast.other_member)
    for turn in range(LOOK_UP.by_name):
        assert "Nobody here can be found" in browser.post(path, {"name": f"Ana {turn}"}).content.decode()
    for name in ("Ana", "Ines"):
        page = browser.post(path, {"name": name}).content.decode()
        assert "this door waits" in page
        assert "Nobody here can be found" not in page
        assert f'value="{name}"' in page
    assert not Choice.objects.filter(member=cast.other_member).exists()
    assert not Block.objects.filter(blocker=cast.other_member).exists()


def test_names_that_are_there_do_not_make_the_door_wait(cast: Cast) -> None:
    browser = signed_in(cast.other_member)
    for _turn in range(LOOK_UP.by_name + 1):
        assert browser.post("/me/people/", {"name": "Ines"}).status_code == 302
