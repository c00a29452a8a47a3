"""What people and moderators did with the texts of the queue, through the same actions as in a real place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, open_case, report
from leeward.moderation.actions.appealing import object_to
from leeward.moderation.actions.concerns import Account, raise_concern
from leeward.moderation.actions.keeping import ask_second, give_opinion
from leeward.moderation.actions.papers import change_rules
from leeward.moderation.actions.telling import propose_telling
from leeward.moderation.models import Act, Case, Decision
from leeward.moderation.rules import CLAUSE, rules_in_force
from leeward.village.queue.house import House

Row = dict[str, Any]


def _report(house: House, row: Row) -> None:
    report(house.texts[row["text"]], by=house.people[row["by"]], reason=row["reason"], words=row["words"])


def _decide(house: House, row: Row) -> None:
    case, moderator = _opened(house, row["text"], house.people[row["by"]])
    ruling = Ruling(Act(row["act"]), clause=row.get("clause", ""), reason=row["reason"])
    decide(case, moderator=moderator, ruling=ruling, seen=house.texts[row["text"]].touched_at)


def _change_rules(house: House, row: Row) -> None:
    said = {row["clause"]: (str(CLAUSE[row["clause"]].title), row["text"])}
    change_rules(said, by=house.people["Hesper"], why=row["why"], seen=rules_in_force())


def _object(house: House, row: Row) -> None:
    thing = house.texts[row["text"]]
    assert thing.author is not None
    decision = Decision.objects.get(case=house.case_of(row["text"]))
    object_to(decision, by=thing.author, words=row["words"])


def _ask_and_give(house: House, row: Row) -> None:
    case, asks = _opened(house, row["text"], house.people[row["by"]])
    ask_second(case, by=asks)
    case, reads = _opened(house, row["text"], house.people[row["reader"]])
    give_opinion(case, by=reads, words=row["words"])


def _raise_concern(house: House, row: Row) -> None:
    case, moderator = _opened(house, row["text"], house.people[row["by"]])
    about = [Account(house.people[name].pk, named=True) for name in row["about"]]
    raise_concern(case, by=moderator, words=row["words"], about=about)


def _propose_telling(house: House, row: Row) -> None:
    case, moderator = _opened(house, row["text"], house.people[row["by"]])
    propose_telling(case, by=moderator, words=row["words"])


def _opened(house: House, key: str, moderator: Member) -> tuple[Case, Member]:
    case = house.case_of(key)
    open_case(case, moderator=moderator)
    return case, moderator


EVENTS: Final[dict[str, Callable[[House, Row], None]]] = {
    "report": _report,
    "decision": _decide,
    "rule": _change_rules,
    "appeal": _object,
    "second": _ask_and_give,
    "concern": _raise_concern,
    "telling": _propose_telling,
}
"""What is done with the rows of each table."""
