"""The pages of telling together: asked for, agreed to, seen by the two, ended; and both names wherever one stood."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leeward.audience.actions import set_shield
from leeward.audience.notes import NOTE
from leeward.members.belongings import all_belongings
from leeward.stories.audiences import ShowTo
from leeward.stories.jointly.questions import UpTo
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.stories.reading_together import WORDS, as_it_is, draft, handed, trusting
from tests.stories.telling_together import as_told, asked, joint

BOTH = "Maud and Ines"


def test_the_whole_way_from_asking_to_the_end(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring)
    hers, his = signed_in(cast.author), signed_in(cast.same_ring)
    page = reverse("stories:first_reading", args=[reading.ref])
    agree = reverse("stories:agree_jointly", args=[reading.ref])
    assert agree not in his.get(f"{page}?open").text
    assert his.get(agree).status_code == 404
    hers.post(reverse("stories:ask_jointly", args=[reading.ref]))
    assert "You have asked to tell this together." in hers.get(page).text
    assert agree in his.get(f"{page}?open").text
    form = his.get(agree)
    assert WORDS in form.text
    said = {"stamp": as_it_is(reading).touched_at, "up_to": "members"}
    done = his.post(agree, said)
    story = as_told(reading.story)
    state = reverse("stories:jointly", args=[story.ref])
    assert done.headers["Location"] == state
    assert his.post(agree, said).headers["Location"] == reverse("stories:together"), "pressed twice it is no fault"
    for client in (hers, his):
        assert client.get(state).status_code == 200
        assert BOTH in client.get(story.get_absolute_url()).text
        assert state in client.get(reverse("stories:together")).text
        assert client.get(story.get_absolute_url()).text.count(state) == 1
    share = reverse("stories:share", args=[story.ref])
    beyond = hers.post(share, {"show_to": "everyone", "signed": "both", "answers_from": "all"})
    assert "has agreed to members, not to more" in beyond.text
    hers.post(share, {"show_to": "members", "signed": "both", "answers_from": "all"})
    third = signed_in(cast.other_member)
    assert BOTH in third.get(story.get_absolute_url()).text
    assert state not in third.get(story.get_absolute_url()).text
    assert BOTH in third.get(reverse("stories:list")).text
    his.post(reverse("stories:end_jointly", args=[story.ref]))
    assert third.get(story.get_absolute_url()).status_code == 404
    assert his.get(story.get_absolute_url()).status_code == 404
    assert his.get(state).status_code == 404
    assert hers.get(state).status_code == 404
    again = his.post(reverse("stories:end_jointly", args=[story.ref]))
    assert again.headers["Location"] == reverse("stories:together"), "pressed twice it is no fault"
    assert "Ines" not in hers.get(story.get_absolute_url()).text


def test_a_page_that_is_old_by_now_does_not_show_alone_what_was_told_by_two(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    hers = signed_in(cast.author)
    share = reverse("stories:share", args=[story.ref])
    assert "Signed with both names" in hers.get(share).text
    signed_in(cast.same_ring).post(reverse("stories:end_jointly", args=[story.ref]))
    again = hers.post(share, {"show_to": "members", "signed": "both", "answers_from": "all"})
    assert again.status_code == 200
    assert signed_in(cast.other_member).get(story.get_absolute_url()).status_code == 404


def test_what_was_being_written_is_not_lost_when_the_other_agrees(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    hers, write = signed_in(cast.author), reverse("stories:write", args=[reading.story.ref])
    stamp = as_told(reading.story).touched_at
    signed_in(cast.same_ring).post(
        reverse("stories:agree_jointly", args=[reading.ref]), {"stamp": reading.touched_at, "up_to": "everyone"}
    )
    sent = hers.post(write, {"title": "", "text": "What I wrote meanwhile.", "stamp": stamp, "ref": reading.story.ref})
    assert sent.status_code == 409
    assert "What I wrote meanwhile." in sent.text
    assert as_told(reading.story).text == WORDS
    assert hers.get(write).headers["Location"] == reverse("stories:jointly", args=[reading.story.ref])


def test_words_that_changed_meanwhile_are_not_agreed_to(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    his = signed_in(cast.same_ring)
    agree = reverse("stories:agree_jointly", args=[reading.ref])
    answer = his.post(agree, {"stamp": reading.touched_at - 1, "up_to": "everyone"})
    assert answer.status_code == 409
    assert as_told(reading.story).also_id is None


def test_the_second_narrows_it_and_nobody_else_can(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    state = reverse("stories:jointly", args=[story.ref])
    assert signed_in(cast.author).post(state, {"up_to": "members"}).status_code == 404
    assert signed_in(cast.other_member).get(state).status_code == 404
    signed_in(cast.same_ring).post(state, {"up_to": "members"})
    assert as_told(story).agreed_up_to == UpTo.MEMBERS.ring


def test_both_names_stand_in_the_authors_copy_and_nothing_of_hers_stands_in_anothers(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    (row,) = next(one for one in all_belongings() if one.key == "stories").export(cast.author)
    assert isinstance(row, dict)
    assert row["told_together_with"] == cast.same_ring.name
    mine = list(Story.objects.written_by(cast.author))
    assert [one.pk for one in mine] == [story.pk]
    assert not Story.objects.written_by(cast.same_ring).exists(), "what she wrote herself stays what she wrote herself"


def test_the_second_is_offered_nothing_that_is_for_those_who_read(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    ways = {
        reverse("stories:follow", args=[story.ref]),
        reverse("moderation:report", args=["stories.story", story.ref]),
    }
    for member, offered in ((cast.same_ring, set()), (cast.author, set()), (cast.other_member, ways)):
        page = signed_in(member).get(story.get_absolute_url()).text
        assert {way for way in ways if way in page} == offered


def test_her_own_words_stand_open_to_the_second_whatever_is_inside(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, notes=NOTE["faith"].bit)
    for member in (cast.same_ring, cast.other_member):
        set_shield(member, NOTE["faith"].bit)
    assert WORDS in signed_in(cast.same_ring).get(story.get_absolute_url()).text
    assert WORDS not in signed_in(cast.other_member).get(story.get_absolute_url()).text


def test_only_me_means_the_two_where_two_tell_it(cast: Cast) -> None:
    story, hers = joint(cast.author, cast.same_ring, ShowTo.ONLY_ME), signed_in(cast.author)
    share = reverse("stories:share", args=[story.ref])
    page = hers.get(share).text
    assert "Nobody but the two of you sees these words" in page
    assert "Only me" not in page
    said = {"show_to": "only_me", "signed": "both", "answers_from": "all"}
    assert "Kept. Only the two of you see it." in hers.post(share, said, follow=True).text


def test_a_list_of_joint_stories_costs_no_query_for_each(cast: Cast) -> None:
    third = signed_in(cast.other_member)
    joint(cast.author, cast.same_ring, title="One", text="The first.")
    third.get(reverse("stories:list"))
    with CaptureQueriesContext(connection) as one:
        third.get(reverse("stories:list"))
    for turn in range(3):
        joint(cast.author, cast.same_ring, title=f"More {turn}", text=f"Another, the {turn}.")
    with CaptureQueriesContext(connection) as many:
        page = third.get(reverse("stories:list"))
    assert page.text.count(BOTH) == 4
    assert len(many) <= len(one)
