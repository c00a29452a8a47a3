"""The host and the moderators are named at the machine."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import Cast
from tests.members.people import signed_in_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("command", "field"), [("make_host", "is_host"), ("make_moderator", "is_moderator")])
def test_a_member_is_given_a_role_and_loses_it(cast: Cast, command: str, field: str) -> None:
    call_command(command, "maud")
    cast.author.refresh_from_db()
    assert getattr(cast.author, field) is True
    client = signed_in_as(cast.author)
    call_command(command, "Maud", "--undo")
    cast.author.refresh_from_db()
    assert getattr(cast.author, field) is False
    assert client.get("/me/").status_code == 302


def test_a_name_that_nobody_has_is_said(cast: Cast) -> None:
    with pytest.raises(CommandError, match="Nobody here is called 'Nobody'"):
        call_command("make_host", "Nobody")


@pytest.mark.parametrize("command", ["make_host", "make_moderator", "retention_table"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command(command, "--help")
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out
