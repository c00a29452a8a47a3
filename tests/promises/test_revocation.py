"""A letter is worded at the moment of sending: what was taken away between queueing and sending goes nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from leeward.audience.actions import block, mute, put_aside, set_shield
from leeward.audience.models import MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.publishing import hold, publish, show_to, withdraw
from leeward.kit.moments import now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.moderation.actions import report
from leeward.moderation.models import Act
from leeward.notifications.actions import choose_kinds, tell
from leeward.notifications.deliver import deliver_letters
from leeward.notifications.models import Letter, LetterState
from leeward.stories.actions.answering import answer, take_answer_back
from leeward.stories.actions.own_terms import hide_answer
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.notifications.letterbox import Letterbox, open_letterbox
from tests.stories.telling import told

Change = Callable[[Cast, Story, Answer], object]


@pytest.fixture
def letterbox(settings: object) -> Iterator[Letterbox]:
    with open_letterbox(settings) as box:
        yield box


@pytest.fixture
def queued(cast: Cast, letterbox: Letterbox, settings) -> tuple[Story, Answer]:
    """The author's story, answered, with a letter to her waiting."""
    settings.FIRST_TEXTS_READ = 0
    cast.author.email = "maud@example.org"
    cast.author.save()
    story = told(cast.author, MEMBERS)
    made = answer(story, by=cast.other_member, text="with you", notes=NOTE["faith"].bit)
    assert Letter.objects.get().state == LetterState.WAITING
    return story, made


def forget_address(cast: Cast) -> None:
    cast.author.email = ""
    cast.author.save()


def moderate(cast: Cast, made: Answer) -> None:
    report(made, by=cast.same_ring, reason="cruel")
    decided(case_about(made), cast.moderator, Act.REMOVE)


def expire(made: Answer) -> None:
    made.until = now_us()
    made.save(update_fields=["until"])


REVOKED: dict[str, Change] = {
    "its writer takes the answer back": lambda cast, story, made: take_answer_back(made, by=cast.other_member),
    "it is held": lambda cast, story, made: hold(made),
    "it is withdrawn": lambda cast, story, made: withdraw(made),
    "a moderator removes it": lambda cast, story, made: moderate(cast, made),
    "it is past its date": lambda cast, story, made: expire(made),
    "the reader hides it under her story": lambda cast, story, made: hide_answer(made, by=cast.author, hidden=True),
    "the reader blocks the writer": lambda cast, story, made: block(cast.author, cast.other_member),
    "the writer blocks the reader": lambda cast, story, made: block(cast.other_member, cast.author),
    "the reader mutes the writer": lambda cast, story, made: mute(cast.author, cast.other_member),
    "the reader puts it aside": lambda cast, story, made: put_aside(cast.author, made),
    "the reader shields herself": lambda cast, story, made: set_shield(cast.author, NOTE["faith"].bit),
    "the reader switches the kind off": lambda cast, story, made: choose_kinds(
        cast.author, {"stories.answer": (True, False)}
    ),
    "the reader removes her address": lambda cast, story, made: forget_address(cast),
    "the reader has read it": lambda cast, story, made: signed_in(cast.author).get("/bell/"),
    "the story is gone": lambda cast, story, made: take_back(story, by=cast.author, keep_answers=False),
    "the writer leaves": lambda cast, story, made: leave(cast.other_member, Farewell.TAKE_ALL),
    "the reader leaves": lambda cast, story, made: leave(cast.author, Farewell.TAKE_ALL),
}


def test_the_letter_would_have_gone(cast: Cast, queued: tuple[Story, Answer], letterbox: Letterbox) -> None:
    deliver_letters()
    assert len(letterbox.letters) == 1


@pytest.mark.parametrize("change", REVOKED.values(), ids=REVOKED)
def test_no_letter_goes_when(cast: Cast, queued: tuple[Story, Answer], letterbox: Letterbox, change: Change) -> None:
    change(cast, *queued)
    done = deliver_letters()
    assert letterbox.letters == []
    assert done.sent == 0
    assert not Letter.objects.filter(state=LetterState.WAITING).exists()


def test_a_reader_who_lost_the_story_gets_no_letter_about_what_is_inside(cast: Cast, letterbox: Letterbox) -> None:
    cast.other_member.email = "tobias@example.org"
    cast.other_member.save()
    story = told(cast.author, MEMBERS)
    made = Answer.objects.create(story=story, author=cast.same_ring, text="with you")
    publish(made)
    tell(cast.other_member, "stories.answer", made)
    show_to(story, [])
    deliver_letters()
    assert letterbox.letters == []


def test_the_outbox_holds_references_and_never_words() -> None:
    texts = {"TextField", "CharField", "JSONField"}
    holding = {field.name for field in Letter._meta.get_fields() if field.__class__.__name__ in texts}
    assert holding == {"claim"}
