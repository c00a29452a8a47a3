"""Words are never lost: what she began to answer, or what could not be taken, is kept for her and put back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.kit.moments import DAY
from leeward.members.belongings import all_belongings
from leeward.members.models import Unsent
from leeward.members.tending import tend
from leeward.stories.actions.answering import answer as has_answered
from leeward.stories.actions.answering import take_answer_back
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.paces import ANSWERS
from leeward.stories.views import answering
from tests.conftest import Cast, signed_in
from tests.members.people import hidden, text_of
from tests.reading import reader
from tests.stories.telling import told, went_on

WORDS = "Ours was in March. I have not said this to anyone."
KEEP = "/me/unsent/keep/"


@pytest.fixture(autouse=True)
def _read(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, MEMBERS, text="It rained the whole week.")


@pytest.fixture
def client(cast: Cast) -> Client:
    """The browser of somebody who answers."""
    return signed_in(cast.other_member)


def door(story: Story) -> str:
    return f"/stories/{story.ref}/answer/"


def keep(client: Client, to: str, text: str = WORDS, stamp: int = 0, **more: object) -> Any:
    return client.post(KEEP, {"to": to, "page": "/stories/", "text": text, "unsent": stamp, **more})


def kept(cast: Cast) -> list[str]:
    rows = Unsent.objects.filter(member=cast.other_member).order_by("touched_at")
    return [row.fields["text"][0] for row in rows]


def test_what_she_began_is_put_back_with_her_choices_and_can_be_put_away(
    cast: Cast, client: Client, story: Story
) -> None:
    keep(client, door(story), unsigned="on", notes=["loss_detail", "pregnancy_current"], page=story.get_absolute_url())
    page = client.get(story.get_absolute_url())
    assert f">\n{WORDS}</textarea>" in text_of(page)
    for ticked in ('name="unsigned"', 'value="loss_detail"', 'value="pregnancy_current"'):
        assert re.search(rf"<input[^>]*{ticked}[^>]* checked", text_of(page)), ticked
    assert len(re.findall(r"<input[^>]* checked", text_of(page))) == 3
    assert "Here is what you wrote and have not sent yet" in text_of(page)
    begun = text_of(client.get("/me/unsent/"))
    assert WORDS in begun
    assert f'href="{story.get_absolute_url()}"' in begun
    assert "What you began to write, and have not sent" in text_of(client.get("/stories/mine/"))
    away = client.post("/me/unsent/", {"to": door(story), "next": story.get_absolute_url()})
    assert away["Location"] == story.get_absolute_url()
    assert WORDS not in text_of(client.get(story.get_absolute_url()))
    assert kept(cast) == []


def test_only_she_sees_it(cast: Cast, client: Client, story: Story) -> None:
    keep(client, door(story))
    for other in (cast.author, cast.same_ring, cast.moderator, cast.host):
        theirs = signed_in(other)
        assert WORDS not in text_of(theirs.get(story.get_absolute_url()))
        assert WORDS not in text_of(theirs.get("/me/unsent/"))
        theirs.post("/me/unsent/", {"to": door(story)})
    assert kept(cast) == [WORDS]


def test_what_is_sent_is_forgotten_and_what_another_tab_keeps_is_not(cast: Cast, client: Client, story: Story) -> None:
    stamp = keep(client, door(story)).json()["unsent"]
    client.post(door(story), {"text": "From the other tab, which knew of nothing.", "unsent": 0})
    assert kept(cast) == [WORDS]
    client.post(door(story), {"text": WORDS + " Now I have.", "unsent": stamp})
    assert kept(cast) == []
    assert Answer.objects.written_by(cast.other_member).count() == 2


def test_of_two_tabs_neither_overwrites_the_other_in_silence(cast: Cast, client: Client, story: Story) -> None:
    first = keep(client, door(story), "in the first tab").json()["unsent"]
    refused = keep(client, door(story), "in the second tab")
    assert refused.status_code == 409
    assert "Nothing was overwritten" in refused.json()["message"]
    second = keep(client, door(story), "in the first tab, and more", first).json()["unsent"]
    assert second > first
    assert keep(client, door(story), "in the second tab", first).status_code == 409
    assert kept(cast) == ["in the first tab, and more"]


def test_what_comes_late_after_it_was_sent_begins_nothing_anew(cast: Cast, client: Client, story: Story) -> None:
    stamp = keep(client, door(story)).json()["unsent"]
    client.post(door(story), {"text": WORDS, "unsent": stamp})
    assert keep(client, door(story), WORDS[:20], stamp).status_code == 409
    assert kept(cast) == []


def test_an_emptied_box_keeps_nothing(cast: Cast, client: Client, story: Story) -> None:
    assert keep(client, door(story), " ", unsigned="on").json() == {"unsent": 0}
    stamp = keep(client, door(story)).json()["unsent"]
    assert keep(client, door(story), "", stamp).json() == {"unsent": 0}
    assert kept(cast) == []


def too_often(cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(ANSWERS.steps[0][0]):
        has_answered(story, by=cast.other_member, text=f"one of very many, {number}")


def taken_back(cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    take_back(story, by=cast.author, keep_answers=False)


def suspended(cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    type(cast.author).objects.filter(pk=cast.other_member.pk).update(suspended_at=timezone.now())


def ended(cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    type(cast.author).objects.filter(pk=cast.other_member.pk).update(
        suspended_at=timezone.now(), ended_at=timezone.now()
    )


def broken(cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(answering, "write_answer", fail)


@pytest.mark.parametrize(
    ("happens", "status"),
    [(too_often, 429), (taken_back, 404), (suspended, 422), (ended, 403), (broken, 500)],
)
def test_whatever_happens_meanwhile_her_words_are_on_the_page_that_says_so(
    cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch, happens: Callable[..., None], status: int
) -> None:
    client = signed_in(cast.other_member)
    client.raise_request_exception = False
    happens(cast, story, monkeypatch)
    answer = client.post(door(story), {"text": WORDS, "unsent": 0})
    assert answer.status_code == status
    assert WORDS in text_of(answer)
    assert (kept(cast) == [WORDS]) == (happens is not ended)  # nothing is taken from her any more: it says so


def test_words_at_which_she_looks_again_are_kept_while_she_does(cast: Cast, client: Client, story: Story) -> None:
    hurts = "So sorry. {at least you know you can} All my thoughts."
    page = client.post(door(story), {"text": hurts, "unsent": 0})
    assert "Nothing has been sent yet" in text_of(page)
    assert kept(cast) == [hurts]
    stamp = int(hidden(page, "unsent"))
    assert keep(client, door(story), "So sorry.", stamp).status_code == 200
    client.post(door(story), {"text": "So sorry.", "unsent": Unsent.objects.get().touched_at})
    assert kept(cast) == []


def test_a_draft_that_is_shown_already_is_kept_beside_it_while_it_is_changed(cast: Cast) -> None:
    story = told(cast.other_member, MEMBERS, text="as it is shown")
    client, path = signed_in(cast.other_member), f"/stories/{story.ref}/write/"
    page = client.get(path)
    assert 'data-keep-url="/me/unsent/keep/"' in text_of(page)
    stamp = keep(client, path, "as it will be").json()["unsent"]
    page = client.get(path)
    assert ">\nas it will be</textarea>" in text_of(page)
    client.post(path, {"text": "as it will be", "stamp": hidden(page, "stamp"), "unsent": stamp})
    story.refresh_from_db()
    assert (story.text, kept(cast)) == ("as it will be", [])


def test_a_part_an_answer_and_its_change_keep_theirs_too(cast: Cast, client: Client, story: Story) -> None:
    part = went_on(story, MEMBERS)
    made = has_answered(story, by=cast.other_member, text="as sent")
    for path, shown_on in (
        (f"/chapters/{part.ref}/answer/", story.get_absolute_url()),
        (f"/answers/{made.ref}/change/", f"/answers/{made.ref}/change/"),
    ):
        stamp = keep(client, path).json()["unsent"]
        assert f'value="{stamp}"' in text_of(client.get(shown_on))
        assert WORDS in text_of(client.get(shown_on))
    take_answer_back(made, by=cast.author)
    assert WORDS in text_of(client.get("/me/unsent/"))


def test_nothing_is_kept_for_other_doors_nor_without_end(client: Client, story: Story) -> None:
    for to in ("/nowhere/", "/me/passphrase/", "/sign-in/", f"/stories/{story.ref}/word/", "x" * 300, ""):
        assert keep(client, to).status_code == 400, to
    assert keep(client, door(story), "x" * 100_001).status_code == 400
    assert keep(client, door(story)).status_code == 200
    for number in range(70):
        keep(client, f"/stories/none{number}/answer/")
    assert Unsent.objects.count() == 60
    assert keep(Client(), door(story)).status_code == 403


def test_what_nobody_goes_on_with_goes_after_thirty_days(client: Client, cast: Cast, story: Story) -> None:
    keep(client, door(story))
    Unsent.objects.update(touched_at=Unsent.objects.get().touched_at - 29 * DAY)
    assert tend()["unsent"] == 0
    Unsent.objects.update(touched_at=Unsent.objects.get().touched_at - 2 * DAY)
    assert tend()["unsent"] == 1
    assert kept(cast) == []


def test_a_story_with_many_parts_asks_once_for_what_she_began(client: Client, cast: Cast, story: Story) -> None:
    for number in range(4):
        went_on(story, MEMBERS, title=f"part {number}")
    with CaptureQueriesContext(connection) as asked:
        client.get(story.get_absolute_url())
    assert len([query for query in asked if "members_unsent" in str(query["sql"])]) <= 1
    with CaptureQueriesContext(connection) as asked:
        Client().get(told(cast.author, EVERYONE).get_absolute_url())
    assert not [query for query in asked if "members_unsent" in str(query["sql"])]


def test_what_was_told_meanwhile_is_not_changed_by_what_comes_late(cast: Cast) -> None:
    client = signed_in(cast.author)
    begun = client.post("/stories/keep/", {"text": "as kept"}).json()
    story: Story = Story.objects.written_by(cast.author).get(ref=begun["ref"])
    share(story, by=cast.author, sharing=Sharing(show_to=ShowTo.MEMBERS))
    late = client.post("/stories/keep/", {"text": "as kept, and half a sen", **begun})
    assert late.status_code == 400
    story.refresh_from_db()
    assert (story.text, story.is_live) == ("as kept", True)
    page = client.post("/stories/tell/", {"text": "as kept, and more", **begun})
    story.refresh_from_db()
    assert (page.status_code, story.text, story.is_live) == (302, "as kept, and more", True)


def test_a_part_is_kept_while_its_date_needs_another_look(cast: Cast, story: Story) -> None:
    client = signed_in(cast.author)
    to = f"/stories/{story.ref}/keep-chapter/"
    said = client.post(to, {"text": "A year later.", "year": "20", "day": "40"}).json()
    assert "needs another look" in said["message"]
    chapter = Chapter.objects.written_by(cast.author).get()
    assert (chapter.text, chapter.year) == ("A year later.", None)
    client.post(to, {"text": "A year later.", "year": "2025", **{name: said[name] for name in ("stamp", "ref")}})
    chapter.refresh_from_db()
    assert chapter.year == 2025


def test_her_copy_of_everything_has_what_she_began(client: Client, cast: Cast, story: Story) -> None:
    keep(client, door(story))
    rows = {one.key: list(one.export(cast.other_member)) for one in all_belongings()}
    assert WORDS in json.dumps(rows["unsent"])


def test_a_sign_that_no_database_takes_costs_no_word(client: Client, story: Story) -> None:
    assert keep(client, door(story), "Ours was\x00 in March.").status_code == 200
    assert Unsent.objects.get().fields["text"] == ["Ours was in March."]
    assert client.post("/me/unsent/", {"to": "/stories/\x00/answer/"}).status_code == 302
    assert keep(client, "/quote/\x00/abc/").status_code == 400
    Unsent.objects.all().delete()
    assert client.post(door(story), {"text": "Ours was\x00 in March."}).status_code == 422
    assert Unsent.objects.get().fields["text"] == ["Ours was in March."]
