"""Photos in a story: take one in, say what it shows, let it stand there, take it away.

A photo is seen by nobody but its author until three things are so: it is prepared, she has let it stand in her story,
and what it stands in is for others. Then it is handed in like a text, and a member's first ones are seen by a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from leeward.audience.changing import changed
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.members.unsent import put_away
from leeward.moderation.actions import hand_in, is_hidden, stop_waiting
from leeward.moderation.suggesting import say_notes
from leeward.photos.actions import discard, receive
from leeward.photos.models import Photo, Stage
from leeward.stories.models import Chapter, Picture, Story, story_and_chapter
from leeward.stories.paces import CHANGES

MOST = 20
"""So many photos stand in one story at most, with its chapters: its page is read on a phone, and a book holds it."""


class TooManyPictures(Exception):
    """There are `MOST` photos in the story already."""


class PictureChangedElsewhere(Exception):
    """What is said of it was changed in another tab since this one was opened; nothing was overwritten."""


@dataclass(frozen=True)
class Said:
    """What its author says of a photo: what it shows, what its cover says ("" for none), and what is inside."""

    alt: str = ""
    cover: str = ""
    notes: int = 0


def add_picture(part: Story | Chapter, *, by: Member, sent: UploadedFile[Any]) -> Picture:
    """Take a photo in, for its author alone until she lets it stand. The same file sent twice is one photo.

    Args:
        part: her own story, or a chapter of it.
        by: its author.
        sent: the file, as her browser sent it.

    Raises:
        PermissionError: somebody else's story, one that was taken back, or she may not write at present.
        TooManyPictures: there are `MOST` already.
        PhotoRefused: it cannot be taken in; why, it says itself.
        TooOften: she has sent as many as may be for now.
    """
    story, chapter = story_and_chapter(part)
    if story.author_id != by.pk or by.is_suspended or story.taken_back_at:
        raise PermissionError("Only its author adds a photo to a story.")
    mark = _mark_of(sent, by)
    with transaction.atomic():
        once_at_a_time(by)
        again = _there(part, by, mark)
    if again is not None:
        return again
    photo = receive(by, sent)
    try:
        made = _place_last(story, chapter, by, photo, mark)
    except BaseException:
        discard(photo)
        raise
    if made.photo_id != photo.pk:  # the same file was a little faster
        discard(photo)
    return made


def _place_last(story: Story, chapter: Chapter | None, by: Member, photo: Photo, mark: str) -> Picture:
    with transaction.atomic():
        once_at_a_time(by)
        again = _there(chapter or story, by, mark)
        if again is not None:
            return again
        mine = Picture.objects.written_by(by).filter(story=story)
        if mine.count() >= MOST:
            raise TooManyPictures
        there = Story.objects.written_by(by).filter(pk=story.pk, taken_back_at=None, with_teller=None).exists()
        if chapter is not None:
            there = there and Chapter.objects.written_by(by).filter(pk=chapter.pk).exists()
        if not there:
            raise PermissionError("What was taken back, or is told by two, takes in no photo.")
        last = mine.filter(chapter=chapter).aggregate(Max("place"))["place__max"] or 0
        made: Picture = Picture.objects.create(
            story=story, chapter=chapter, author=by, signed=story.signed, photo=photo, mark=mark, place=last + 1
        )
        return made


def say_of_picture(picture: Picture, *, by: Member, said: Said, stamp: int) -> Picture:
    """Say what a photo shows. If others see it, it is held until the new words were read; the caller settles it.

    Args:
        picture: the author's own.
        by: its author.
        said: all that she says of it.
        stamp: `touched_at` as her page knew it.

    Raises:
        PermissionError: somebody else's, one that a decision took out of sight, or she may not write at present.
        PictureChangedElsewhere: another tab was faster.
        TooOften: she has changed what others see as often as may be for now.
    """
    if picture.author_id != by.pk:
        raise PermissionError("Only its author says what a photo shows.")
    with transaction.atomic():
        once_at_a_time(by)
        picture.refresh_from_db(from_queryset=Picture.objects.written_by(by))
        words = (said.alt, said.cover) != (picture.alt, picture.cover)
        if not words and said.notes == picture.notes & ~picture.perhaps:
            return picture
        if picture.touched_at != stamp:
            raise PictureChangedElsewhere
        for_others = picture.part.is_for_others()
        if picture.state == State.WITHDRAWN or (by.is_suspended and for_others):
            raise PermissionError("What was taken away is not changed, nor what others see by who may not write.")
        picture.alt, picture.cover, picture.touched_at = said.alt, said.cover, max(now_us(), stamp + 1)
        say_notes(picture, said.notes)
        picture.save(update_fields=["alt", "cover", "notes", "perhaps", "not_inside", "touched_at"])
        if words:
            _read_anew(picture, by, for_others=for_others)
        changed(picture)
    return picture


def let_stand(pictures: Iterable[Picture], *, by: Member) -> None:
    """Let photos stand in the story, for those who may see what they stand in; the caller settles those handed in.

    Raises:
        PermissionError: somebody else's.
    """
    those = list(pictures)
    if any(picture.author_id != by.pk for picture in those):
        raise PermissionError("Only its author lets a photo stand in her story.")
    with transaction.atomic():
        once_at_a_time(by)
        hers = Picture.objects.written_by(by).filter(pk__in=[picture.pk for picture in those])
        hers.filter(placed_at=None).update(placed_at=now_us())
        _hand_in_if_due(hers)


def put_in_order(part: Story | Chapter, *, by: Member, refs: list[str]) -> None:
    """Put the photos of a story's beginning, or of a chapter, into this order. What is not named stays behind.

    Raises:
        PermissionError: somebody else's story.
    """
    if part.author_id != by.pk:
        raise PermissionError("Only its author puts the photos of a story in order.")
    with transaction.atomic():
        once_at_a_time(by)
        hers = list(_of_part(part, by).order_by("place", "pk"))
        hers.sort(key=lambda picture: refs.index(picture.ref) if picture.ref in refs else len(refs))
        for place, picture in enumerate(hers, start=1):
            if picture.place != place:
                Picture.objects.written_by(by).filter(pk=picture.pk).update(place=place)


def pictures_page(part: Story | Chapter) -> str:
    """Where the photos of a story's beginning, or of a chapter, are looked after."""
    return reverse("stories:chapter_pictures" if isinstance(part, Chapter) else "stories:pictures", args=[part.ref])


def take_picture_away(picture: Picture, *, by: Member) -> None:
    """Take one photo away, with all its files.

    Raises:
        PermissionError: somebody else's, or it is locked.
    """
    if picture.author_id != by.pk or picture.photo.stage == Stage.LOCKED:
        raise PermissionError("Only its author takes a photo away, and not one that is locked.")
    with transaction.atomic():
        once_at_a_time(by)
        put_away(by, pictures_page(picture.part))  # words of it that she began go too
        _take_away(Picture.objects.written_by(by).filter(pk=picture.pk))


def take_pictures_back(part: Story | Chapter) -> None:
    """Take the photos of a story, or of one chapter, back with it. Part of the caller's transaction.

    Photos go also where answers are left standing, and where somebody leaves her words behind.
    """
    inside = everything(Picture, reason="what is taken back goes with all its photos")
    _take_away(inside.filter(chapter=part) if isinstance(part, Chapter) else inside.filter(story=part))


def take_all_pictures(member: Member) -> None:
    """Take all photos of a member away. Part of the caller's transaction."""
    _take_away(Picture.objects.written_by(member))


def pictures_follow(part: Story | Chapter) -> None:
    """Have the photos follow a story or a chapter whose audience was chosen anew. Part of the caller's transaction.

    If it is for others they are handed in; the background settles them, within seconds. If it is for its author alone,
    those that wait to be read wait no more.
    """
    author = part.author
    if author is None:
        return
    hers = Picture.objects.written_by(author)
    of_story = hers.filter(story=story_and_chapter(part)[0])
    of_story.exclude(signed=part.signed).update(signed=part.signed)
    if part.is_for_others():
        _hand_in_if_due(_of_part(part, author))
        return
    for picture in _of_part(part, author).filter(state=State.HELD):
        stop_waiting(picture)
        if not is_hidden(picture):
            _back_to_draft(picture)


def when_prepared(photo: Photo) -> None:
    """Hand a photo in that is prepared now, if it waits for that alone. Part of the transaction that says it is."""
    _hand_in_if_due(everything(Picture, reason="a photo is prepared, whoever looks").filter(photo=photo))


def _hand_in_if_due(pictures: QuerySet[Picture]) -> None:
    due = pictures.filter(state=State.DRAFT, photo__stage=Stage.READY, story__taken_back_at=None)
    for picture in due.exclude(placed_at=None).select_related("author", "story", "chapter", "photo"):
        if picture.author is not None and not picture.author.is_suspended and picture.part.is_for_others():
            hand_in(picture)


def _read_anew(picture: Picture, by: Member, *, for_others: bool) -> None:
    """What is shown is read anew, and what waits: it may speak of danger now. What nobody else sees waits till then."""
    if picture.state == State.DRAFT or is_hidden(picture):
        return
    if for_others:
        keep_pace(CHANGES, by)
        hand_in(picture)
    else:
        stop_waiting(picture)
        _back_to_draft(picture)


def _back_to_draft(picture: Picture) -> None:
    picture.state = State.DRAFT
    picture.save(update_fields=["state"])


def _take_away(pictures: QuerySet[Picture]) -> None:
    """Delete photos with their files. Of what is locked only its place in the story goes; the file is preserved."""
    for picture in pictures.select_related("photo"):
        stop_waiting(picture)
        picture.delete()
        discard(picture.photo)


def _of_part(part: Story | Chapter, by: Member) -> QuerySet[Picture]:
    story, chapter = story_and_chapter(part)
    hers: QuerySet[Picture] = Picture.objects.written_by(by).filter(story=story, chapter=chapter)
    return hers


def _there(part: Story | Chapter, by: Member, mark: str) -> Picture | None:
    return _of_part(part, by).filter(mark=mark).first()


def _mark_of(sent: UploadedFile[Any], by: Member) -> str:
    """What two sendings of the same file by the same hand share. Keyed: it tells nobody which file it was."""
    digest = hashlib.sha256()
    for piece in sent.chunks():
        digest.update(piece)
    sent.seek(0)
    return salted_hmac("leeward.stories.picture", f"{by.ref}:{digest.hexdigest()}", algorithm="sha256").hexdigest()[:32]
