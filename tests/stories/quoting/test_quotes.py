"""Quotes: word for word, seen by whoever may and wants to see the source at that moment, and gone with its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leeward.audience.actions import block, chosen_ring, mute, put_aside, set_shield
from leeward.audience.models import MEMBERS
from leeward.audience.notes import NOTE
from leeward.audience.publishing import hold, publish, show_to
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.moderation.actions import open_case, report, settle
from leeward.stories.actions.answering import MayNotAnswer, answer, change_answer, take_answer_back
from leeward.stories.actions.own_terms import close_answers, hide_answer
from leeward.stories.models import Answer, Quote, Story
from leeward.stories.quoting.actions import CannotBeQuoted, answer_quoting
from leeward.stories.quoting.passages import as_it_stands, passages_of
from leeward.stories.quoting.shown import quotes_above
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about
from tests.stories.quoting import PASSAGE, TEXT, left, quoted, sees
from tests.stories.telling import went_on

FAITH = NOTE["faith"].bit


def test_a_text_is_offered_by_paragraphs_and_a_long_one_by_sentences() -> None:
    assert passages_of(TEXT) == ["We had waited for weeks.", f"{PASSAGE} Nobody spoke.", "Then we went home."]
    assert passages_of("one\r\n\r\n \r\ntwo\r\nlines") == ["one", "two\r\nlines"]
    assert passages_of(" \n\n") == []
    long = "This is a sentence of some length. " * 60
    pieces = passages_of(long)
    assert all(len(piece) <= 600 and piece.endswith(".") and as_it_stands(piece, long) for piece in pieces)
    assert " ".join(pieces).split() == long.split()
    assert all(0 < len(piece) <= 600 for piece in passages_of("x" * 1500))


def test_only_spaces_may_differ_from_what_stands_there() -> None:
    assert as_it_stands(f"  {PASSAGE.replace(' ', chr(10))}\r\n", TEXT) == PASSAGE
    assert as_it_stands("the harbour was grey", TEXT) is None
    assert as_it_stands("Nobody.spoke", TEXT) is None
    assert as_it_stands("", TEXT) is None


def test_no_other_word_is_cut_out_of_a_word() -> None:
    text = "I cannot forgive her skill yours. Ça était là. 私たちは待っていた。"
    for made_up in ("not forgive", "I can", "kill you", "her skill your", "tait là"):
        assert as_it_stands(made_up, text) is None
    for stands in ("cannot forgive", "her skill yours", ". Ça était", "待っていた", "là."):
        assert as_it_stands(stands, text) == stands


def test_a_passage_stands_above_the_answer_for_whoever_sees_both(cast: Cast, story: Story, source: Answer) -> None:
    for made in (quoted(story, cast.other_member), quoted(source, cast.other_member, text="And that.")):
        assert all(sees(one, made) for one in (cast.author, cast.same_ring, cast.other_member, cast.host, None))
    page = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    assert page.count("<figure") == 2
    assert quoted(story, cast.host, text="Yes.").text == "Yes."


def test_what_is_quoted_stands_there_word_for_word_and_no_answer_is_left_if_not(cast: Cast, story: Story) -> None:
    for passage in ("The harbour was green that morning.", "", "We " * 400):
        with pytest.raises(CannotBeQuoted):
            answer_quoting(story, passage, by=cast.other_member, text="x")
    assert not Answer.objects.written_by(cast.other_member).exists()


def test_a_second_click_is_no_second_quote(cast: Cast, story: Story) -> None:
    assert quoted(story, cast.other_member) == quoted(story, cast.other_member)
    assert left() == 1


def test_who_may_not_answer_or_see_quotes_nothing(cast: Cast, story: Story, source: Answer) -> None:
    with pytest.raises(MayNotAnswer):
        answer_quoting(story, PASSAGE, by=cast.blocked, text="x")
    hide_answer(source, by=cast.author, hidden=True)
    with pytest.raises(CannotBeQuoted):
        answer_quoting(source, PASSAGE, by=cast.other_member, text="x")
    close_answers(story, by=cast.author, closed=True)
    story.refresh_from_db()
    with pytest.raises(MayNotAnswer):
        answer_quoting(story, PASSAGE, by=cast.other_member, text="x")


HIDES: dict[str, Callable[[Cast, Answer], object]] = {
    "she blocks whose words they are": lambda cast, source: block(cast.host, cast.same_ring),
    "whose words they are blocks her": lambda cast, source: block(cast.same_ring, cast.host),
    "she would rather not meet what that one signs": lambda cast, source: mute(cast.host, cast.same_ring),
    "she put it aside": lambda cast, source: put_aside(cast.host, source),
    "something is inside that she asked not to meet": lambda cast, source: set_shield(cast.host, FAITH),
}


@pytest.mark.parametrize("change", HIDES.values(), ids=HIDES)
def test_a_quote_leaves_no_trace_for_a_reader_when(
    cast: Cast, story: Story, change: Callable[[Cast, Answer], object]
) -> None:
    source = answer(story, by=cast.same_ring, text=TEXT, notes=FAITH)
    made = quoted(source, cast.other_member)
    assert sees(cast.host, made)
    change(cast, source)
    assert not sees(cast.host, made)
    assert sees(cast.moderator, made)
    page = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    assert "I know that grey." in page
    assert "<figure" not in page


def test_a_block_leaves_a_quote_of_what_was_not_signed(cast: Cast, story: Story) -> None:
    made = quoted(answer(story, by=cast.same_ring, text=TEXT, signed=False), cast.other_member)
    block(cast.host, cast.same_ring)
    assert sees(cast.host, made)
    page = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    assert cast.same_ring.name not in page


def test_a_chapter_for_fewer_is_quoted_to_them_alone(cast: Cast, story: Story) -> None:
    chapter = went_on(story, MEMBERS, text=TEXT)
    made = quoted(chapter, cast.other_member)
    assert sees(cast.host, made)
    assert not sees(None, made)


def test_words_that_are_read_again_keep_their_quotes_and_nobody_sees_them_meanwhile(cast: Cast, source: Answer) -> None:
    made = quoted(source, cast.other_member)
    hold(source)
    assert (left(), sees(cast.host, made)) == (1, False)
    publish(source)
    assert (left(), sees(cast.host, made)) == (1, True)
    settle(change_answer(source, by=cast.same_ring, text=f"{TEXT} And slept.", notes=0))
    assert (left(), sees(cast.host, made)) == (1, True)


def test_a_story_for_fewer_is_quoted_to_them_alone(cast: Cast, story: Story) -> None:
    made = quoted(story, cast.other_member)
    show_to(story, [MEMBERS])
    assert sees(cast.host, made)
    assert not sees(None, made)


@pytest.mark.parametrize("signed", [True, False])
def test_who_leaves_her_words_behind_leaves_them_quoted_and_unnamed(cast: Cast, story: Story, signed: bool) -> None:
    """If the quote of an unsigned answer went, it would tell who wrote that."""
    made = quoted(answer(story, by=cast.same_ring, text=TEXT, signed=signed), cast.other_member)
    leave(cast.same_ring, Farewell.LEAVE_WORDS)
    assert sees(cast.host, made)
    assert "Ines" not in signed_in(cast.host).get(story.get_absolute_url()).content.decode()


def test_a_quote_of_an_answer_with_a_quote_holds_its_own_words_alone(cast: Cast, story: Story) -> None:
    first = quoted(story, cast.other_member, text="I know that grey. And the gulls.")
    with pytest.raises(CannotBeQuoted):
        answer_quoting(first, PASSAGE, by=cast.host, text="x")
    quoted(first, cast.host, "And the gulls.", text="The gulls too.")
    take_back_passage = Quote.objects.get(of_story=story)
    take_back_passage.delete()
    assert left() == 1


def test_the_copy_of_who_quotes_holds_a_passage_only_while_it_may_be_seen(cast: Cast, source: Answer) -> None:
    quoted(source, cast.other_member)
    assert copied(cast.other_member) == [PASSAGE]
    block(cast.same_ring, cast.other_member)
    assert copied(cast.other_member) == [""]
    take_answer_back(source, by=cast.same_ring)
    assert copied(cast.other_member) == [""]


def copied(member: Member) -> list[object]:
    answers = next(one for one in all_belongings() if one.key == "answers")
    return [row["quotes"] for row in answers.export(member)]


def test_pages_ask_about_quotes_once_and_not_at_all_where_there_is_none(
    cast: Cast, story: Story, django_assert_num_queries: Callable[[int], object]
) -> None:
    viewer, plain = Viewer.member(cast.host), [answer(story, by=make_member("Orla"), text="So did I.")]
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # pytest-django's
        quotes_above(plain, viewer)
    many = [quoted(story, make_member(f"Orla {turn}")) for turn in range(3)]
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # the same
        shown = quotes_above([*plain, *many], viewer)
        assert [quote.of_story.author.name for quote in shown.values()] == ["Maud"] * 3  # type: ignore[union-attr]


def test_nothing_of_a_quote_stands_in_the_answers_own_words(cast: Cast, story: Story) -> None:
    made = quoted(story, cast.other_member)
    kept = everything(Answer, reason="a test reads what is screened").get(pk=made.pk)
    assert PASSAGE not in kept.full_text()


def test_who_reads_a_case_is_shown_the_passage_as_she_may_see_it_where_it_stands(cast: Cast, story: Story) -> None:
    gulls = "The gulls were loud."
    made = quoted(answer(story, by=cast.same_ring, text=gulls), cast.other_member, gulls)
    report(made, by=cast.host, reason="cruel")
    case = case_about(made)
    open_case(case, moderator=cast.moderator)
    client, address = signed_in(cast.moderator), f"/moderation/cases/{case.ref}/"
    assert gulls in client.get(address).content.decode()
    show_to(story, [chosen_ring(cast.author).pk])
    page = client.get(address).content.decode()
    assert "I know that grey." in page
    assert gulls not in page


def test_an_address_that_names_no_passage_lets_her_choose_one(cast: Cast, story: Story) -> None:
    client = signed_in(cast.other_member)
    for said in ("3", "9" * 5000, "\u0663", "x"):
        page = client.get(f"/quote/stories.story/{story.ref}/", {"passage": said})
        assert (page.status_code, "Which part do you want to quote?" in page.content.decode()) == (200, True)
