"""Words that were begun and not sent: kept for whoever wrote them, for a time, and put back where she wrote them.

A door that takes words is marked with `@keeps_unsent` (or `@keeps_unsent_in`, with its own fields). While she writes,
keep.js sends the form to `members:unsent_keep`. What she sends and the door does not take (it is too soon, she must
look again, it broke) is kept here too, without scripts as well. What was taken is forgotten. A draft of a story or a
chapter is kept as itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from leeward.kit.moments import now_us
from leeward.kit.statements import asked
from leeward.members.carrying import NEVER, local_path
from leeward.members.models import Member, Unsent
from leeward.members.retention import kept_since
from leeward.members.turns import once_at_a_time

FIELD = "unsent"
"""The hidden input with the moment (microseconds) at which the page knows that its words were kept; 0 for never."""
KEY = "unsent"
"""The row of the retention table."""
LONGEST = 100_000
"""The most characters that are kept of one form: more than any text of the place."""
MOST = 60
"""How many forms' words are kept of one member: more than anybody begins, fewer than would fill a disk."""
_OF_THE_PAGE = NEVER | {FIELD, "to", "page", "stamp", "ref", "paused", "seen", "changed", "as_it_is", "reason", "next"}
"""What belongs to one page or one press of a button, and is not put back."""
_OF_OTHERS = {"passage"}
"""Words of somebody else, who may take them back: they are fetched anew."""

WORDS = ("title", "text", "words")
"""The fields that hold what she writes, where a door names no others. Without a word in them nothing is kept."""

P = ParamSpec("P")
R = TypeVar("R", bound=Any)  # HttpRequest or a room's own kind of it
View = Callable[Concatenate[R, P], HttpResponseBase]
Fields = dict[str, list[str]]


class KeptElsewhere(Exception):
    """Another tab or device has kept other words for this form, sent them, or put them away."""


class TooMuchKept(Exception):
    """This is more than is kept of one member."""


@dataclass(frozen=True)
class Kept:
    """What is kept for one form.

    Args:
        stamp: the value of its hidden input.
        at: since when (microseconds) the words that were put back into it are kept; None if none were.
    """

    stamp: int = 0
    at: int | None = None


def keeps_unsent(view: View[R, P]) -> View[R, P]:
    """Keep what a member sends to this door until it is taken, which a redirect says."""
    return keeps_unsent_in(*WORDS)(view)


def keeps_unsent_in(*words: str) -> Callable[[View[R, P]], View[R, P]]:
    """The same, where what she writes stands in fields of these names; the prefix of a form does not count."""
    return lambda view: _keeping(view, words)


def _keeping(view: View[R, P], words: tuple[str, ...]) -> View[R, P]:
    @wraps(view)
    def door(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST" or not isinstance(request.user, Member):
            return view(request, *args, **kwargs)
        request.unsent_stamp = now_us()  # so that the page which answers knows it, see `put_back`
        try:
            response = view(request, *args, **kwargs)
        except Exception:
            with suppress(DatabaseError):  # it may be what broke
                _keep_sent(request)
            raise
        if 300 <= response.status_code < 400:
            _forget_sent(request)
        else:
            _keep_sent(request)
        return response

    door.keeps_unsent = words  # type: ignore[attr-defined]  # found by `keeps` and `words_at`
    return door


def keeps(path: str, member: Member) -> bool:
    """Whether a door stands at this path that keeps what she has not sent yet, and is hers to open."""
    door = _door_at(path)
    return hasattr(door, "keeps_unsent") and getattr(door, "is_for", bool)(member)


def words_at(path: str) -> tuple[str, ...]:
    """The fields that hold what she writes, at the door of this path."""
    found: tuple[str, ...] = getattr(_door_at(path), "keeps_unsent", WORDS)
    return found


def keep_unsent(member: Member, to: str, *, page: str, fields: Fields, stamp: int) -> int:
    """Keep what she has written so far. Returns the moment for the page to know; 0 if nothing is kept.

    Args:
        member: who writes.
        to: the path to which the form is sent.
        page: the path of the page on which it stands.
        fields: its values, see `fields_sent`; empty if nothing is to be kept.
        stamp: since when the page knows that its words are kept; 0 for not yet.

    Raises:
        KeptElsewhere: something else was kept, sent or put away meanwhile; nothing was overwritten.
        TooMuchKept: there is no room for more.
    """
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise TooMuchKept
    with transaction.atomic():
        once_at_a_time(member)
        row = Unsent.objects.filter(member=member, to=to).first()
        if row is None:
            if stamp:
                raise KeptElsewhere
            return _begin(member, to, page, fields) if fields else 0
        if row.touched_at != stamp:
            if row.fields == fields:
                return row.touched_at
            raise KeptElsewhere
        if not fields:
            row.delete()
            return 0
        row.fields, row.touched_at = fields, max(now_us(), stamp + 1)
        row.page = row.page if page == to else page  # a page that only answers a form cannot be gone back to
        row.save()
        return row.touched_at


def has_begun(member: Member) -> bool:
    """Whether she began something and has not sent it."""
    return Unsent.objects.filter(member=member).exists()


def put_away(member: Member | None, *to: str) -> None:
    """Keep what she began for these forms no longer; None: whoever began it."""
    rows = Unsent.objects.filter(to__in=to)
    (rows.filter(member=member) if member else rows).delete()


def put_closed_away(member: Member) -> None:
    """Keep what she began no longer where the door is not hers any more."""
    put_away(member, *(row.to for row in unsent_of(member) if not keeps(row.to, member)))


def unsent_of(member: Member) -> list[Unsent]:
    """All that she began and has not sent, the newest first."""
    return list(Unsent.objects.filter(member=member).order_by("-touched_at"))


def put_back(request: HttpRequest, form: forms.BaseForm | Iterable[forms.BaseForm], to: str) -> Kept:
    """Put back into an empty form what she began to write in it. One query for all forms of a page.

    Args:
        request: hers.
        form: not yet drawn; or several that are sent as one. What was just sent has her words already.
        to: the path to which it is sent.
    """
    if request.path == to and hasattr(request, "unsent_stamp"):
        return Kept(request.unsent_stamp if fields_sent(request, to) else 0)  # without a word nothing was kept
    row = _hers(request).get(to)
    if row is None:
        return Kept()
    some = [form] if isinstance(form, forms.BaseForm) else form
    kept = [one for one in some if any(one.add_prefix(name) in row.fields for name in one.fields)]
    for one in kept:
        _put_into(one, MultiValueDict(row.fields))
    return Kept(row.touched_at, row.touched_at if kept else None)


def note_nothing_begun(request: HttpRequest) -> None:
    """Spare `put_back` its query, where another has told that nothing of hers is kept."""
    request.unsent_rows = {}  # type: ignore[attr-defined]  # read by _hers


def fields_sent(request: HttpRequest, to: str) -> Fields:
    """What a form holds, without what belongs to one page alone; empty if she has not written a word.

    Args:
        request: with the form.
        to: the path to which it is sent.
    """
    words = words_at(to)
    left_out = (_OF_THE_PAGE | _OF_OTHERS).difference(words)
    lists = [(name, values) for name, values in request.POST.lists() if _own_name(name) not in left_out]
    found = {without_nul(name): [without_nul(str(value)) for value in values] for name, values in lists}
    return found if words_among(found, words) else {}


def words_among(fields: Fields, words: tuple[str, ...]) -> list[str]:
    """What she wrote in the fields of these names."""
    texts = [value for name, values in fields.items() if _own_name(name) in words for value in values]
    return [text for text in texts if text.strip()]


def without_nul(text: str) -> str:
    """A text without the one sign that PostgreSQL keeps nowhere: no word is lost for it."""
    return text.replace("\x00", "")


def stamp_of(request: HttpRequest) -> int:
    """Since when the page knows that its words are kept."""
    said = request.POST.get(FIELD, "")
    return int(said) if said.isdecimal() and len(said) < 20 else 0


def throw_away() -> int:
    """Delete what nobody has gone on with for as long as is promised; how much it was."""
    return Unsent.objects.filter(touched_at__lt=kept_since(KEY)).delete()[0]


def _own_name(name: str) -> str:
    """The name of a field without the prefix of its form."""
    return name.rpartition("-")[2]


def _door_at(path: str) -> object:
    try:
        return resolve(path).func if len(path) <= 200 else None
    except Resolver404:
        return None


def _hers(request: HttpRequest) -> Mapping[str, Unsent]:
    if not isinstance(request.user, Member):
        return {}
    if not hasattr(request, "unsent_rows"):
        rows = Unsent.objects.filter(member=request.user)
        request.unsent_rows = {row.to: row for row in rows}  # type: ignore[attr-defined]  # asked once for each page
    found: Mapping[str, Unsent] = request.unsent_rows  # type: ignore[attr-defined]  # the same
    return found


def _put_into(form: forms.BaseForm, given: MultiValueDict[str, str]) -> None:
    for name, field in form.fields.items():
        if not field.widget.is_hidden and name not in _OF_OTHERS:
            form.initial[name] = field.widget.value_from_datadict(given, MultiValueDict(), form.add_prefix(name))


def _begin(member: Member, to: str, page: str, fields: Fields, at: int = 0) -> int:
    if Unsent.objects.filter(member=member).count() >= MOST:
        raise TooMuchKept
    return Unsent.objects.create(member=member, to=to, page=page, fields=fields, touched_at=at or now_us()).touched_at


def _keep_sent(request: Any) -> None:
    """Keep what was sent and not taken, under the stamp that the answering page has; other tabs' words stay."""
    fields, rows = fields_sent(request, request.path), Unsent.objects.filter(member=request.user, to=request.path)
    if not fields:
        return
    with suppress(TooMuchKept), transaction.atomic():
        once_at_a_time(request.user)
        row = rows.first()
        if row is None:
            _begin(request.user, request.path, _page_before(request), fields, request.unsent_stamp)
        elif row.touched_at == stamp_of(request) or row.fields == fields:
            rows.update(fields=fields, touched_at=request.unsent_stamp)


def _forget_sent(request: Any) -> None:
    """Forget what is kept of the words that were taken; what another tab keeps for the same form stays."""
    if not _is_kept(member=request.user.pk, to=request.path):
        return
    row = Unsent.objects.filter(member=request.user, to=request.path).first()
    if row is not None and (row.touched_at == stamp_of(request) or row.fields == fields_sent(request, request.path)):
        row.delete()


@asked
def _is_kept(*, member: int, to: str) -> QuerySet[Unsent, tuple[int]]:
    return Unsent.objects.filter(member_id=member, to=to).values_list("pk")


def _page_before(request: HttpRequest) -> str:
    return local_path(urlsplit(request.headers.get("Referer", "")).path, request.path)[:200]
