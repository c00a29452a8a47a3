"""Photos in a story: add them, say what they show, put them in order, let them stand there, take one away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leeward.audience.requests import Request, member_of
from leeward.members.doors import member_required
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.members.unsent import keeps_unsent_in
from leeward.members.waiting import wait_words
from leeward.moderation.actions import Fate, settle
from leeward.moderation.hours import when_read
from leeward.photos.models import Stage
from leeward.stories.actions.pictures import (
    PictureChangedElsewhere,
    let_stand,
    pictures_page,
    put_in_order,
    say_of_picture,
    take_picture_away,
)
from leeward.stories.models import Chapter, Picture, Story
from leeward.stories.picture_forms import WORDS, PictureForm
from leeward.stories.picture_lines import line_of
from leeward.stories.pictures import own_pictures
from leeward.stories.views.chapters import own_chapter
from leeward.stories.views.taking_in import FIELD, add_sent
from leeward.stories.views.telling import own_story


@member_required
@keeps_unsent_in(*WORDS)
def story_pictures(request: Request, ref: str) -> HttpResponse:
    """The photos of the beginning of a story."""
    return _pictures(request, own_story(request, ref))


@member_required
@keeps_unsent_in(*WORDS)
def chapter_pictures(request: Request, ref: str) -> HttpResponse:
    """The photos of a chapter."""
    return _pictures(request, own_chapter(request, ref))


@member_required
def take_away(request: Request, ref: str) -> HttpResponse:
    """Take one photo away, after one question."""
    member = member_of(request)
    mine = Picture.objects.written_by(member).filter(ref=ref).select_related("photo", "story", "chapter")
    picture: Picture | None = mine.exclude(photo__stage=Stage.LOCKED).first()
    if picture is None:
        raise Http404
    if request.method == "POST":
        take_picture_away(picture, by=member)
        messages.success(request, _("The photo is gone, from every place."))
        return redirect(pictures_page(picture.part))
    return render(request, "stories/take_picture_away.html", {"picture": picture, "back": pictures_page(picture.part)})


def _pictures(request: Request, part: Story | Chapter) -> HttpResponse:
    member = member_of(request)
    sent = request.method == "POST" and bool(request.FILES.getlist(FIELD))
    add_sent(request, part)  # first: a browser does not send a file again
    listed = own_pictures(part, member)
    if request.method != "POST":
        return _page(request, part, [PictureForm(None, picture=picture) for picture in listed])
    forms = [PictureForm(_data_for(request, picture), picture=picture) for picture in listed]
    what, _colon, about = request.POST.get("do", "keep").partition(":")
    stays = [form for form in forms if (what, form.picture.ref) != ("away", about)]
    if not _keep_words(stays, member):
        return _page(request, part, forms, status=422)
    if what == "away":
        return redirect("stories:take_picture_away", about)
    if what in {"up", "down"}:
        _move(part, member, [picture.ref for picture in listed], about, -1 if what == "up" else 1)
    if what != "keep" or sent:
        return redirect(pictures_page(part))
    return _let_stand(request, part, [form.picture for form in forms if form.is_bound], member)


def _data_for(request: Request, picture: Picture) -> object:
    """What was sent of this photo; None if her page did not have it yet."""
    return request.POST if f"{picture.ref}-stamp" in request.POST else None


def _keep_words(forms: list[PictureForm], member: Member) -> bool:
    """Keep what was said of each photo; whether all of it could be kept."""
    for form in forms:
        if not form.is_bound or not form.is_valid():
            continue
        try:
            stamp = form.cleaned_data["stamp"] or 0
            form.picture = say_of_picture(form.picture, by=member, said=form.said(), stamp=stamp)
        except PictureChangedElsewhere:
            form.changed_elsewhere(form.picture)
        except TooOften as too_often:
            form.add_error(None, wait_words(too_often))
        except PermissionError as refusal:
            raise PermissionDenied from refusal
    return not any(form.errors for form in forms if form.is_bound)


def _let_stand(request: Request, part: Story | Chapter, pictures: list[Picture], member: Member) -> HttpResponse:
    """They stand in the story from now on; go on to where it goes on."""
    let_stand(pictures, by=member)
    fates = {settle(picture).fate for picture in own_pictures(part, member) if picture.is_held}
    if fates & {Fate.HELD, Fate.WAITS}:
        said = _("A photo is looked at by a person before others see it. Until then only you see it.")
        messages.success(request, f"{said} {when_read()}")
    elif pictures:
        messages.success(request, _("Kept."))
    if part.at is None and not part.is_held:
        return redirect("stories:share_chapter" if isinstance(part, Chapter) else "stories:share", part.ref)
    return redirect(part.get_absolute_url())


def _move(part: Story | Chapter, member: Member, refs: list[str], ref: str, by: int) -> None:
    if ref in refs:
        place = refs.index(ref)
        refs.insert(max(0, place + by), refs.pop(place))
        put_in_order(part, by=member, refs=refs)


def _page(request: Request, part: Story | Chapter, forms: list[PictureForm], status: int = 200) -> HttpResponse:
    lines = [line_of(form, request.viewer) for form in forms]
    return render(request, "stories/pictures.html", {"part": part, "lines": lines}, status=status)
