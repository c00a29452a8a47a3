"""Read this with me, as it is met: what is said beforehand, and what the pages never tell."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leeward.audience.actions import block, choose, set_shield, unchoose
from leeward.audience.models import MEMBERS, Aside
from leeward.audience.notes import mask_of
from leeward.moderation.actions import open_case, report
from leeward.moderation.models import Evidence, FirstTexts
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import FirstReading, Remark
from leeward.stories.together.ending import take_reading_back
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import text_of
from tests.stories.reading_together import WORDS, draft, draft_of_chapter, handed, remarked, rings, trusting
from tests.stories.telling import told


@pytest.fixture
def reading(cast: Cast) -> FirstReading:
    trusting(cast.author, cast.same_ring)
    return handed(draft(cast.author), cast.same_ring)


@pytest.fixture
def author(cast: Cast) -> Client:
    return signed_in(cast.author)


@pytest.fixture
def reader(cast: Cast) -> Client:
    return signed_in(cast.same_ring)


def words_on(client: Client, reading: FirstReading, also: str = "") -> str:
    """What its page says, without what is drawn anew for every page."""
    page = text_of(client.get(f"{reading.get_absolute_url()}{also}")).replace(reading.ref, "its name")
    return "".join(line for line in page.splitlines(keepends=True) if "csrf" not in line)


def test_she_is_told_who_will_know_what_before_she_hands_it_over(cast: Cast, author: Client) -> None:
    trusting(cast.author, cast.same_ring)
    told_unsigned = told(cast.author, MEMBERS, signed=False)
    page = text_of(author.get(f"/stories/{draft(cast.author).ref}/hand-over/"))
    for words in (
        "knows that these words are yours",
        "also if you tell it later with no name",
        "You can end it at any moment",
        "each draft is handed over by you, one by one",
    ):
        assert words in page
    page = text_of(author.get(f"/chapters/{draft_of_chapter(told_unsigned).ref}/hand-over/"))
    assert "it will be known that all of it is yours" in page


def test_she_hands_it_over_and_is_led_to_what_is_read(cast: Cast, author: Client) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    address = f"/stories/{story.ref}/hand-over/"
    given = {"to": cast.same_ring.ref, "days": "3", "stamp": str(story.touched_at)}
    response = author.post(address, given, follow=True)
    assert WORDS in text_of(response)
    assert "With Ines" in text_of(response)
    made = FirstReading.objects.written_by(cast.author).get()
    assert response.redirect_chain[-1][0] == made.get_absolute_url()
    assert author.get(address).headers["Location"] == made.get_absolute_url()


def test_with_words_from_another_tab_she_looks_again_and_loses_nothing(cast: Cast, author: Client) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    given = {"to": cast.same_ring.ref, "days": "30", "stamp": str(story.touched_at), "notes": ["faith"]}
    write(story, by=cast.author, stamp=story.touched_at, title="", text="Written in the other tab.")
    response = author.post(f"/stories/{story.ref}/hand-over/", given)
    assert response.status_code == 409
    assert "Written in the other tab." in text_of(response)
    assert re.search(rf'value="{cast.same_ring.ref}"[^>]* checked', text_of(response))
    stamp = re.search(r'name="stamp" value="([0-9]+)"', text_of(response))
    assert stamp is not None
    given["stamp"] = stamp[1]
    assert author.post(f"/stories/{story.ref}/hand-over/", given).status_code == 302
    assert FirstReading.objects.written_by(cast.author).get().notes & mask_of(["faith"])


def test_with_nobody_chosen_she_finds_the_way_to_choose(cast: Cast, author: Client) -> None:
    unchoose(cast.author, cast.same_ring)
    page = author.get(f"/stories/{draft(cast.author).ref}/hand-over/").content.decode()
    assert "You have chosen nobody yet" in page
    assert '<form method="post" class="form"' not in page


def test_first_texts_are_read_by_a_person_and_she_is_told_before(cast: Cast, author: Client) -> None:
    page = text_of(author.get(f"/stories/{draft(cast.author).ref}/hand-over/"))
    assert "Your first texts here are read by a person" in page
    made = handed(draft(cast.author, title="first"), cast.same_ring)
    assert "it is read before it goes to the one whom you chose" in text_of(author.get(made.get_absolute_url()))
    assert signed_in(cast.same_ring).get(made.get_absolute_url()).status_code == 404


def test_the_one_who_is_asked_meets_no_word_before_she_opens_it(
    cast: Cast, reading: FirstReading, reader: Client
) -> None:
    for address in ("/together/", "/bell/", reading.get_absolute_url()):
        page = text_of(reader.get(address))
        assert WORDS not in page
        assert "The lamp" not in page
    assert WORDS in text_of(reader.get(f"{reading.get_absolute_url()}?open"))


def test_what_is_inside_is_named_before_it_opens(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    inside = mask_of(["ultrasound"])
    set_shield(cast.same_ring, inside)
    made = handed(draft(cast.author), cast.same_ring, notes=inside)
    reader = signed_in(cast.same_ring)
    assert "an ultrasound" in text_of(reader.get(made.get_absolute_url()))
    remarked(made, cast.same_ring)
    assert WORDS not in text_of(reader.get(made.get_absolute_url()))  # asked each time, also after she has written


def test_to_have_read_it_is_told_to_nobody(cast: Cast, reading: FirstReading, author: Client, reader: Client) -> None:
    before = words_on(author, reading)
    reader.get(f"{reading.get_absolute_url()}?open")
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert words_on(author, reading) == before


def test_to_rather_not_is_told_to_nobody(cast: Cast, reading: FirstReading, author: Client, reader: Client) -> None:
    before = words_on(author, reading)
    assert reader.post(f"/together/{reading.ref}/rather-not/", follow=True).status_code == 200
    assert Aside.objects.filter(member=cast.same_ring, thing_id=reading.pk).exists()
    assert "Something to read" not in text_of(reader.get("/together/"))
    assert words_on(author, reading) == before
    remarked(reading, cast.author, "I am glad that you have it.")
    assert rings(cast.same_ring, "stories.remark") == 0


def test_a_block_by_the_reader_changes_nothing_on_the_authors_page(
    cast: Cast, reading: FirstReading, author: Client
) -> None:
    before = words_on(author, reading)
    block(cast.same_ring, cast.author)
    assert words_on(author, reading) == before
    response = author.post(f"/together/{reading.ref}/say/", {"text": "Are you there?"}, follow=True)
    assert "Are you there?" in text_of(response)
    assert rings(cast.same_ring, "stories.remark") == 0


def test_whatever_ended_it_the_reader_finds_the_same_nothing(cast: Cast, reader: Client) -> None:
    trusting(cast.author, cast.same_ring)
    told_now, taken, over = (handed(draft(cast.author, title=title), cast.same_ring) for title in ("a", "b", "c"))
    share(told_now.story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    share(told_now.story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    take_reading_back(taken, by=cast.author)
    FirstReading.objects.written_by(cast.author).filter(pk=over.pk).update(until=1)
    pages = {
        text_of(reader.get(address))
        for one in (told_now, taken, over)
        for address in (one.get_absolute_url(), f"{one.get_absolute_url()}?open")
    }
    pages.add(text_of(reader.get("/together/nothinghere1/")))
    assert len(pages) == 1


def test_not_any_more_is_one_press_and_says_nothing_to_the_other(
    cast: Cast, reading: FirstReading, author: Client, reader: Client
) -> None:
    assert "Not any more" in author.get(reading.get_absolute_url()).content.decode()
    author.post(f"/together/{reading.ref}/end/")
    assert reader.get(reading.get_absolute_url()).status_code == 404
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert author.get(reading.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("door", ["end", "anew"])
def test_the_reader_ends_and_changes_nothing(cast: Cast, reading: FirstReading, reader: Client, door: str) -> None:
    assert reader.post(f"/together/{reading.ref}/{door}/").status_code == 404
    assert reader.get(reading.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("door", ["", "say/", "end/", "anew/", "rather-not/"])
@pytest.mark.parametrize("who", ["other_member", "moderator", "host", "blocked"])
def test_nobody_else_finds_any_of_its_doors(cast: Cast, reading: FirstReading, who: str, door: str) -> None:
    client = signed_in(getattr(cast, who))
    address = f"/together/{reading.ref}/{door}"
    response = client.post(address, {"text": "hello"}) if door else client.get(address)
    assert response.status_code == 404


def test_words_handed_over_anew_take_the_place_of_the_others(
    cast: Cast, reading: FirstReading, author: Client, reader: Client
) -> None:
    assert "Your draft has other words now" not in text_of(author.get(reading.get_absolute_url()))
    story = reading.story
    write(story, by=cast.author, stamp=story.touched_at, title="", text="I have found a word for it.")
    assert "Your draft has other words now" in text_of(author.get(reading.get_absolute_url()))
    assert "found a word" not in text_of(reader.get(f"{reading.get_absolute_url()}?open"))
    author.post(f"/together/{reading.ref}/anew/")
    assert "found a word" in text_of(reader.get(f"{reading.get_absolute_url()}?open"))


def test_hurtful_words_are_looked_at_again_before_they_are_sent(
    cast: Cast, reading: FirstReading, reader: Client
) -> None:
    address, words = f"/together/{reading.ref}/say/", {"text": "Everything happens for a reason."}
    assert "as_it_is" in reader.post(address, words).content.decode()
    assert not Remark.objects.written_by(cast.same_ring).exists()
    reader.post(address, {**words, "as_it_is": "yes"})
    assert Remark.objects.written_by(cast.same_ring).exists()


def test_either_reports_what_the_other_wrote(cast: Cast, reading: FirstReading) -> None:
    theirs = remarked(reading, cast.same_ring)
    for thing, by in ((reading, cast.same_ring), (theirs, cast.author)):
        report(thing, by=by, reason="cruel")
    assert set(Evidence.objects.values_list("text", flat=True)) == {reading.full_text(), theirs.text}


def test_a_moderator_who_opens_a_case_reads_the_copy_and_what_was_said_about_it_alone(
    cast: Cast, reading: FirstReading
) -> None:
    story = reading.story
    write(story, by=cast.author, stamp=story.touched_at, title="", text="What I wrote since, for nobody.")
    theirs, hers = remarked(reading, cast.same_ring), remarked(reading, cast.author, "Thank you for the lamp.")
    case = report(theirs, by=cast.author, reason="cruel")
    moderator = signed_in(cast.moderator)
    assert theirs.text not in text_of(moderator.get(f"/moderation/cases/{case.ref}/"))
    open_case(case, moderator=cast.moderator)
    page = text_of(moderator.get(f"/moderation/cases/{case.ref}/"))
    assert theirs.text in page
    for words in (hers.text, "for nobody"):
        assert words not in page
    assert moderator.get(reading.get_absolute_url()).status_code == 404


def test_her_own_words_about_it_can_be_taken_back_when_it_is_gone(
    cast: Cast, reading: FirstReading, reader: Client
) -> None:
    theirs = remarked(reading, cast.same_ring)
    take_reading_back(reading, by=cast.author)
    address = f"/remarks/{theirs.ref}/take-back/"
    assert address in reader.get("/together/").content.decode()
    assert signed_in(cast.author).get(address).status_code == 404
    assert theirs.text in text_of(reader.get(address))
    reader.post(address)
    assert not Remark.objects.written_by(cast.same_ring).exists()


def test_who_was_not_chosen_in_return_reads_the_same_as_who_was(cast: Cast, author: Client) -> None:
    trusting(cast.author, cast.same_ring)
    choose(cast.author, cast.other_member)
    FirstTexts.objects.update_or_create(member=cast.other_member, defaults={"released": 100})
    pages = []
    for to in (cast.same_ring, cast.other_member):
        made = handed(draft(cast.author, title="", text=WORDS), to)
        pages.append(words_on(author, made).replace(to.name, "the other"))
        take_reading_back(made, by=cast.author)
    assert pages[0] == pages[1]


def test_the_list_asks_a_fixed_number_of_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    trusting(cast.author, cast.same_ring)
    for nth in range(3):
        remarked(handed(draft(cast.author, title=f"{nth}"), cast.same_ring), cast.same_ring, f"{nth}")
    draft(cast.author, title="unread")
    for member in (cast.author, cast.same_ring):
        client = signed_in(member)
        with django_assert_max_num_queries(24):  # type: ignore[operator]  # a fixture of pytest-django
            client.get("/together/")
