"""A real mail server on loopback, for tests."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Letterbox:
    """Keeps what is delivered; may refuse the first few."""

    def __init__(self, refuse: int = 0) -> None:
        self.letters: list[Message] = []
        self.recipients: list[str] = []
        self.refuse = refuse

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refuse:
            self.refuse -= 1
            return "451 Not now"
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content))
        self.recipients += envelope.rcpt_tos
        return "250 Kept"


@contextmanager
def open_letterbox(settings: Any, refuse: int = 0) -> Iterator[Letterbox]:
    """The place with a mail server: `settings` are pytest-django's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Letterbox(refuse)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.LETTERS_ON = "127.0.0.1", port, True
    try:
        yield box
    finally:
        controller.stop()


def text_of(letter: Message) -> str:
    """The letter's words."""
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()
