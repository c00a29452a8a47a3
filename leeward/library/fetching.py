"""The one place that fetches something from the network, for directories, public stories and checks of links.

Nobody's own machine is asked on a stranger's word: a host is looked up once, every address it has must be allowed, the
connection is made to just that address, and each redirect begins anew. Nothing is kept between two requests, nothing
tells where an address was found. Time, size and redirects are limited, and what is packed is unpacked within the size.

    fetched = fetch("https://directory.example/services", most_bytes=2_000_000, accepts=JSON)
    fetched = fetch_into(file, address, most_bytes=500_000_000, accepts=FILES)
    status = reach("https://clinic.example/")
"""

from __future__ import annotations

import email.utils
import io
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from fnmatch import fnmatchcase
from typing import BinaryIO

from django.utils.translation import gettext as _

from leeward.library.addresses import FetchRefused, MayReach, WebAddress, public_only
from leeward.library.connecting import Answer, answer_of

__all__ = ["JSON", "FetchRefused", "Fetched", "MayReach", "fetch", "fetch_into", "public_only", "reach"]

JSON = ("application/json", "application/*+json", "application/x-ndjson", "application/jsonl", "text/json")
"""What HSDS APIs call their answers."""

SECONDS = 60.0
"""For one request with all its redirects; a slow server is not waited for longer."""
_AT_ONCE = 64 * 1024
_MAY_WORK_LATER = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Fetched:
    """What was fetched.

    Attributes:
        address: where it was in the end, after redirects.
        content_type: what the server calls it, in small letters, without parameters.
        charset: in which encoding it says it is, or "".
        body: unpacked; empty if it was written to a file.
    """

    address: str
    content_type: str
    charset: str
    body: bytes = b""


def fetch(
    url: str,
    *,
    most_bytes: int,
    accepts: Collection[str],
    may_reach: MayReach = public_only,
    seconds: float = SECONDS,
) -> Fetched:
    """What is at an address.

    Args:
        url: of http or https, as somebody wrote it.
        most_bytes: how long it may be, as sent and unpacked.
        accepts: media types, with `*` for a part ("text/*").
        may_reach: which addresses of the network may be asked; other than the default in tests alone.
        seconds: how long all of it may take.

    Raises:
        FetchRefused: with the reason, and whether it may work later.
    """
    body = io.BytesIO()
    told = fetch_into(body, url, most_bytes=most_bytes, accepts=accepts, may_reach=may_reach, seconds=seconds)
    return Fetched(told.address, told.content_type, told.charset, body.getvalue())


def fetch_into(
    file: BinaryIO,
    url: str,
    *,
    most_bytes: int,
    accepts: Collection[str],
    may_reach: MayReach = public_only,
    seconds: float = SECONDS,
) -> Fetched:
    """The same, written to a file as it comes, so that nothing large is held in memory.

    Raises:
        FetchRefused: as `fetch`; the file may then hold a part.
    """
    address = WebAddress.understood(url)
    with answer_of(address, accepts=accepts, may_reach=may_reach, seconds=seconds) as answer:
        _refuse_by_status(answer)
        told = _told_of(answer)
        if not any(fnmatchcase(told.content_type, accepted) for accepted in accepts):
            raise FetchRefused(
                _("%(host)s gives %(type)s there, which is not what is looked for.")
                % {"host": answer.address.host, "type": told.content_type}
            )
        if (answer.response.length or 0) > most_bytes:
            raise _too_long(most_bytes)
        file.writelines(_unpacked(_limited(answer.pieces(_AT_ONCE), most_bytes), answer, most_bytes))
    return told


def reach(url: str, *, may_reach: MayReach = public_only, seconds: float = SECONDS) -> int:
    """What a server answers at an address (200, 404 …), after redirects; nothing of the page itself is read.

    Raises:
        FetchRefused: no answer came.
    """
    address = WebAddress.understood(url)
    with answer_of(address, accepts=["*/*"], may_reach=may_reach, seconds=seconds) as answer:
        return answer.response.status


def _refuse_by_status(answer: Answer) -> None:
    status, host = answer.response.status, {"host": answer.address.host, "status": answer.response.status}
    if 200 <= status < 300:
        return
    if status in {404, 410}:
        reason = _("%(host)s has nothing at this address.") % host
    elif status in {401, 403}:
        reason = _("%(host)s does not show this to everybody.") % host
    elif status in _MAY_WORK_LATER:
        reason = _("%(host)s is busy or unwell just now (it answered %(status)s).") % host
    else:
        reason = _("%(host)s did not give what was asked for (it answered %(status)s).") % host
    wait = _seconds_until(answer.response.headers.get("Retry-After", ""))
    raise FetchRefused(reason, status=status, again=status in _MAY_WORK_LATER, wait=wait)


def _seconds_until(retry_after: str) -> float | None:
    """What Retry-After says (RFC 9110, 10.2.3): a number of seconds, or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        then = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _told_of(answer: Answer) -> Fetched:
    head = Message()
    head["Content-Type"] = answer.response.headers.get("Content-Type") or "application/octet-stream"
    return Fetched(str(answer.address), head.get_content_type(), head.get_content_charset("") or "")


def _too_long(most_bytes: int) -> FetchRefused:
    return FetchRefused(_("What is there is longer than %(size)s MB.") % {"size": f"{most_bytes / 1_000_000:g}"})


def _limited(pieces: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:
            raise _too_long(most_bytes)
        yield piece


def _unpacked(pieces: Iterable[bytes], answer: Answer, most_bytes: int) -> Iterator[bytes]:
    packing = answer.response.headers.get("Content-Encoding", "").strip().lower()
    if packing in {"", "identity"}:
        return iter(pieces)
    if packing in {"gzip", "x-gzip"}:
        return _limited(_from_gzip(pieces, answer), most_bytes)
    words = _("%(host)s packs what it gives in a way that was not asked for.")
    raise FetchRefused(words % {"host": answer.address.host})


def _from_gzip(pieces: Iterable[bytes], answer: Answer) -> Iterator[bytes]:
    """What was packed, never more than a little at once: few bytes can unpack to very many."""
    gzip = zlib.decompressobj(wbits=31)
    host = {"host": answer.address.host}
    try:
        for piece in pieces:
            waiting = piece
            while waiting and not gzip.eof:
                yield gzip.decompress(waiting, _AT_ONCE)
                waiting = gzip.unconsumed_tail
            if waiting or gzip.unused_data:
                raise zlib.error
        rest = gzip.flush()
    except zlib.error as error:
        raise FetchRefused(_("What %(host)s packed cannot be unpacked.") % host) from error
    if not gzip.eof:
        raise FetchRefused(_("%(host)s broke off in the middle.") % host, again=True)
    yield rest
