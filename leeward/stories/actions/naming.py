"""Put one's name to a word that one has said, for people who know one, or take it off again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.stories.actions.answering import MayNotAnswer
from leeward.stories.models import Reaction, ReactionWord, Story
from leeward.stories.paces import WORDS


def put_name(story: Story, *, by: Member, word: ReactionWord, named: bool) -> None:
    """Put her name to a word that she has said to a story, or take it off. Doing so twice changes nothing.

    A word that she has not said, or took back meanwhile, is not said by it.

    Args:
        story: one that she may see.
        by: who said the word.
        word: which.
        named: whether her name shall stand beside it, for members who know her.

    Raises:
        MayNotAnswer: she may not see the story, or may not write at present. Her name she takes off in any case.
        TooOften: she has done so as often as may be for now.
    """
    viewer = Viewer.member(by)
    if named and (by.is_suspended or not is_visible_to(story, viewer)):
        raise MayNotAnswer(_("This story cannot be answered by you at present."))
    with transaction.atomic():
        if named:
            keep_pace(WORDS, by)
        said = Reaction.objects.filter(story=story, member=by, word=word)
        if said.update(signed=named) and named:
            Story.objects.visible_to(viewer).filter(pk=story.pk, words_named=False).update(words_named=True)
