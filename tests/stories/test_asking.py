"""What a person asks of those who answer her."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.stories.actions.answering import answer
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.asking import Asking, asked_by, asking_in_words, mask_of
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def asks(story: Story, *what: Asking) -> Story:
    story.asking = mask_of(what)
    story.save(update_fields=["asking"])
    return story


def test_what_is_asked_for_is_a_sentence_with_her_name_or_none(cast: Cast) -> None:
    story = asks(told(cast.author, MEMBERS), Asking.HEARD)
    assert asking_in_words(story, mine=False) == "Maud asks only to be heard."
    assert asking_in_words(story, mine=True) == "You ask for: Only to be heard"
    asks(story, Asking.HEARD, Asking.EXPERIENCE, Asking.HOPE)
    assert asking_in_words(story, mine=False) == "Maud asks to be heard, for your experience and for hope."
    asks(story)
    assert asking_in_words(story, mine=False) == asking_in_words(story, mine=True) == ""
    unsigned = asks(told(cast.author, MEMBERS, signed=False), Asking.PRACTICAL, Asking.INFORMATION)
    said = "Who told this asks for information and for something practical."
    assert asking_in_words(unsigned, mine=False) == said


def test_it_stands_at_the_top_and_above_the_box_of_who_answers(cast: Cast) -> None:
    story = asks(told(cast.author, EVERYONE, text="It was a Tuesday."), Asking.HEARD)
    page = signed_in(cast.other_member).get(f"/stories/{story.ref}/").content.decode()
    assert page.count("Maud asks only to be heard.") == 2
    assert page.rindex("Maud asks only to be heard.") < page.index("Your answer")
    assert page.index("Maud asks only to be heard.") < page.index("It was a Tuesday.")
    assert Client().get(f"/stories/{story.ref}/").content.decode().count("Maud asks only to be heard.") == 1
    hers = signed_in(cast.author).get(f"/stories/{story.ref}/").content.decode()
    assert "You ask for: Only to be heard" in hers
    assert "Maud asks" not in hers


def test_she_chooses_and_changes_it_where_she_chooses_who_sees_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client, address = signed_in(cast.author), f"/stories/{story.ref}/share/"
    choices: dict[str, Any] = {"show_to": "members", "signed": "yes", "answers_from": "all"}
    client.post(address, {**choices, "asking": ["experience", "hope"]})
    story.refresh_from_db()
    assert asked_by(story) == [Asking.EXPERIENCE, Asking.HOPE]
    assert story.is_live
    page = client.get(address).content.decode()
    ticked = [one for one in Asking if "checked" in page.split(f'value="{one.value}"')[1].split(">")[0]]
    assert ticked == [Asking.EXPERIENCE, Asking.HOPE]
    client.post(address, choices)
    story.refresh_from_db()
    assert asked_by(story) == []
    assert client.post(address, {**choices, "asking": ["praise"]}).status_code == 200
    story.refresh_from_db()
    assert asked_by(story) == []


def test_it_goes_with_her_words_and_with_her_name(cast: Cast) -> None:
    kept = share(
        asks(told(cast.author, MEMBERS), Asking.HEARD),
        by=cast.author,
        sharing=Sharing(ShowTo.MEMBERS, asking=mask_of([Asking.HEARD])),
    )
    answer(kept, by=cast.other_member, text="with you")
    take_back(kept, by=cast.author, keep_answers=True)
    assert asking_in_words(kept, mine=False) == ""
    signed, unsigned = (asks(told(cast.author, MEMBERS, signed=signed), Asking.HOPE) for signed in (True, False))
    leave(cast.author, Farewell.LEAVE_WORDS)
    for story, words in ((signed, ""), (unsigned, "Who told this asks for hope.")):
        story.refresh_from_db()
        assert asking_in_words(story, mine=False) == words
