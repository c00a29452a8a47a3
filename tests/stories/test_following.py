"""Following a story: told when it goes on, if she may see it and would meet it; nobody learns who follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from leeward.audience.actions import block, set_shield
from leeward.audience.models import MEMBERS
from leeward.audience.notes import NOTE
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.notifications.deliver import deliver_letters
from leeward.notifications.models import Letter, Notice
from leeward.stories.actions.chapters import share_chapter, take_chapter_back
from leeward.stories.actions.following import GOES_ON, follow
from leeward.stories.actions.sharing import take_back
from leeward.stories.actions.writing import begin_chapter, write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Chapter, Follow, Story
from leeward.stories.tending import tend_stories
from tests.conftest import Cast, signed_in
from tests.notifications.letterbox import Letterbox, open_letterbox
from tests.stories.telling import told

FAITH = NOTE["faith"].bit


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


@pytest.fixture
def letterbox(settings: object) -> Iterator[Letterbox]:
    with open_letterbox(settings) as box:
        yield box


def goes_on(story: Story, show_to: ShowTo = ShowTo.MEMBERS, notes: int = 0) -> Chapter:
    assert story.author is not None
    chapter = begin_chapter(story, by=story.author, title="", text="The boats are back.")
    return shared(chapter, Sharing(show_to, notes=notes))


def shared(chapter: Chapter, sharing: Sharing) -> Chapter:
    """Shown so, and told of by the next round of tending."""
    assert chapter.author is not None
    share_chapter(chapter, by=chapter.author, sharing=sharing)
    tend_stories()
    return chapter


def bells(cast: Cast) -> int:
    return Notice.objects.filter(member=cast.other_member, kind=GOES_ON).count()


def test_one_tap_follows_and_one_tap_ends_it(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    assert "Tell me when it goes on" in client.get(story.get_absolute_url()).content.decode()
    for _ in range(2):
        client.post(f"/stories/{story.ref}/follow/", {"follow": "1"})
    assert Follow.objects.get().member == cast.other_member
    assert "Do not tell me any more" in client.get(story.get_absolute_url()).content.decode()
    client.post(f"/stories/{story.ref}/follow/", {"leave": "1"})
    assert not Follow.objects.exists()


def test_who_follows_hears_of_a_new_chapter_once(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    follow(story, by=cast.other_member, follows=True)
    chapter = goes_on(story)
    assert bells(cast) == 1
    page = signed_in(cast.other_member).get("/bell/").content.decode()
    assert "A story that you follow goes on." in page
    assert chapter.get_absolute_url() in page
    write(chapter, by=cast.author, stamp=chapter.touched_at, title="", text="The boats are out again.")
    shared(chapter, Sharing(ShowTo.EVERYONE))
    assert bells(cast) == 1
    goes_on(story)
    assert bells(cast) == 2


def test_who_does_not_follow_hears_nothing(cast: Cast) -> None:
    goes_on(told(cast.author, MEMBERS))
    assert not Notice.objects.filter(kind=GOES_ON).exists()


def test_nothing_is_told_of_a_chapter_for_others_until_she_may_see_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    follow(story, by=cast.other_member, follows=True)
    chapter = goes_on(story, ShowTo.CHOSEN)
    assert bells(cast) == 0
    shared(chapter, Sharing(ShowTo.MEMBERS))
    assert bells(cast) == 1


def test_nothing_is_told_of_a_chapter_with_what_she_asked_not_to_meet(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    follow(story, by=cast.other_member, follows=True)
    set_shield(cast.other_member, FAITH)
    goes_on(story, notes=FAITH)
    assert bells(cast) == 0
    goes_on(story)
    assert bells(cast) == 1


Change = Callable[[Cast, Chapter], object]
CHANGES: dict[str, Change] = {
    "the chapter is taken back": lambda cast, chapter: take_chapter_back(chapter, by=cast.author),
    "its story is taken back": lambda cast, chapter: take_back(chapter.story, by=cast.author, keep_answers=True),
    "it is for others now": lambda cast, chapter: share_chapter(
        chapter, by=cast.author, sharing=Sharing(ShowTo.CHOSEN)
    ),
    "its notes are what she asked not to meet": lambda cast, chapter: share_chapter(
        chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, notes=FAITH)
    ),
    "its author blocks her": lambda cast, chapter: block(cast.author, cast.other_member),
    "its author leaves": lambda cast, chapter: leave(cast.author, Farewell.TAKE_ALL),
}


@pytest.fixture
def queued(cast: Cast, letterbox: Letterbox) -> Chapter:
    """A chapter, with a letter about it waiting."""
    cast.other_member.email = "tobias@example.org"
    cast.other_member.save()
    set_shield(cast.other_member, FAITH)
    story = told(cast.author, MEMBERS)
    follow(story, by=cast.other_member, follows=True)
    chapter = goes_on(story)
    assert Letter.objects.count() == 1
    return chapter


def test_the_letter_would_have_gone(queued: Chapter, letterbox: Letterbox) -> None:
    deliver_letters()
    assert len(letterbox.letters) == 1
    assert "story" not in str(letterbox.letters[0]["Subject"]).lower()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_letter_goes_when(cast: Cast, queued: Chapter, letterbox: Letterbox, change: Change) -> None:
    change(cast, queued)
    deliver_letters()
    assert letterbox.letters == []


def test_a_block_ends_it_for_what_is_signed_alone(cast: Cast) -> None:
    signed, unsigned = told(cast.author, MEMBERS), told(cast.author, MEMBERS, signed=False)
    for story in (signed, unsigned):
        follow(story, by=cast.other_member, follows=True)
    block(cast.other_member, cast.author)
    assert [one.story_id for one in Follow.objects.all()] == [unsigned.pk]


def test_her_own_story_and_what_she_may_not_see_are_not_followed(cast: Cast) -> None:
    for story, member in ((told(cast.author, MEMBERS), cast.author), (told(cast.author), cast.other_member)):
        with pytest.raises(PermissionError):
            follow(story, by=member, follows=True)


def test_nobody_but_she_is_told_who_follows(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    author = signed_in(cast.author)
    before = author.get(story.get_absolute_url()).content.decode()
    follow(story, by=cast.other_member, follows=True)
    after = author.get(story.get_absolute_url()).content.decode()
    assert cast.other_member.name not in after
    assert before.count("follow") == after.count("follow")
    assert not Notice.objects.filter(member=cast.author).exists()


def test_the_bell_leads_to_the_part_in_one_step_and_past_a_beginning_that_she_would_rather_not_meet(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="Of long ago", text="What was before.", notes=FAITH)
    follow(story, by=cast.other_member, follows=True)
    chapter = goes_on(story)
    other = goes_on(story)
    set_shield(cast.other_member, FAITH)
    client = signed_in(cast.other_member)
    assert chapter.get_absolute_url() in client.get("/bell/").content.decode()
    page = client.get(chapter.get_absolute_url()).content.decode()
    assert "The boats are back." in page
    assert f'id="{chapter.ref}"' in page
    assert other.ref not in page
    assert "What was before." not in page
    assert "Of long ago" not in page
    assert "The boats are back." not in client.get(story.get_absolute_url()).content.decode()
    assert chapter.ref in client.get(f"{story.get_absolute_url()}?part={chapter.ref}").content.decode()
    whole = client.get(f"{story.get_absolute_url()}?open").content.decode()
    assert "What was before." in whole


def test_a_link_to_a_part_opens_none_that_is_closed_or_hidden_to_her(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="What was before.", notes=FAITH)
    noted, for_few = goes_on(story, notes=FAITH), goes_on(story, ShowTo.CHOSEN)
    set_shield(cast.other_member, FAITH)
    client = signed_in(cast.other_member)
    page = client.get(noted.get_absolute_url()).content.decode()
    assert "The boats are back." not in page
    assert "This part has something inside" in page
    nothing = client.get(for_few.get_absolute_url()).content.decode()
    assert for_few.ref not in nothing
    assert "The boats are back." not in nothing
