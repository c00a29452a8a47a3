"""One fixed, invented cast, used by every test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from leeward.audience.actions import block, choose
from leeward.audience.viewers import Viewer
from leeward.members.models import Member

PASSPHRASE = "a quiet harbour wall"


@dataclass(frozen=True)
class Cast:
    """The people of the tests.

    Args:
        author: who writes what the others see or do not see.
        same_ring: one of the people whom the author chose.
        other_member: a member who shares nothing with the author.
        blocked: a member whom the author blocked.
        moderator: a volunteer who reads cases; shares nothing with the author.
        host: who runs the place.
    """

    author: Member
    same_ring: Member
    other_member: Member
    blocked: Member
    moderator: Member
    host: Member

    def viewers(self) -> dict[str, Viewer]:
        """Everyone who may look, by name, the stranger included."""
        people = {name: Viewer.member(member) for name, member in vars(self).items()}
        return {**people, "moderator": Viewer.moderator(self.moderator), "stranger": Viewer.stranger()}


def make_member(name: str, **roles: bool) -> Member:
    """A member with the tests' passphrase."""
    member = Member(name=name, **roles)
    member.set_password(PASSPHRASE)
    member.save()
    return member


@pytest.fixture(autouse=True)
def _quick_hashing(settings: object) -> None:
    """Hash passphrases cheaply: what the tests check is not the cost of argon2."""
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture(autouse=True, scope="session")
def _reader() -> Iterator[None]:
    """The real reader process, as every place has it; one for each run of the tests."""
    command = [sys.executable, "-m", "leeward.language.reader", str(settings.READER_SOCKET)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"listening\n"
        yield
        process.stdin.close()
        process.wait(10)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, with the author's chosen ring and her block in place."""
    cast = Cast(
        author=make_member("Maud"),
        same_ring=make_member("Ines"),
        other_member=make_member("Tobias"),
        blocked=make_member("Corin"),
        moderator=make_member("Wren", is_moderator=True),
        host=make_member("Hesper", is_host=True),
    )
    choose(cast.author, cast.same_ring)
    block(cast.author, cast.blocked)
    return cast


def signed_in(member: Member) -> Client:
    """A browser in which this member is signed in."""
    client = Client()
    client.force_login(member)
    return client
