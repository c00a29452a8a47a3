"""Nothing that a member asked not to meet appears through any door, and nothing else is kept from her.

Random members (by hand, preset from what they told, on a hard day), random things of others (notes ticked, brought by
facts or only suggested; writers muted, things put aside), and the real pages, bell and letters. What is exempt by
design stands in docs/promises.md.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from leeward.audience.actions import change_shield, say_today_is_hard
from leeward.audience.notes import NOTE, mask_of
from leeward.audience.shields import HARD_DAY
from leeward.journeys.presets import presets_for
from leeward.notifications.deliver import deliver_letters
from leeward.notifications.models import Letter, LetterState
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost
from tests.journeys.journeying import told as told_of
from tests.numbers.test_answers import published
from tests.promises.sparing import MASKS, OTHERS, Content, Others, Place, furnish

NOW = ("first_weeks", "trying", "pregnant_after_loss", "childless_not_by_choice", "long_ago")
NUMBERS = {("tfmr",): "termination", ("pregnant_after_loss",): "pregnancy_current"}
"""What is published, and the note that it brings."""
LABELS = {"termination": "Ended for medical reasons", "pregnancy_current": "Pregnant after loss"}


def page_of(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def found_of(client: Client, path: str, **said: str) -> str:
    return str(client.post(path, said).content.decode())


def lists_of(client: Client, place: Place) -> dict[str, str]:
    paths = ("/", "/stories/", "/near/", "/near/?more", f"/near/?to={place.mine.ref}", "/people/")
    pages = {path: page_of(client, path) for path in paths}
    pages["near by words"] = found_of(client, "/near/", words="harbour")
    return {**pages, "search": found_of(client, "/search/", q="harbour")}


def expected_shield(now: str, spare: int, show: int, *, hard: bool) -> int:
    rows = presets_for([("now", now), ("kind", "ectopic")])
    preset = mask_of(key for row in rows for key in row.notes)
    return ((preset | spare) & ~show) | (HARD_DAY if hard else 0)


def look_at_stories(client: Client, place: Place, pages: dict[str, str], shield: int) -> None:
    for turn, (content, story) in enumerate(place.stories):
        mark, spared = f"story{turn}x", content.is_unwished(shield)
        for path, page in pages.items():
            assert not (spared and mark in page), f"{path} shows {content}"
        for path in ("/stories/", "/near/", f"/near/?to={place.mine.ref}", "search"):
            assert (mark in pages[path]) == (not spared), f"{path}: {content}"
        closed = bool(content.notes & shield)
        for path in (story.get_absolute_url(), f"/near/?to={story.ref}"):
            assert (mark in page_of(client, path)) == (not closed), f"{path} by link: {content}"
        for door in ("moderation:report", "moderation:hide_such", "audience:block_writer"):
            page = page_of(client, reverse(door, args=["stories.story", story.ref]))
            assert not (closed and mark in page), door


def look_at_links(client: Client, place: Place, shield: int) -> None:
    for turn, (content, story) in enumerate(place.links):
        page = page_of(client, story.get_absolute_url())
        assert (f"story{turn}x" in page) == (not content.is_unwished(shield)), f"the card of {content}"


def look_at_chapters(client: Client, place: Place, pages: dict[str, str], shield: int) -> None:
    for turn, (content, chapter) in enumerate(place.chapters):
        mark, spared = f"chapter{turn}x", content.is_unwished(shield)
        for path, page in pages.items():
            assert not (spared and mark in page), f"{path} shows {content}"
        assert (mark in pages["search"]) == (not spared), f"search: {content}"
        closed = bool(content.notes & shield) or content.aside
        assert (mark in page_of(client, chapter.get_absolute_url())) == (not closed), f"by link: {content}"


def look_at_people(client: Client, place: Place, pages: dict[str, str], shield: int) -> None:
    for turn, (content, presence) in enumerate(place.people):
        name, spared = f"Person{turn}x", content.is_unwished(shield)
        for path, page in pages.items():
            assert not (spared and name in page), f"{path} shows {content}"
        for path in ("/near/", "search"):
            assert (name in pages[path]) == (not spared), f"{path}: {content}"
        by_link = page_of(client, presence.get_absolute_url())
        assert ("Ectopic pregnancy" in by_link) == (not content.notes & shield), f"by link: {content}"


def look_at_bell(client: Client, place: Place, shield: int) -> None:
    hers, bell = page_of(client, place.mine.get_absolute_url()), page_of(client, "/bell/")
    for turn, (content, answer) in enumerate(place.answers):
        spared = content.is_unwished(shield)
        assert (f"answer{turn}x" in hers) == (not spared), content
        quoted = f'<blockquote class="prose"><p>answer{turn}x' in hers
        assert quoted == (not spared), f"the quote of {content}"
        assert (f"#{answer.ref}" in bell) == (not spared), content
    for content, thing in (*place.people, *place.news):
        assert (thing.get_absolute_url() in bell) == (not content.is_unwished(shield)), content


def look_at_meeting(client: Client, place: Place, shield: int) -> None:
    """Between two who write with each other nothing is left out: it stands folded behind its note."""
    page = page_of(client, place.lines[0][1].meeting.get_absolute_url())
    folded = re.findall(r'<details class="content-note">.*?</details>', page, re.DOTALL)
    for turn, (content, _line) in enumerate(place.lines):
        mark = f"line{turn}x"
        assert mark in page
        assert any(mark in words for words in folded) == bool(content.notes & shield), content


def look_at_news(client: Client, place: Place, shield: int) -> None:
    for content, news in place.news:
        page = page_of(client, news.get_absolute_url())
        assert ('<details class="content-note">' in page) == bool(content.notes & shield), content


def look_at_numbers(client: Client, shield: int) -> None:
    page = page_of(client, "/numbers/")
    for note, label in LABELS.items():
        assert (label in page) == (not NOTE[note].bit & shield), note


def look_at_letters(place: Place, shield: int) -> None:
    deliver_letters()
    contents = {(thing._meta.label_lower, thing.pk): content for content, thing in _rung(place)}
    letters = list(Letter.objects.select_related("notice"))
    for letter in letters:
        content = contents[letter.notice.thing_kind, letter.notice.thing_id]
        assert (letter.state == LetterState.SENT) == (not content.is_unwished(shield)), content
    written = {(letter.notice.thing_kind, letter.notice.thing_id) for letter in letters}
    for thing, content in contents.items():
        assert thing in written or content.is_unwished(shield), f"no letter of {content}"


def _rung(place: Place) -> list[tuple[Content, Any]]:
    return [*place.answers, *place.people, *place.lines, *place.news]


@how(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a thing of each kind is small enough to read; to make it smaller takes minutes
)
@given(now=st.sampled_from(NOW), spare=MASKS, show=MASKS, hard=st.booleans(), others=OTHERS)
def test_nothing_unwished_appears_and_nothing_else_is_withheld(
    cast: Cast, settings: Any, *, now: str, spare: int, show: int, hard: bool, others: Others
) -> None:
    settings.LETTERS_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with transaction.atomic():
        reader = told_of(cast.other_member, now=[now])
        reader.email = "reader@example.org"
        reader.save()
        lost(reader, "ectopic")
        change_shield(reader, spare=spare & ~show, show=show)
        published("M", dict.fromkeys(NUMBERS, 5000))
        place = furnish(cast, others)
        if hard:
            say_today_is_hard(reader)
        look(signed_in(reader), place, expected_shield(now, spare & ~show, show, hard=hard))
        transaction.set_rollback(True)


def look(client: Client, place: Place, shield: int) -> None:
    look_at_letters(place, shield)
    pages = lists_of(client, place)
    assert all("of my own" in pages[path] for path in ("/stories/", "search")), "her own words always stay"
    look_at_stories(client, place, pages, shield)
    look_at_links(client, place, shield)
    look_at_chapters(client, place, pages, shield)
    look_at_people(client, place, pages, shield)
    look_at_bell(client, place, shield)
    look_at_meeting(client, place, shield)
    look_at_news(client, place, shield)
    look_at_numbers(client, shield)
