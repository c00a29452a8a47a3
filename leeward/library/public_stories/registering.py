"""What this part tells the rooms below at start-up, and what it keeps of an editor."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leeward.library.public_stories.models import PublicStory, RemovalAsked, State
from leeward.members import hub, tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.limits import Door
from leeward.members.models import Member
from leeward.members.retention import rule
from leeward.notifications import kinds
from leeward.notifications.actions import tell

ASKED = "public_stories.removal"
REMOVAL = Door("removal", 10, 10, datetime.timedelta(hours=1))
"""Requests from one place on the network: a person asks for one, or for all that a telling has; a script for every."""


def register_room() -> None:
    """Register the desk, what rings, what is kept, and what is tended."""
    hint = _("Stories that people told in public: look at what was suggested, and at requests for removal.")
    hub.register(_("Public stories: the editors' desk"), "public_stories:desk", hint, hub.For.EDITORS)
    sentence = _("Somebody asks for a public story to be removed.")
    kinds.register(kinds.Kind(ASKED, _("Somebody asks for a removal"), sentence, may_be_off=False))
    register(Belonging("public_stories_approved", _("Public stories I approved"), (PublicStory,), _export, _erase))
    tending.register("public_stories", _let_texts_go)
    tending.register("removals_asked", _let_requests_go)


def tell_editors() -> None:
    """Ring for everybody who tends the library."""
    editors = Member.objects.filter(Q(is_editor=True) | Q(is_host=True), is_active=True)
    for editor in editors:
        if editor.may_edit:
            tell(editor, ASKED, path=reverse("public_stories:desk"))


def _let_texts_go() -> int:
    """Delete suggestions that nobody approved in time, with their text."""
    old = _before("public_stories")
    return (
        PublicStory.objects.filter(state=State.SUGGESTED, brought_at__lt=old)
        .delete()[1]
        .get(PublicStory._meta.label, 0)
    )


def _let_requests_go() -> int:
    return RemovalAsked.objects.filter(kept_at__lt=_before("removals_asked")).delete()[0]


def _before(key: str) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) - rule(key).lasts


def _export(member: Member) -> Iterator[Row]:
    for story in PublicStory.objects.filter(approved_by=member).order_by("pk"):
        yield {
            "title": story.title,
            "approved": story.approved_at.isoformat() if story.approved_at else None,
            "summary": story.summary,
        }


def _erase(member: Member, farewell: Farewell) -> None:
    """Entries are the place's own words and stay; nothing tells any longer that she approved them."""
    PublicStory.objects.filter(approved_by=member).update(approved_by=None)
