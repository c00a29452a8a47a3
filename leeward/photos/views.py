"""The one door to photos."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from leeward.audience.requests import Request
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.photos.addresses import is_signed_for
from leeward.photos.holders import photo_for
from leeward.photos.reading import TYPE, open_size
from leeward.photos.sizes import Size
from leeward.photos.stores.store import StoreUnreachable


@require_safe
def show(request: Request, ref: str, size: str, ticket: str) -> HttpResponse:
    """A photo, for whom its address was made and who may see now what holds it. Everything else is the same 404."""
    viewer = _viewer_of(request, ref, size, ticket)
    photo = viewer and photo_for(viewer, ref)
    if not photo:
        raise Http404
    try:
        with open_size(photo, Size(size)) as file:
            content = file.read()  # some hundred kilobytes: none is sent in part, whatever the store does meanwhile
    except FileNotFoundError as gone:
        raise Http404 from gone
    except StoreUnreachable:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    return HttpResponse(content, content_type=TYPE, headers=_HEADERS)


_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
}
"""Nobody keeps it, nobody indexes it, no other site shows it, and nothing in it runs (decision 0029)."""


def _viewer_of(request: Request, ref: str, size: str, ticket: str) -> Viewer | None:
    """Who looks, if the address was made for her: as herself, or as a moderator at work."""
    if size not in set(Size):
        return None
    viewers = [request.viewer]
    user = request.user
    if isinstance(user, Member) and (user.is_moderator or user.is_host) and not user.is_suspended:
        viewers.append(Viewer.moderator(user))
    return next((viewer for viewer in viewers if is_signed_for(viewer, ref, Size(size), ticket)), None)
