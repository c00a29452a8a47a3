"""A place in which every door has something behind it: journeys, stories, answers, cases, decisions, news."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from leeward.audience.actions import mute
from leeward.audience.notes import mask_of
from leeward.journeys.actions import Given, agree, answer, keep_loss, move_on, tell_of_self
from leeward.journeys.models import ChildWord, Fact, Loss, News
from leeward.journeys.vocabulary import FACET
from leeward.kit.moments import DAY, now_us
from leeward.library.directory.api.preparing import prepare_if_due
from leeward.members.actions import ask_for_email, keep_email
from leeward.members.models import Member, Passkey, Purpose
from leeward.moderation.actions import Ruling, decide, open_case, report
from leeward.moderation.actions.appealing import object_to
from leeward.moderation.actions.concerns import Account, raise_concern
from leeward.moderation.actions.keeping import note_down
from leeward.moderation.actions.opening import thing_of
from leeward.moderation.actions.papers import Disclosed, write_down_disclosure, write_text
from leeward.moderation.models import Act, Case, FirstTexts, Telling
from leeward.moderation.papers.publishing import key_of
from leeward.moderation.papers.transparency import as_csv
from leeward.moderation.papers.transparency import report as report_of
from leeward.stories.actions.answering import answer as answer_story
from leeward.stories.actions.answering import react
from leeward.stories.actions.chapters import share_chapter
from leeward.stories.actions.following import follow
from leeward.stories.actions.naming import put_name
from leeward.stories.actions.own_terms import hide_answer
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import begin, begin_chapter
from leeward.stories.asking import Asking
from leeward.stories.asking import mask_of as asking_of
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Chapter, ReactionWord, Story
from tests.conftest import Cast
from tests.library.public_stories.making import behind_doors as public_stories
from tests.promises.furnishing_desk import services_and_desk
from tests.promises.furnishing_guides import guides
from tests.promises.furnishing_people import people
from tests.promises.furnishing_photos import photo_in
from tests.promises.furnishing_pictures import pictures_in
from tests.promises.furnishing_together import reading_together
from tests.stories.quoting import quoted

FACTS = frozenset({("kind", "miscarriage_late"), ("path", "ivf"), ("weeks", "20")})
NOTES = mask_of(["loss_detail", "medical_detail"])
HER_STORY = ("read", "write", "share", "book", "take_back")
OF_A_STORY = ("answer", "word", "name_word", "go_on", "keep_chapter", "follow", "longer", "close", "hidden")
OF_A_CHAPTER = ("write_chapter", "share_chapter", "take_chapter_back", "answer_chapter")
OF_AN_ANSWER = ("change_answer", "take_answer_back", "hide_answer", "bring_back")


@dataclass(frozen=True)
class Furnished:
    """A furnished place.

    Args:
        cast: who is in it. What most doors open on is the author's.
        parts: what an address is filled in with, by the name of its door.
        queries: what stands behind it.
    """

    cast: Cast
    parts: dict[str, dict[str, Any]]
    queries: dict[str, str]

    def path(self, name: str) -> str:
        """The address of the door of this name, as "stories:read"."""
        return reverse(name, kwargs=self.parts.get(name)) + self.queries.get(name, "")


def furnish(cast: Cast) -> Furnished:
    """Fill the place."""
    for member in (cast.author, cast.other_member, cast.moderator):
        FirstTexts.objects.create(member=member, released=100)
    _tell_journey(cast.author)
    _tell_journey(cast.other_member)
    mute(cast.author, cast.other_member)
    prepare_if_due()
    parts = {
        **_account(cast) | _journey(cast.author),
        **_words(cast),
        **_papers(cast.host),
        **people(cast),
        **guides(),
        **services_and_desk(cast.host),
        **public_stories(cast.host),
    }
    checked = f"?service={parts['directory:desk_service']['service_id']}"
    return Furnished(cast, parts, {"journeys:word": "?of=kind.miscarriage_late", "directory:check": checked})


def _papers(host: Member) -> dict[str, dict[str, Any]]:
    """A report that was published, a line in the log of disclosures, and what the host may write."""
    year = timezone.localdate().year
    write_text(key_of(year - 1), as_csv(report_of(year - 1)), by=host, role="the trustee who answers for it")
    asked = Disclosed(datetime.date(year - 1, 5, 3), "a court", "an order", "a name", given=False, member_told="no")
    write_down_disclosure(asked, by=host)
    return {
        "library:country": {"code": "gb"},
        "web:rules_at": {"number": 1},
        "numbers:pair": {"table": "kind-now"},
        **{f"moderation:{door}": {"slug": "dpia"} for door in ("assessment", "assessment_text")},
        **{f"moderation:{door}": {"slug": "life"} for door in ("route", "write")},
        **{f"moderation:{door}": {"year": year} for door in ("transparency", "transparency_csv")},
        **{f"moderation:{door}": {"year": year - 1} for door in ("published_year", "published_csv")},
    }


def _account(cast: Cast) -> dict[str, dict[str, Any]]:
    author = cast.author
    passkey = Passkey.objects.create(member=author, credential="c2hlbGw", public_key=b"", label="a telephone")
    ask_for_email(author, "maud@example.org")
    link = re.search(r"/me/email/(.+)/\n", mail.outbox[-1].body + "\n")
    assert link is not None
    keep_email(author, "maud@example.org")
    return {
        "members:passkey_remove": {"ref": passkey.ref},
        "members:take_consent_back": {"purpose": Purpose.JOURNEY.value},
        "members:email_link": {"token": link[1]},
        "members:leave_now": {"how": "everything"},
        "audience:unblock": {"ref": cast.blocked.ref},
        "audience:unmute": {"ref": cast.other_member.ref},
        "audience:unchoose": {"ref": cast.same_ring.ref},
    }


def _tell_journey(member: Member) -> None:
    agree(member, set(Purpose))
    tell_of_self(member, country="GB", word=ChildWord.BABY)
    for facet, key in (("relation", "carried"), ("path", "ivf"), ("now", "first_weeks"), ("faith", "humanist")):
        answer(member, FACET[facet], Given(frozenset({key}), words="in words of my own"))
    told = {"kind": Given(frozenset({"miscarriage_late"})), "how": Given(frozenset({"gave_birth"}))}
    keep_loss(
        member, fields={"year": 2024, "month": 3, "weeks": 20, "name": "Ash", "words": "In spring."}, answers=told
    )


def _journey(author: Member) -> dict[str, dict[str, Any]]:
    move = move_on(author, "pregnant", tell_chosen=True)
    loss, fact = Loss.objects.get(member=author), Fact.objects.filter(member=author, facet="relation").earliest("pk")
    return {
        "journeys:step": {"slug": "paths"},
        "journeys:loss_edit": {"pk": loss.pk},
        "journeys:loss_remove": {"pk": loss.pk},
        "journeys:fact_remove": {"pk": fact.pk},
        "journeys:moved": {"pk": move.pk},
        "journeys:undo": {"pk": move.pk},
        "journeys:news": {"ref": News.objects.written_by(author).get().ref},
    }


def _told(by: Member, title: str, show_to: ShowTo = ShowTo.MEMBERS, text: str = "It was in spring.") -> Story:
    facts = FACTS if by.first_texts.released else frozenset()
    sharing = Sharing(show_to, notes=NOTES, facts=facts)
    return share(begin(by=by, title=title, text=text), by=by, sharing=sharing)


def _words(cast: Cast) -> dict[str, dict[str, Any]]:
    """Stories and answers of every state: open, among members, begun, waiting, hidden."""
    author, other = cast.author, cast.other_member
    hers, open_to_all = _told(author, "The harbour"), _told(author, "For whoever reads", ShowTo.EVERYONE)
    near = _told(other, "Twenty weeks")
    begin(by=author, title="Begun", text="I do not know yet")
    answered = answer_story(near, by=author, text="I read this twice.", notes=NOTES)
    answer_story(hers, by=other, text="So did I.")
    _on_her_terms(hers, other)
    react(hers, by=other, word=ReactionWord.WITH_YOU, said=True)
    put_name(hers, by=other, word=ReactionWord.WITH_YOU, named=True)
    quoted(hers, other, "It was in spring.", "Here it was autumn.")
    chapter = _goes_on(cast, hers, near)
    FirstTexts.objects.create(member=cast.same_ring, released=0)
    first = _told(cast.same_ring, "A first text")
    return {
        **{f"stories:{door}": {"ref": hers.ref} for door in (*HER_STORY, *OF_A_STORY)},
        **{f"stories:{door}": {"ref": chapter.ref} for door in OF_A_CHAPTER},
        **{f"stories:{door}": {"ref": answered.ref} for door in OF_AN_ANSWER},
        **_cases(cast, answered, first),
        **_objection(cast),
        **reading_together(cast, chapter.story),
        **photo_in(hers),
        **pictures_in(cast, hers, chapter),
        **_pointing_at(open_to_all),
    }


def _goes_on(cast: Cast, hers: Story, near: Story) -> Chapter:
    """How two stories go on: one answered, one with what somebody asked not to meet, one for the author alone."""
    author, other = cast.author, cast.other_member
    follow(hers, by=other, follows=True)
    first, second, third = (
        begin_chapter(story, by=by, title=title, text="It was in autumn.", year=2025, month=9, day=None)
        for story, by, title in (
            (hers, author, "A year later"),
            (hers, author, "For me alone"),
            (near, other, "Expecting again"),
        )
    )
    share_chapter(first, by=author, sharing=Sharing(ShowTo.MEMBERS))
    share_chapter(second, by=author, sharing=Sharing(ShowTo.ONLY_ME))
    share_chapter(third, by=other, sharing=Sharing(ShowTo.MEMBERS, notes=NOTES))
    answer_story(first, by=other, text="And here you are.")
    return first


def _on_her_terms(story: Story, other: Member) -> None:
    """What the story asks for, a day that comes near, and an answer that its author has hidden."""
    author = story.author
    assert author is not None
    asked = {"asking": asking_of([Asking.EXPERIENCE, Asking.HOPE]), "until": now_us() + 3 * DAY, "until_told": 1}
    Story.objects.written_by(author).filter(pk=story.pk).update(**asked)
    hide_answer(answer_story(story, by=other, text="Put it behind you."), by=author, hidden=True)


def _pointing_at(story: Story) -> dict[str, dict[str, Any]]:
    thing = {"kind": "stories.story", "ref": story.ref}
    of_greeters = ("moderation:greet", "moderation:give_back", "moderation:pass_on")
    of_readers = ("moderation:report", "moderation:reported", "moderation:hide_such", "moderation:say_inside")
    return dict.fromkeys((*of_readers, "audience:block_writer", "stories:quote", *of_greeters), thing)


def _cases(cast: Cast, answered: Answer, first: Story) -> dict[str, dict[str, Any]]:
    """An open case, which the moderator reads; one that waits; and one that was decided."""
    report(answered, by=cast.other_member, reason="unmasks", words="It names my town.")
    hidden = _told(cast.author, "Hidden", text="Ask the one in the shop.")
    report(hidden, by=cast.other_member, reason="cruel")
    read, decided = (
        Case.objects.get(kind=kind, thing_id=pk)
        for kind, pk in (("stories.answer", answered.pk), ("stories.story", hidden.pk))
    )
    for case in (read, decided):
        open_case(case, moderator=cast.moderator)
    thing = thing_of(decided, cast.moderator)
    assert thing is not None
    decision = decide(
        decided,
        moderator=cast.moderator,
        ruling=Ruling(Act.ASK, "names", "It names somebody."),
        seen=thing.touched_at,
    )
    waits = Case.objects.get(kind="stories.story", thing_id=first.pk)
    return {
        "moderation:case": {"ref": read.ref},
        "moderation:decide": {"ref": read.ref},
        "moderation:open": {"ref": waits.ref},
        "moderation:take_back": {"pk": decision.pk},
        "moderation:again": {"pk": decision.pk},
        "moderation:statement": {"pk": decision.pk},
        "moderation:object": {"pk": decision.pk},
        "moderation:telling_propose": {"ref": read.ref},
        "moderation:telling_answer": {"ref": read.ref},
        **_telling(cast, decided),
        **_keepers(cast, read),
    }


def _keepers(cast: Cast, read: Case) -> dict[str, dict[str, Any]]:
    """What the moderator has beside the cases: texts under one story, a note to herself, a concern of hers."""
    under = _told(cast.other_member, "Twenty-one weeks")
    for text in ("I am here.", "I read this at night.", "Thank you for telling it."):
        waiting = answer_story(under, by=cast.same_ring, text=text)
    head = Case.objects.get(kind="stories.answer", thing_id=waiting.pk)
    note = note_down(cast.moderator, "The one about the harbour stays with me.")
    about = [Account(cast.author.pk, named=False)]
    concern = raise_concern(read, by=cast.moderator, words="Two dates that do not fit.", about=about)
    of_case, of_group = {"ref": read.ref}, {"ref": head.ref}
    return {
        **{f"moderation:{door}": of_case for door in ("hand_on", "ask_second", "opinion", "raise_concern")},
        **{f"moderation:{door}": of_group for door in ("group", "group_open", "group_decide", "group_hand_on")},
        **{f"moderation:concern{door}": {"ref": concern.ref} for door in ("", "_read", "_leave", "_close")},
        "moderation:note_delete": {"pk": note.pk},
    }


def _objection(cast: Cast) -> dict[str, dict[str, Any]]:
    """A warning to which its writer objects."""
    story = _told(cast.author, "Warned", text="It was colder than they had said.")
    case = report(story, by=cast.other_member, reason="cruel")
    open_case(case, moderator=cast.moderator)
    decision = decide(
        case, moderator=cast.moderator, ruling=Ruling(Act.WARN, "kind", "It lays blame."), seen=story.touched_at
    )
    appeal = object_to(decision, by=cast.author, words="I wrote it to myself.")
    return {f"moderation:{door}": {"pk": appeal.pk} for door in ("appeal", "appeal_open", "appeal_hear")}


def _telling(cast: Cast, case: Case) -> dict[str, dict[str, Any]]:
    """That the author was told of a threat."""
    row = Telling.objects.create(case=case, told=cast.author, words="Somebody wrote a threat.", agreed_at=now_us())
    return {"moderation:told": {"pk": row.pk}}
