"""Hidden facts of others are read by the numbers alone, and a true count by nobody.

Whatever else were computed from what people told and did not show would spend the promise of the numbers once more
(docs/decisions/0022-numbers.md). So every page is walked, and each question that it asks the database about journeys
must be about whoever looks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.circles.tending import tend_circles
from leeward.journeys.models import Fact, Loss
from leeward.members.tending import tend
from leeward.notifications.deliver import deliver_letters
from leeward.numbers.actions.publishing import publish_if_due
from leeward.search.documents import reindex
from tests.conftest import Cast, signed_in
from tests.promises.doors_table import DOORS
from tests.promises.furnishing import Furnished, furnish

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ROOT / "leeward" / "numbers"
HIDDEN = (Fact._meta.db_table, Loss._meta.db_table)
READS_OTHERS = {"journeys_read.py"}
"""The one module of the numbers that reads what others told; it asks the database who agreed, again."""


@pytest.fixture
def furnished(cast: Cast, settings: object, tmp_path: Path) -> Furnished:
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's wrapper
    found = furnish(cast)
    assert publish_if_due()
    return found


def asks_of_others(sql: str, looking: int) -> bool:
    """Whether a question to the database reads hidden facts without saying that they are those of whoever looks."""
    if not any(f'FROM "{table}"' in sql or f'JOIN "{table}"' in sql for table in HIDDEN):
        return False
    named = re.findall(r'"member_id" (?:= |IN \()([\d, ]+)', sql)
    of_one = {int(key) for keys in named for key in keys.split(",") if key.strip()}
    by_key = re.search(r'"(?:journeys_fact|journeys_loss)"\."(?:id|loss_id|started_by_id)" = \d+', sql)
    return of_one != {looking} and not by_key


@pytest.mark.parametrize("who", ["author", "other_member", "moderator", "host"])
def test_no_page_asks_for_what_others_told_and_did_not_show(furnished: Furnished, who: str) -> None:
    member = getattr(furnished.cast, who)
    client = signed_in(member)
    asked, own = [], 0
    for name in DOORS:
        with CaptureQueriesContext(connection) as queries:
            client.get(furnished.path(name))
        for sql in (query["sql"] for query in queries):
            own += any(table in sql for table in HIDDEN)
            if asks_of_others(sql, member.pk):
                asked.append((name, sql))
    assert not asked
    assert own, "Nothing was asked of journeys at all: this test would see nothing."


def test_what_is_looked_for_and_tended_asks_for_nothing_that_others_told_and_did_not_show(furnished: Furnished) -> None:
    """Looking with words of one's own, searching, making the index anew, and a round of tending but for the numbers."""
    member = furnished.cast.author
    client = signed_in(member)
    with CaptureQueriesContext(connection) as queries:
        client.post("/near/", {"words": "It ended at twenty weeks, for medical reasons."})
        found = client.post("/search/", {"q": "tfmr at 20 weeks, and it was colder"})
        assert list(reindex())
        tend_circles()
        deliver_letters()
        tend()
    assert not [query["sql"] for query in queries if asks_of_others(query["sql"], member.pk)]
    assert [query for query in queries if HIDDEN[0] in query["sql"]], "Nothing was asked of journeys at all."
    assert "<mark>colder</mark>" in found.content.decode(), "Nothing was found at all."


@pytest.mark.parametrize(
    ("sql", "of_others"),
    [
        ('SELECT * FROM "journeys_fact" WHERE "journeys_fact"."member_id" = 7', False),
        ('SELECT * FROM "journeys_fact" WHERE "journeys_fact"."member_id" = 8', True),
        ('SELECT COUNT(*) FROM "journeys_fact" WHERE "journeys_fact"."key" = \'tfmr\'', True),
        ('SELECT * FROM "journeys_loss" WHERE "journeys_loss"."member_id" IN (7, 8)', True),
        ('SELECT * FROM "stories_shownfact"', False),
    ],
)
def test_a_question_about_others_would_be_found(sql: str, of_others: bool) -> None:
    assert asks_of_others(sql, 7) is of_others


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(NUMBERS.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def names_imported(tree: ast.Module) -> set[str]:
    return {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }


def calls_of(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
    ]


def test_a_true_count_is_only_ever_handed_to_the_noise() -> None:
    """`tally` is called in one place, as the argument of `release`; nothing is done with its result but that."""
    tallies = [(path.name, call) for path, tree in modules() for call in calls_of(tree, "tally")]
    released = [call.args[0] for _path, tree in modules() for call in calls_of(tree, "release")]
    assert [name for name, _call in tallies] == ["publishing.py"]
    assert [ast.dump(each) for each in released] == [ast.dump(call) for _name, call in tallies]


def test_what_says_numbers_knows_neither_who_is_counted_nor_how_many() -> None:
    sayers = {path.name: tree for path, tree in modules() if calls_of(tree, "say") or "board" in ast.dump(tree)}
    assert {"board.py", "answers.py", "page.py"} <= set(sayers)
    for name in ("board.py", "answers.py", "page.py", "sentences.py"):
        tree = ast.parse((NUMBERS / name).read_text(encoding="utf-8"))
        assert not {"Counted", "Fact", "Loss", "Told", "tally", "noise_in", "source_of"} & names_imported(tree), name


def test_the_mechanism_knows_neither_database_nor_members() -> None:
    for path in sorted((NUMBERS / "mechanism").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        of = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [module for module in of if module.startswith(("django", "leeward.journeys", "leeward.members"))]
        assert not [module for module in of if module.startswith("leeward.numbers.models")]


def test_nothing_counts_who_is_counted() -> None:
    """No `.count()` and no `.aggregate()` of the people in a list: not to decide anything, not to log it."""
    for path, tree in modules():
        for call in [*calls_of(tree, "count"), *calls_of(tree, "aggregate")]:
            assert "Counted" not in ast.dump(call), path.name


def test_in_the_numbers_one_module_reads_what_others_told() -> None:
    reading = {path.name for path, tree in modules() if re.search(r"\b(Fact|Loss)\.objects", ast.unparse(tree))}
    assert reading == READS_OTHERS
