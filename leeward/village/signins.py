"""The four demonstration sign-ins that `make run` prints. They exist only in a village."""

from __future__ import annotations

from dataclasses import dataclass

PASSPHRASE = "lamp in the lee window"  # noqa: S105  # printed on purpose
"""Of all four. Printed on purpose: a village holds nobody's words, and is served to this machine alone."""


@dataclass(frozen=True)
class SignIn:
    """A name to sign in with, and who that is."""

    name: str
    who: str
    is_moderator: bool = False
    is_host: bool = False
    is_greeter: bool = False
    is_editor: bool = False


SIGNINS = (
    SignIn("Hazel", "a member, who greets", is_greeter=True),
    SignIn("Wren", "a moderator", is_moderator=True),
    SignIn("Linden", "an editor of the library", is_editor=True),
    SignIn("Hesper", "the host", is_host=True),
)
