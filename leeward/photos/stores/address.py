"""Where a store that speaks S3 is, in one line: `s3://key:secret@host:port/bucket?region=…&tls=0`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class S3Address:
    """A bucket, and who we are there.

    Args:
        endpoint: the server, with http or https.
        bucket: the bucket.
        region: its region.
        key: the name of our key.
        secret: our key.
    """

    endpoint: str
    bucket: str
    region: str
    key: str
    secret: str = field(repr=False)


@cache
def s3_address(text: str) -> S3Address | None:
    """What the host said; None if nothing: then photos are kept in the data folder.

    Raises:
        ImproperlyConfigured: it cannot be read. The words hold nothing of it: a log is no place for a key.
    """
    if not text:
        return None
    try:
        parts = urlsplit(text)
        asked = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        host = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    except ValueError:
        raise ImproperlyConfigured(_UNREADABLE) from None
    bucket = parts.path.strip("/")
    known = asked.keys() <= {"region", "tls"} and asked.get("tls", "1") in {"0", "1"}
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and bucket and known):
        raise ImproperlyConfigured(_UNREADABLE)
    if "/" in bucket:
        raise ImproperlyConfigured(_UNREADABLE)
    scheme = "https" if asked.get("tls", "1") == "1" else "http"
    key, secret = unquote(parts.username), unquote(parts.password)
    return S3Address(f"{scheme}://{host}", bucket, asked.get("region", "us-east-1"), key, secret)


_UNREADABLE = (
    "LEEWARD_PHOTOS must be s3://key:secret@host:port/bucket?region=…&tls=0 (port, region and tls may be left out)."
)
