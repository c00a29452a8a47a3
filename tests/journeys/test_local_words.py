import pytest

from leeward.journeys.facts import current_facts
from leeward.journeys.local_words import LINES, line_in_words, local_word, name_of_loss
from leeward.journeys.models import Journey
from leeward.journeys.summary import sorted_facts, told_losses
from leeward.journeys.words import PLAIN
from tests.conftest import Cast
from tests.journeys.journeying import lost


@pytest.mark.parametrize(
    ("country", "weeks", "days", "word"),
    [
        ("GB", 23, 6, "late_miscarriage"),
        ("GB", 24, 0, "stillbirth"),
        ("US", 19, 6, "late_miscarriage"),
        ("US", 20, 0, "stillbirth"),
        ("AU", 20, None, "stillbirth"),
        ("NL", 23, None, "late_miscarriage"),
        ("IE", 23, 0, "stillbirth"),
        ("ES", 25, 4, "late_miscarriage"),
        ("ES", 25, 5, "stillbirth"),
        ("JP", 12, 0, "stillbirth"),
        ("GB", 12, 6, "miscarriage"),
        ("GB", 13, 0, "late_miscarriage"),
        ("", 19, None, "late_miscarriage"),
        ("", 28, None, "stillbirth"),
        ("", 22, None, ""),
        ("XX", 22, None, ""),
        ("GB", None, None, ""),
    ],
)
def test_the_word_is_derived_from_weeks_and_country(
    country: str, weeks: int | None, days: int | None, word: str
) -> None:
    assert local_word(country, weeks=weeks, days=days) == word


def test_a_baby_born_alive_is_never_called_a_miscarriage() -> None:
    assert local_word("GB", weeks=21, born_alive=True) == "neonatal_death"


def test_her_own_word_comes_before_every_other() -> None:
    assert name_of_loss("GB", own_word="Noor", kinds=["stillbirth"], weeks=30) == "Noor"


def test_the_line_never_takes_back_the_word_that_she_chose() -> None:
    assert name_of_loss("GB", kinds=["stillbirth"], weeks=22) == "Stillbirth"
    assert name_of_loss("US", kinds=["tfmr"], weeks=24) == "Ended for medical reasons"


def test_a_neutral_kind_is_called_by_the_local_word() -> None:
    assert name_of_loss("GB", kinds=["miscarriage_late"], weeks=21) == "Late miscarriage"
    assert name_of_loss("US", kinds=["miscarriage_late"], weeks=21) == "Stillbirth"
    assert name_of_loss("", kinds=["miscarriage_late"], weeks=21) == "Loss in the second trimester"
    assert name_of_loss("", weeks=None) == "A loss"


def test_a_loss_is_called_so_on_her_pages(cast: Cast) -> None:
    lost(cast.author, weeks=21, days=2)
    Journey.objects.filter(member=cast.author).update(country="US")
    (told,) = told_losses(cast.author, PLAIN, sorted_facts(current_facts(cast.author)))
    assert told.called == "Stillbirth"
    assert told.in_short() == "Stillbirth, 21 weeks and 2 days"


def test_every_line_names_its_source_and_says_that_it_is_not_confirmed() -> None:
    assert len({line.country for line in LINES}) == len(LINES)
    for line in LINES:
        assert line.source
        assert line.seen or line.source == "background knowledge"
        said = line_in_words(line.country)
        assert str(line.source) in said
        assert "not yet confirmed by this place" in said
    assert line_in_words("") == line_in_words("XX") == ""
