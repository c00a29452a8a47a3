"""Asking one web server: over a connection to an address that was looked up and allowed, and within a deadline.

Used by `fetching` alone.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from leeward.library.addresses import FetchRefused, MayReach, Place, WebAddress

MOST_REDIRECTS = 5
_TO_CONNECT = 10.0
_REDIRECTS = {301, 302, 303, 307, 308}


class _Deadline:
    """When an asking ends, whatever it waits for: a server may send a byte now and then for ever."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float = float("inf")) -> float:
        """Seconds that may still be waited.

        Raises:
            TimeoutError: none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, most)


class _Plain(socket.socket):
    """A connection that waits for each piece no longer than its asking may last."""

    deadline: _Deadline

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **kwargs)


class _Secure(ssl.SSLSocket):
    """The same, over TLS."""

    deadline: _Deadline

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*args, **kwargs)


class _Connection(http.client.HTTPConnection):
    """A connection to places that were looked up before: the name is not asked for again."""

    def __init__(self, address: WebAddress, places: list[Place], deadline: _Deadline) -> None:
        super().__init__(address.host, address.port)
        self.default_port = 443 if address.is_secure else 80
        self._is_secure = address.is_secure
        self._places = places
        self._deadline = deadline

    def connect(self) -> None:
        plain = self._connected()
        if not self._is_secure:
            self.sock = plain
            return
        context = ssl.create_default_context()
        context.sslsocket_class = _Secure
        try:
            secure = context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        assert isinstance(secure, _Secure)  # So the context was told.
        secure.deadline = self._deadline
        self.sock = secure

    def _connected(self) -> _Plain:
        trouble: OSError = ConnectionError()
        for family, place in self._places:
            plain = _Plain(family, socket.SOCK_STREAM)
            plain.deadline = self._deadline
            try:
                plain.settimeout(self._deadline.left(_TO_CONNECT))
                plain.connect(place)
            except OSError as error:
                plain.close()
                trouble = error
            else:
                return plain
        raise trouble


@dataclass
class Answer:
    """What a server answers; its body is not read yet."""

    address: WebAddress
    response: http.client.HTTPResponse

    def pieces(self, size: int) -> Iterator[bytes]:
        """The body as it was sent, piece by piece.

        Raises:
            FetchRefused: it broke off, or took too long.
        """
        with _trouble_in_words(self.address):
            awaited = self.response.length  # None where only its end says how long it is
            while piece := self.response.read(size):
                awaited = None if awaited is None else awaited - len(piece)
                yield piece
        if awaited:
            raise FetchRefused(_("%(host)s broke off in the middle.") % {"host": self.address.host}, again=True)


@contextmanager
def answer_of(
    address: WebAddress, *, accepts: Collection[str], may_reach: MayReach, seconds: float
) -> Iterator[Answer]:
    """What is answered at an address, or where it leads to; every address on the way is looked at anew.

    Raises:
        FetchRefused: nothing was, or a redirect leads where this place may not go, or in a circle.
    """
    deadline = _Deadline(seconds)
    for _redirect in range(MOST_REDIRECTS + 1):
        places = address.places(may_reach)
        with closing(_Connection(address, places, deadline)) as connection:
            with _trouble_in_words(address):
                connection.request("GET", address.target, headers=_headers(accepts))
                response = connection.getresponse()
            location = _as_meant(response.headers.get("Location", ""))
            with closing(response):
                if not location or response.status not in _REDIRECTS:
                    yield Answer(address, response)
                    return
        address = address.to(location)
    raise FetchRefused(_("The address leads from one to the next without an end."))


def _as_meant(header: str) -> str:
    """A header is read as Latin-1 by the standard library; many servers write UTF-8."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


@contextmanager
def _trouble_in_words(address: WebAddress) -> Iterator[None]:
    host = {"host": address.host}
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise FetchRefused(
            _("%(host)s cannot show that it is who it says: its certificate is not sound.") % host
        ) from error
    except TimeoutError as error:
        raise FetchRefused(_("%(host)s was too slow.") % host, again=True) from error
    except ConnectionRefusedError as error:
        raise FetchRefused(_("At %(host)s nobody answers.") % host, again=True) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused(_("The connection with %(host)s did not hold.") % host, again=True) from error


def _headers(accepts: Collection[str]) -> dict[str, str]:
    plain = [media_type for media_type in accepts if "+" not in media_type]  # `application/*+json` is ours alone
    return {"User-Agent": _who_asks(), "Accept": ", ".join(plain), "Accept-Encoding": "gzip", "Connection": "close"}


def _who_asks() -> str:
    """This place and how to reach its host, so that whoever keeps a server can say that we ask too much."""
    told = "; ".join(part for part in (settings.PLACE_NAME, settings.PLACE_CONTACT) if part)
    plain = "".join(sign for sign in told if " " <= sign <= "~" and sign not in "()\\")
    return f"Leeward ({plain})"
