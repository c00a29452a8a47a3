"""What a text plainly has inside."""

from __future__ import annotations

import pytest

from leeward.audience.notes import NOTE
from leeward.language.inside import inside, inside_clues


def notes(text: str) -> set[str]:
    return {one.note for one in inside(text)}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("I'm pregnant, nine weeks, and waiting for the sky to fall.", "pregnancy_current"),
        ("My sister is pregnant and I found out from a group chat.", "pregnancy_current"),
        ("BFP at 9dpo", "pregnancy_announcement"),
        ("He's kept the scan picture in his wallet.", "ultrasound"),
        ("We terminated at 19 weeks because of his heart.", "termination"),
        ("I want to be dead and with her.", "suicide_self_harm"),
        ("He pushed me down the stairs.", "abuse_violence"),
        ("They had to do a hysterectomy.", "hysterectomy"),
    ],
)
def test_what_is_plainly_inside_is_found_whosever_it_is(text: str, note: str) -> None:
    assert note in notes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I was pregnant for seventeen weeks, and then I was not.",
        "I am not pregnant.",
        "I was expecting worse weather.",
        "I could have killed the man for that remark.",
        "There won't be a baby shower.",
        "My contract was terminated the week after.",
        "I don't drink and I don't pray.",
    ],
)
def test_what_is_a_memory_denied_or_a_manner_of_speaking_is_not(text: str) -> None:
    assert notes(text) == set()


def test_every_note_but_none_else_has_rules() -> None:
    index = inside_clues("en").index
    keys = {place.key for places in (*index.whole.values(), *index.stems.values()) for place in places}
    assert keys == set(NOTE)


def test_the_words_stand_where_it_says() -> None:
    text = "On Friday. İ We had a hysterectomy."
    (found,) = inside(text)
    assert text[found.start : found.end] == found.words == "hysterectomy"
