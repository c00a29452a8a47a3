"""The addresses of photos: for one viewer, for a quarter of an hour or a little longer, signed.

An address stays the same within a quarter of an hour and works until the end of the next one. It opens nothing by
itself: the door asks the rule anew each time, with who really asks.
"""

from __future__ import annotations

import time

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from leeward.audience.viewers import Viewer
from leeward.photos.models import Photo
from leeward.photos.reading import measures
from leeward.photos.sizes import Size

QUARTER = 15 * 60
"""Seconds for which an address stays the same."""


def address_of(photo: Photo, size: Size, viewer: Viewer) -> str:
    """Where this viewer finds a photo, if she may see it: a path, good for 15 to 30 minutes, for nobody else.

    Args:
        photo: the photo.
        size: in which size.
        viewer: who looks at the page on which it stands; a moderator at work gets addresses of her own.
    """
    ends = int(time.time() // QUARTER) + 1
    return reverse("photos:show", args=[photo.ref, size, f"{ends:x}-{_signature(photo.ref, size, viewer, ends)}"])


def srcset_of(photo: Photo, viewer: Viewer) -> str:
    """All sizes of a photo with their widths, as `srcset` of an image takes them; of like ones the first."""
    widths = {measures(photo, size)[0]: size for size in reversed(Size)}
    return ", ".join(f"{address_of(photo, size, viewer)} {width}w" for width, size in sorted(widths.items()))


def is_signed_for(viewer: Viewer, ref: str, size: Size, ticket: str) -> bool:
    """Whether the last part of an address was made for this viewer, and its time is not over."""
    said, _hyphen, signature = ticket.partition("-")
    try:
        ends = int(said, 16)
    except ValueError:
        return False
    left = ends - int(time.time() // QUARTER)
    return left in {0, 1} and constant_time_compare(signature, _signature(ref, size, viewer, ends))


def _signature(ref: str, size: Size, viewer: Viewer, ends: int) -> str:
    said = f"{ref} {size} {viewer.member_id} {'on cases' if viewer.on_cases else ''} {ends}"
    return salted_hmac("leeward.photos.addresses", said, algorithm="sha256").hexdigest()
