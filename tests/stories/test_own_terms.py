"""Answers on the author's terms: closed and opened again, hidden and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import chosen_ring
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.members.belongings import all_belongings
from leeward.moderation.actions import report, settle
from leeward.moderation.models import Act
from leeward.notifications.models import Notice
from leeward.stories.actions.answering import MayNotAnswer, answer, change_answer, may_answer
from leeward.stories.actions.own_terms import close_answers, hide_answer
from leeward.stories.answers import answers_page
from leeward.stories.greeting import unanswered_first_stories
from leeward.stories.models import Answer, AnswersFrom, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE)


@pytest.fixture
def made(cast: Cast, story: Story) -> Answer:
    return answer(story, by=cast.other_member, text="said by Tobias")


def page_of(story: Story, client: Client) -> str:
    return client.get(f"/stories/{story.ref}/").content.decode()


def test_closed_answers_stay_and_no_new_one_comes(cast: Cast, story: Story, made: Answer) -> None:
    client = signed_in(cast.author)
    assert "Close the answers" in page_of(story, client)
    client.post(f"/stories/{story.ref}/close/", {"close": "1"})
    story.refresh_from_db()
    assert not may_answer(story, cast.other_member)
    with pytest.raises(MayNotAnswer):
        answer(story, by=cast.other_member, text="more")
    for reader in (Client(), signed_in(cast.host)):
        page = page_of(story, reader)
        assert "The answers are closed. Those that are here stay." in page
        assert "said by Tobias" in page
        assert 'name="text"' not in page
    assert change_answer(made, by=cast.other_member, text="said otherwise", notes=0).text == "said otherwise"
    assert may_answer(story, cast.author)


def test_opened_again_they_are_for_whom_they_were_before(cast: Cast) -> None:
    story = told(cast.author, chosen_ring(cast.author).pk, MEMBERS)
    Story.objects.written_by(cast.author).update(answers_from=AnswersFrom.CHOSEN)
    client = signed_in(cast.author)
    client.post(f"/stories/{story.ref}/close/", {"close": "1"})
    story.refresh_from_db()
    since = story.answers_closed_at
    client.post(f"/stories/{story.ref}/close/", {"close": "1"})
    story.refresh_from_db()
    assert story.answers_closed_at == since
    assert not may_answer(story, cast.same_ring)
    client.post(f"/stories/{story.ref}/close/", {"open": "1"})
    story.refresh_from_db()
    assert may_answer(story, cast.same_ring)
    assert not may_answer(story, cast.other_member)


def test_a_closed_first_story_calls_nobody_to_answer_it(cast: Cast, story: Story) -> None:
    assert story in unanswered_first_stories(cast.moderator)
    close_answers(story, by=cast.author, closed=True)
    assert story not in unanswered_first_stories(cast.moderator)


def test_nobody_closes_or_hides_under_another_persons_story(cast: Cast, story: Story, made: Answer) -> None:
    for other in (cast.host, cast.other_member, cast.moderator):
        with pytest.raises(PermissionError):
            close_answers(story, by=other, closed=True)
        with pytest.raises(PermissionError):
            hide_answer(made, by=other, hidden=True)
        client = signed_in(other)
        assert client.post(f"/stories/{story.ref}/close/", {"close": "1"}).status_code == 404
        assert client.get(f"/stories/{story.ref}/hidden/").status_code == 404
        for door in ("hide", "bring-back"):
            assert client.post(f"/answers/{made.ref}/{door}/").status_code == 404
    own = answer(story, by=cast.author, text="thank you")
    with pytest.raises(PermissionError):
        hide_answer(own, by=cast.author, hidden=True)


def test_a_hidden_answer_is_seen_by_its_writer_as_before_and_by_nobody_else(
    cast: Cast, story: Story, made: Answer
) -> None:
    writer = signed_in(cast.other_member)
    before = page_of(story, writer)
    assert Notice.objects.filter(member=cast.author).exists()
    signed_in(cast.author).post(f"/answers/{made.ref}/hide/")
    assert without_tokens(page_of(story, writer)) == without_tokens(before)
    for reader in (Client(), signed_in(cast.same_ring), signed_in(cast.host), signed_in(cast.author)):
        assert "said by Tobias" not in page_of(story, reader)
    assert not Notice.objects.filter(member=cast.other_member).exists()
    assert not Notice.objects.filter(member=cast.author).exists()
    assert "said by Tobias" in writer.get("/stories/mine/").content.decode()
    made.refresh_from_db()
    assert str(made.hidden_at) not in str(list(writer_takes_home(cast)))


def test_a_hidden_answer_that_is_changed_stays_hidden_and_rings_no_bell(
    cast: Cast, story: Story, made: Answer, settings: Any
) -> None:
    hide_answer(made, by=cast.author, hidden=True)
    settings.FIRST_TEXTS_READ = 3
    change_answer(made, by=cast.other_member, text="said otherwise", notes=0)
    settle(made)
    decided(case_about(made), cast.moderator, Act.RELEASE)
    assert is_visible_to(made, Viewer.member(cast.other_member))
    assert not is_visible_to(made, Viewer.stranger())
    assert not Notice.objects.filter(member=cast.author).exists()


def test_whoever_answers_reads_beforehand_that_it_can_be_hidden(cast: Cast, story: Story) -> None:
    assert "The author can hide it, and nobody is told of that." in page_of(story, signed_in(cast.host))


def test_she_reads_what_she_hid_on_a_page_of_its_own_and_brings_it_back(cast: Cast, story: Story, made: Answer) -> None:
    client = signed_in(cast.author)
    assert "Answers you have hidden" not in page_of(story, client)
    page = client.post(f"/answers/{made.ref}/hide/", follow=True).content.decode()
    assert "said by Tobias" in page
    assert "Answers you have hidden" in page_of(story, client)
    assert client.post(f"/answers/{made.ref}/bring-back/", follow=True).status_code == 200
    assert "said by Tobias" in page_of(story, Client())
    assert "said by Tobias" not in client.get(f"/stories/{story.ref}/hidden/").content.decode()


def test_what_she_hid_can_still_be_reported_and_read_by_a_moderator(cast: Cast, story: Story, made: Answer) -> None:
    hide_answer(made, by=cast.author, hidden=True)
    assert signed_in(cast.author).get(f"/report/stories.answer/{made.ref}/").status_code == 200
    assert decided(report(made, by=cast.author, reason="cruel"), cast.moderator, Act.REMOVE).act == Act.REMOVE


def test_a_hidden_answer_counts_for_nothing(cast: Cast, story: Story, made: Answer, settings: Any) -> None:
    settings.PUBLIC_INDEXING = True
    assert story not in unanswered_first_stories(cast.moderator)
    assert "noindex" in Client().get(f"/stories/{story.ref}/")["X-Robots-Tag"]
    hide_answer(made, by=cast.author, hidden=True)
    assert story in unanswered_first_stories(cast.moderator)
    assert Client().get(f"/stories/{story.ref}/")["X-Robots-Tag"] == "all"
    assert answers_page(story, Viewer.member(cast.host)).answers == []
    assert "Nobody has answered yet." in page_of(story, Client())


def test_who_blocks_or_leaves_finds_it_neither_in_the_list_nor_shown(cast: Cast, story: Story, made: Answer) -> None:
    hide_answer(made, by=cast.author, hidden=True)
    Answer.objects.written_by(cast.other_member).update(author=None)
    made.refresh_from_db()
    assert is_visible_to(made, Viewer.member(cast.author))
    assert not is_visible_to(made, Viewer.stranger())
    Story.objects.written_by(cast.author).update(author=None)
    assert not is_visible_to(made, Viewer.member(cast.author))


def without_tokens(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def writer_takes_home(cast: Cast) -> list[Any]:
    return [row for one in all_belongings() if one.key == "answers" for row in one.export(cast.other_member)]
