"""The address of an article, as one and the same however it was copied, and the digest by which it is known again."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.utils.crypto import salted_hmac

_OF_THE_COPY = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid|guccounter|guce_\w+|ref|src|cmpid|ns_\w+|at_\w+)$")
_SALT = "leeward.public_stories"


def one_address(address: str) -> str:
    """An address without what differs from copy to copy: scheme, "www.", where it was shared, the place in the page."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _OF_THE_COPY.match(key))
    return f"{host}{parts.path.rstrip('/')}{'?' + urlencode(query) if query else ''}"


def digest_of_address(address: str) -> str | None:
    """What is kept of an address that was removed; None for no address."""
    return _digest(one_address(address)) if address.strip() else None


def digest_of_text(text: str) -> str:
    """What is kept of a text that was removed: its words, whatever the signs between them."""
    return _digest(" ".join(re.findall(r"\w+", text.casefold())))


def _digest(said: str) -> str:
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()
