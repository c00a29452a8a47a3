"""People of the village who tell their journey to be counted and write nothing: without them few numbers could be said.

So many say little in every place. Each row is one invented person; nobody finds them, and nobody can sign in as them.
"""

from __future__ import annotations

from typing import Any

# name, weeks, months ago, where she is now
_LATE = """
Abena 16 9 trying|Alma 18 14 not_trying_yet|Annika 20 6 not_trying_yet|Asha 15 22 parenting_after_loss
Beatriz 22 11 undecided|Bronwen 19 4 not_trying_yet|Celia 17 7 trying|Chiara 21 16 in_treatment
Dafne 20 10 not_trying_yet|Delphine 14 5 taking_a_break|Dorota 18 19 pregnant_after_loss|Eira 23 8 not_trying_yet
Elif 16 3 first_weeks|Enid 20 27 undecided|Fatou 19 13 trying|Freya 21 6 not_trying_yet
Gemma 15 10 trying|Greta 17 30 parenting_after_loss|Hana 22 7 told_to_wait|Ilona 18 12 not_trying_yet
Iva 20 5 not_trying_yet|Jelena 16 18 trying|Joan 19 9 in_treatment|Kamala 23 15 undecided
Kerstin 14 4 taking_a_break|Laila 20 8 not_trying_yet|Liv 17 24 pregnant_after_loss|Lotte 21 11 trying
Malin 18 6 not_trying_yet|Marta 22 17 undecided|Milena 15 13 trying|Nora 20 3 not_trying_yet
Oriane 19 20 in_treatment|Paloma 16 7 not_trying_yet|Renske 21 5 told_to_wait|Rita 18 10 trying
Signe 20 14 not_trying_yet|Sunniva 17 9 taking_a_break|Tessa 22 6 not_trying_yet|Vilma 19 12 trying
"""


def counted_people() -> list[dict[str, Any]]:
    """Their tables, as those of the people in `people/`."""
    return [_table(*row.split()) for line in _LATE.split("\n") for row in line.split("|") if row]


def _table(name: str, weeks: str, months: str, now: str) -> dict[str, Any]:
    return {
        "name": name,
        "relation": ["carried"],
        "now": [{"key": now, "days_ago": 40}],
        "loss": [{"kind": ["miscarriage_late"], "weeks": int(weeks), "months_ago": int(months)}],
    }
