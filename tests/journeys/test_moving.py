import pytest

from leeward.audience.actions import block, set_shield, unchoose
from leeward.audience.notes import NOTE
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.journeys.actions import Given, NotAgreed, answer, go_back, keep_loss, move_on
from leeward.journeys.facts import current_facts
from leeward.journeys.models import Fact, Loss, Move, News
from leeward.journeys.vocabulary import FACET
from leeward.notifications.models import Notice
from tests.conftest import Cast
from tests.journeys.journeying import lost, told


def now(cast: Cast) -> set[str]:
    return set(current_facts(cast.author).filter(facet="now").values_list("key", flat=True))


def everything(cast: Cast) -> list[tuple[object, ...]]:
    facts = Fact.objects.filter(member=cast.author).order_by("pk")
    return list(facts.values_list("facet", "key", "words", "since", "ended_on", "loss_id"))


def test_pregnant_after_loss_ends_trying_and_keeps_what_lasts(cast: Cast) -> None:
    told(cast.author, now=["trying", "two_week_wait", "supporting_someone"])
    move_on(cast.author, "pregnant")
    assert now(cast) == {"pregnant_after_loss", "supporting_someone"}
    assert current_facts(cast.author).get(key="pregnant_after_loss").since is not None


def test_another_loss_ends_the_pregnancy_adds_a_loss_and_counts_it(cast: Cast) -> None:
    told(cast.author, now=["pregnant_after_loss"], count=["one"])
    lost(cast.author, "ectopic")
    move_on(cast.author, "another_loss")
    assert now(cast) == {"just_found_out"}
    assert Loss.objects.filter(member=cast.author).count() == 2
    assert current_facts(cast.author).get(facet="count").key == "two"


def test_what_was_under_way_in_treatment_ends_and_what_happened_there_stays(cast: Cast) -> None:
    told(cast.author, now=["two_week_wait"], stage=["blood_result", "waiting_list", "frozen_left", "cancelled"])
    move = move_on(cast.author, "another_loss")
    stages = current_facts(cast.author).filter(facet="stage").values_list("key", flat=True)
    assert set(stages) == {"waiting_list", "frozen_left", "cancelled"}
    go_back(move, by=cast.author)
    move_on(cast.author, "pregnant")
    assert set(stages.all()) == {"frozen_left", "cancelled"}


@pytest.mark.parametrize("way", ["stopping_by_choice", "stopping_by_circumstance"])
def test_stopping_ends_trying(cast: Cast, way: str) -> None:
    told(cast.author, now=["in_treatment", "deciding_to_stop"])
    move_on(cast.author, way)
    assert now(cast) == {way.replace("stopping", "stopped")}


def test_a_living_child_ends_childlessness(cast: Cast) -> None:
    told(cast.author, now=["pregnant_after_loss", "childless_not_by_choice"], children=["none_living"])
    move_on(cast.author, "living_child")
    assert now(cast) == {"parenting_after_loss"}
    assert current_facts(cast.author).get(facet="children").key == "living_after"


def test_something_else_is_what_she_writes(cast: Cast) -> None:
    told(cast.author, now=["trying", "long_ago"])
    move_on(cast.author, "something_else", words="we moved to the sea")
    assert now(cast) == {"own_words", "long_ago"}
    assert current_facts(cast.author).get(key="own_words").words == "we moved to the sea"


@pytest.mark.parametrize("what", ["another_loss", "pregnant", "stopping_by_choice", "living_child", "something_else"])
def test_going_back_puts_all_as_it_was(cast: Cast, what: str) -> None:
    told(cast.author, now=["trying", "in_limbo", "childless_not_by_choice"], children=["none_living"], count=["two"])
    answer(cast.author, FACET["now"], Given(frozenset({"trying", "in_limbo"}), words="tired"))
    lost(cast.author, "ectopic")
    before = everything(cast)
    move = move_on(cast.author, what, words="other", tell_chosen=True)
    assert everything(cast) != before
    go_back(move, by=cast.author)
    assert everything(cast) == before
    assert Loss.objects.filter(member=cast.author).count() == 1
    assert not News.objects.written_by(cast.author).exists()
    assert not Move.objects.exists()


def test_going_back_keeps_a_loss_of_which_she_told_since(cast: Cast) -> None:
    told(cast.author)
    move = move_on(cast.author, "another_loss")
    loss = Loss.objects.get(begun_by=move)
    keep_loss(cast.author, fields={"weeks": 9}, answers={}, loss=loss)
    go_back(move, by=cast.author)
    assert Loss.objects.filter(pk=loss.pk).exists()


def test_only_who_moved_goes_back(cast: Cast) -> None:
    told(cast.author)
    move = move_on(cast.author, "pregnant")
    with pytest.raises(PermissionError):
        go_back(move, by=cast.other_member)


def test_moving_on_needs_her_agreement(cast: Cast) -> None:
    with pytest.raises(NotAgreed):
        move_on(cast.author, "pregnant")


def test_unless_she_says_so_nobody_learns_of_it(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "pregnant")
    assert not Notice.objects.exists()
    assert not News.objects.written_by(cast.author).exists()


def test_the_people_she_chose_learn_of_it_and_nobody_else(cast: Cast) -> None:
    told(cast.author)
    move = move_on(cast.author, "stopping_by_choice", tell_chosen=True)
    assert list(Notice.objects.values_list("member", flat=True)) == [cast.same_ring.pk]
    news = News.objects.written_by(cast.author).get()
    assert {name for name, viewer in cast.viewers().items() if is_visible_to(news, viewer)} == {"author", "same_ring"}
    assert move.told


def test_whom_she_takes_out_or_blocks_afterwards_cannot_read_it_any_more(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "pregnant", tell_chosen=True)
    news = News.objects.written_by(cast.author).get()
    assert is_visible_to(news, Viewer.member(cast.same_ring))
    unchoose(cast.author, cast.same_ring)
    assert not is_visible_to(news, Viewer.member(cast.same_ring))


def test_a_block_hides_the_news_too(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "pregnant", tell_chosen=True)
    news = News.objects.written_by(cast.author).get()
    block(cast.same_ring, cast.author)
    assert not is_visible_to(news, Viewer.member(cast.same_ring))


def test_who_asked_not_to_meet_pregnancy_is_not_told_of_one(cast: Cast) -> None:
    set_shield(cast.same_ring, NOTE["pregnancy_current"].bit)
    told(cast.author)
    move_on(cast.author, "pregnant", tell_chosen=True)
    assert not Notice.objects.exists()


def test_her_words_are_never_in_the_news(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "something_else", words="kestrelquarry", tell_chosen=True)
    assert "kestrelquarry" not in News.objects.written_by(cast.author).get().full_text()


def test_a_suspended_member_lets_nobody_know(cast: Cast) -> None:
    told(cast.author)
    cast.author.suspended_at = "2026-01-01T00:00Z"
    move = move_on(cast.author, "pregnant", tell_chosen=True)
    assert not move.told
    assert not Notice.objects.exists()
