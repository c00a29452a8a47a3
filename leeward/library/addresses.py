"""Which addresses of the network this place may go to, and how a written one is understood."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
MayReach = Callable[[IPAddress], bool]
"""Whether a connection to this address is allowed."""
Place = tuple[socket.AddressFamily, tuple[str, int]]
"""Where a connection is made to: a number, and a port."""

LONGEST = 2000
"""Characters of an address; longer ones are refused by many servers."""

_NOT_FOR_US_4 = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # RFC 6890: protocol assignments; a cloud's own services lie here
        "192.88.99.0/24",  # RFC 7526: relays of 6to4, withdrawn
        "168.63.129.16/32",  # public by its number, but inside Azure every machine's own host answers there
    )
)
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4 with the registry of IANA: all that is given out
_NOT_FOR_US_6 = tuple(
    ipaddress.ip_network(network)
    for network in (
        "2001::/23",  # RFC 2928: protocol assignments, Teredo (which carries an IPv4 address) among them
        "2001:db8::/32",  # RFC 3849: for examples
        "2002::/16",  # RFC 7526: 6to4, carries an IPv4 address
        "3fff::/20",  # RFC 9637: for examples
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

_NOT_OF_THE_WEB = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080)
)
"""Ports above 1023 that browsers refuse ("port blocking" in the Fetch standard): other protocols live there."""


class FetchRefused(Exception):
    """Nothing was fetched, and why, in words for the person who asked.

    Attributes:
        status: what the server answered, if it was an answer that stopped it.
        again: whether it may work later (busy, broken off, too slow).
        wait: seconds after which the server asked to be tried again, if it said so.
    """

    def __init__(
        self, reason: str, *, status: int | None = None, again: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.again = again
        self.wait = wait


def public_only(address: IPAddress) -> bool:
    """Whether this is an address of the public network: none of a house, a machine, a link, a cloud's inside.

    Stricter than `ipaddress.is_global`, which in Python 3.11 passes some of what the registries keep apart.
    """
    if isinstance(address, ipaddress.IPv4Address):
        kept = any(address in network for network in _NOT_FOR_US_4)
        return address.is_global and not address.is_multicast and not kept
    inner = address.ipv4_mapped
    if inner is None and address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return public_only(inner)
    return address in _UNICAST_6 and not any(address in network for network in _NOT_FOR_US_6)


@dataclass(frozen=True)
class WebAddress:
    """A written address that can be asked: of http or https, of a host, without anybody's name in it."""

    is_secure: bool
    host: str  # as DNS writes it
    port: int
    target: str  # path and query, in ASCII

    @classmethod
    def understood(cls, text: str) -> WebAddress:
        """The address that somebody wrote.

        Raises:
            FetchRefused: it is none, or none of the web.
        """
        parts = _parts(text)
        if parts.scheme not in {"http", "https"}:
            raise FetchRefused(_("Only addresses that begin with https:// or http:// can be fetched."))
        if "@" in parts.netloc:
            raise FetchRefused(_("The address carries a name or a password. Please give it without them."))
        is_secure = parts.scheme == "https"
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=-._~?")
        return cls(is_secure, _host(parts), _port(parts, is_secure), f"{path}?{query}" if query else path)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.is_secure else 80)
        return f"http{'s' * self.is_secure}://{host}{'' if usual else f':{self.port}'}{self.target}"

    def to(self, location: str) -> WebAddress:
        """Where a redirect from here leads.

        Raises:
            FetchRefused: to no address of the web.
        """
        return WebAddress.understood(urljoin(str(self), location.strip()))

    def places(self, may_reach: MayReach) -> list[Place]:
        """Where the host is, asked once; a connection is made to one of these and to nothing else.

        A host with one allowed address and one that is not is refused whole: its next answer could be the other.

        Raises:
            FetchRefused: nobody knows the host, or it lies where this place may not go.
        """
        try:
            answers = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            words = _("Nobody knows where %(host)s is. Is the address right, and is this machine connected?")
            raise FetchRefused(words % {"host": self.host}, again=True) from error
        found: list[Place] = list(
            dict.fromkeys((family, (str(place[0]), self.port)) for family, _t, _p, _n, place in answers)
        )
        if not found or not all(may_reach(ipaddress.ip_address(place[0])) for _family, place in found):
            words = _("%(host)s lies in a private or reserved part of the network, where nothing is fetched from.")
            raise FetchRefused(words % {"host": self.host})
        return found


def _parts(text: str) -> SplitResult:
    if len(text) > LONGEST or any(sign <= " " or sign in "\\\x7f" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise FetchRefused(_("This is not an address: it is too long, or has spaces or other signs in it."))
    try:
        return urlsplit(text)
    except ValueError as error:
        raise FetchRefused(_("This is not an address that can be understood.")) from error


def _host(parts: SplitResult) -> str:
    try:
        host = parts.hostname or ""
        known = host if ":" in host else host.encode("idna").decode()
    except ValueError:
        known = ""
    if not known or any(sign in known for sign in "%/?#@<>^|\"'` "):
        raise FetchRefused(_("The address names no host that can be asked."))
    return known


def _port(parts: SplitResult, is_secure: bool) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port is None:
        return 443 if is_secure else 80
    if port not in {80, 443} and (port < 1024 or port in _NOT_OF_THE_WEB):
        raise FetchRefused(_("The address names a port at which no web server is asked."))
    return port
