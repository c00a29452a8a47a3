"""How a story goes on: written, shown to its own audience, answered and taken back."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from leeward.audience.actions import put_aside, set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.publishing import show_to
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.belongings import Farewell, all_belongings
from leeward.moderation.actions import report
from leeward.moderation.models import Act
from leeward.search.models import IndexedDocument
from leeward.stories.actions.answering import MayNotAnswer, answer
from leeward.stories.actions.chapters import share_chapter, take_chapter_back
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.actions.writing import ChangedElsewhere, begin_chapter, write
from leeward.stories.audiences import CannotBeShownSo, Sharing, ShowTo, shown_to
from leeward.stories.ends import end_of
from leeward.stories.models import Answer, AnswersFrom, Chapter, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told, went_on

FAITH = NOTE["faith"].bit


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


def page_of(client: Client, story: Story, query: str = "") -> str:
    return str(client.get(story.get_absolute_url() + query).content.decode())


def test_its_author_goes_on_by_the_pages(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="The harbour")
    client = signed_in(cast.author)
    sent = {"title": "A year later", "text": "The boats are back.", "year": "2025", "month": "5", "day": ""}
    page = client.post(f"/stories/{story.ref}/go-on/", sent)
    chapter: Chapter = Chapter.objects.written_by(cast.author).get()
    assert page.headers["Location"] == f"/chapters/{chapter.ref}/share/"
    assert (chapter.state, chapter.year, chapter.month, chapter.day) == (State.DRAFT, 2025, 5, None)
    client.post(f"/chapters/{chapter.ref}/share/", {"show_to": "members", "answers_from": "all"})
    seen = page_of(signed_in(cast.other_member), story)
    places = [seen.index(words) for words in ("a story", "A year later", "May 2025", "The boats are back.")]
    assert places == sorted(places)
    assert "A year later" in client.get("/stories/mine/").content.decode()


def test_chapters_stand_in_the_order_in_which_they_were_begun(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    words = ("first words", "second words")
    earlier, later = (begin_chapter(story, by=cast.author, title="", text=text) for text in words)
    for chapter in (later, earlier):  # shown the other way round
        share_chapter(chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    seen = page_of(signed_in(cast.other_member), story)
    assert seen.index("first words") < seen.index("second words")


def test_a_second_click_is_no_second_chapter_and_of_two_tabs_the_second_is_told(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter, again = (begin_chapter(story, by=cast.author, title="", text="x") for _ in range(2))
    assert chapter == again
    stamp = chapter.touched_at
    write(chapter, by=cast.author, stamp=stamp, title="", text="in the first tab", year=2025)
    with pytest.raises(ChangedElsewhere):
        write(chapter, by=cast.author, stamp=stamp, title="", text="in the second tab", year=2025)
    page = signed_in(cast.author).post(
        f"/chapters/{chapter.ref}/write/", {"title": "", "text": "in the third", "year": "2024", "stamp": stamp}
    )
    assert page.status_code == 409
    assert "in the third" in page.content.decode()
    assert 'name="year" value="2024"' in page.content.decode()
    chapter.refresh_from_db()
    assert (chapter.text, chapter.year) == ("in the first tab", 2025)


def test_what_is_no_time_is_refused_and_nothing_lost(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    page = signed_in(cast.author).post(f"/stories/{story.ref}/go-on/", {"text": "kept here", "day": "3"})
    assert "For a day we need its month too." in page.content.decode()
    assert "kept here" in page.content.decode()


def test_new_words_of_a_shown_chapter_are_read_before_others_see_them(cast: Cast) -> None:
    chapter = went_on(told(cast.author, MEMBERS), MEMBERS)
    write(chapter, by=cast.author, stamp=chapter.touched_at, title="", text="changed")
    assert chapter.state == State.HELD
    assert not is_visible_to(chapter, Viewer.member(cast.other_member))


def test_a_moderator_removes_one_chapter_and_the_story_stays(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = went_on(story, MEMBERS, text="what is removed")
    report(chapter, by=cast.other_member, reason="cruel")
    assert case_about(chapter).around == [["stories.story", story.pk]]
    decided(case_about(chapter), cast.moderator, Act.REMOVE)
    assert "what is removed" not in page_of(signed_in(cast.other_member), story)
    assert "A moderator took this out of sight." in page_of(signed_in(cast.author), story)
    with pytest.raises(PermissionError):
        share_chapter(chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))


def test_nothing_on_the_page_tells_of_a_chapter_that_a_reader_may_not_see(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    shown = went_on(story, EVERYONE, title="what all may read")
    readers = [signed_in(cast.other_member), Client()]
    before = [page_of(client, story) for client in readers]
    hidden = went_on(story, title="for nobody", text="for nobody", notes=FAITH)
    after = [page_of(client, story) for client in readers]
    for old, new in zip(before, after, strict=True):
        assert "what all may read" in new
        assert shown.ref in new
        assert hidden.ref not in new
        assert _plain(old) == _plain(new)
    assert "for nobody" in page_of(signed_in(cast.author), story)


def _plain(page: str) -> list[str]:
    """Its lines, without what is drawn anew for each page."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_chapter_with_what_she_asked_not_to_meet_is_closed_until_she_opens_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="the beginning")
    chapter = went_on(story, MEMBERS, title="On Sunday", text="the priest came", notes=FAITH)
    answer(chapter, by=cast.same_ring, text="I sat beside you")
    set_shield(cast.other_member, FAITH)
    client = signed_in(cast.other_member)
    closed = page_of(client, story)
    assert "the beginning" in closed
    assert not any(words in closed for words in ("On Sunday", "the priest came", "I sat beside you"))
    opened = page_of(client, story, f"?chapter={chapter.ref}")
    assert all(words in opened for words in ("On Sunday", "the priest came", "I sat beside you"))


def test_a_chapter_that_she_put_aside_is_gone_for_her(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = went_on(story, MEMBERS, text="the priest came")
    put_aside(cast.other_member, chapter)
    assert chapter.ref not in page_of(signed_in(cast.other_member), story)


def test_an_answer_stands_under_its_chapter_and_leads_there(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = went_on(story, MEMBERS)
    client = signed_in(cast.other_member)
    page = client.post(f"/chapters/{chapter.ref}/answer/", {"text": "I read on", "as_it_is": "1"})
    made: Answer = Answer.objects.written_by(cast.other_member).get()
    assert (made.story_id, made.chapter_id) == (story.pk, chapter.pk)
    assert page.headers["Location"] == made.get_absolute_url()
    assert f"part={chapter.ref}" in made.get_absolute_url()
    seen = page_of(client, story)
    assert seen.index(f'id="{chapter.ref}"') < seen.index("I read on") < seen.index("Answers to the beginning")


def test_an_answer_that_cannot_go_comes_back_under_its_chapter_with_its_words(cast: Cast) -> None:
    chapter = went_on(told(cast.author, MEMBERS), MEMBERS)
    chapter.answers_from = AnswersFrom.NOBODY
    chapter.save()
    with pytest.raises(MayNotAnswer):
        answer(chapter, by=cast.other_member, text="x")
    page = signed_in(cast.other_member).post(f"/chapters/{chapter.ref}/answer/", {"text": ""})
    assert page.status_code == 422


def test_nobody_answers_a_chapter_that_she_may_not_see(cast: Cast) -> None:
    chapter = went_on(told(cast.author, MEMBERS))
    with pytest.raises(MayNotAnswer):
        answer(chapter, by=cast.other_member, text="x")
    assert signed_in(cast.other_member).post(f"/chapters/{chapter.ref}/answer/", {"text": "x"}).status_code == 404


def test_a_chapter_is_signed_as_its_story_is(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = begin_chapter(story, by=cast.author, title="", text="x")
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, signed=False))
    chapter.refresh_from_db()
    assert not chapter.signed
    share_chapter(chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    chapter.refresh_from_db()
    assert not chapter.signed
    assert cast.author.name not in page_of(signed_in(cast.other_member), story)
    made = answer(chapter, by=cast.author, text="from her")
    assert not made.signed
    with pytest.raises(CannotBeShownSo):
        share_chapter(chapter, by=cast.author, sharing=Sharing(ShowTo.CHOSEN))


def test_a_story_keeps_its_name_while_a_chapter_is_for_people_she_chose(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    share_chapter(
        begin_chapter(story, by=cast.author, title="", text="x"), by=cast.author, sharing=Sharing(ShowTo.CHOSEN)
    )
    with pytest.raises(CannotBeShownSo):
        share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, signed=False))
    sent = {"show_to": "members", "signed": "no", "answers_from": "all"}
    page = signed_in(cast.author).post(f"/stories/{story.ref}/share/", sent)
    assert "A chapter of it is for people you choose." in page.content.decode()


def test_a_chapter_is_shown_at_first_as_its_story_is(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    chapter = begin_chapter(story, by=cast.author, title="", text="x")
    page = signed_in(cast.author).get(f"/chapters/{chapter.ref}/share/").content.decode()
    assert shown_to(chapter)[0] is ShowTo.ONLY_ME
    assert page.index('value="everyone"') < page.index("checked") < page.index('value="all"')


def test_taking_a_chapter_back_takes_its_answers_and_search_rows_along(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter = went_on(story, MEMBERS)
    answer(chapter, by=cast.other_member, text="under it")
    answer(story, by=cast.other_member, text="under the beginning")
    rows = IndexedDocument.objects.filter(kind="stories.chapter")
    assert rows.count() == 1
    with pytest.raises(PermissionError):
        take_chapter_back(chapter, by=cast.other_member)
    signed_in(cast.author).post(f"/chapters/{chapter.ref}/take-back/")
    assert not rows.exists()
    assert not Chapter.objects.written_by(cast.author).exists()
    assert [made.text for made in Answer.objects.written_by(cast.other_member)] == ["under the beginning"]


def test_a_story_takes_its_chapters_back_and_kept_answers_stay_with_those_who_could_see_them(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    answered, bare = went_on(story, text="answered words"), went_on(story, MEMBERS, text="bare words")
    show_to(answered, [cast.author.rings.get(kind="chosen").pk])
    answer(answered, by=cast.same_ring, text="of the chosen")
    take_back(story, by=cast.author, keep_answers=True)
    assert not Chapter.objects.written_by(cast.author).filter(pk=bare.pk).exists()
    assert not IndexedDocument.objects.filter(kind="stories.chapter").exists()
    ring, other = page_of(signed_in(cast.same_ring), story), page_of(signed_in(cast.other_member), story)
    assert "of the chosen" in ring
    assert "answered words" not in ring
    assert "of the chosen" not in other
    assert answered.ref not in other


def test_chapters_are_found_only_while_their_story_is(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    went_on(story, MEMBERS)
    rows = IndexedDocument.objects.filter(kind="stories.chapter")
    assert rows.count() == 1
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, until=1))
    assert not rows.exists()


def test_her_export_holds_her_chapters(cast: Cast) -> None:
    story, end = told(cast.author, MEMBERS, title="The harbour"), end_of(datetime.date(2030, 1, 1))
    went_on(story, title="A year later", year=2025, month=5, until=end)
    belonging = next(one for one in all_belongings() if one.models == (Chapter,))
    (row,) = belonging.export(cast.author)
    assert (row["of"], row["title"], row["when_it_was"]) == ("The harbour", "A year later", "May 2025")
    assert row["until"] == "2030-01-02T00:00:00+00:00"


@pytest.mark.parametrize("farewell", list(Farewell))
def test_leaving_keeps_of_chapters_what_it_keeps_of_stories(cast: Cast, farewell: Farewell) -> None:
    story = told(cast.author, MEMBERS)
    open_to_all, hers = went_on(story, MEMBERS), went_on(story)
    inner = went_on(told(cast.author), MEMBERS)
    for belonging in reversed(all_belongings()):
        belonging.erase(cast.author, farewell)
    kept = {chapter.pk: chapter.author_id for chapter in Chapter._base_manager.all()}
    assert kept == ({open_to_all.pk: None} if farewell is Farewell.LEAVE_WORDS else {})
    assert hers.pk not in kept
    assert inner.pk not in kept
