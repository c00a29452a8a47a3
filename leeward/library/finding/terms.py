"""The words by which services fit: codes of the taxonomies `leeward-need`, `leeward-audience` and `leeward-journey`.

Each code is a bit of a number, so that a question is one comparison. **Only add at the end**: a listing keeps the
number, not the code. Whoever must change the order lets all be made anew (`manage.py refind`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEED, AUDIENCE, JOURNEY = "leeward-need", "leeward-audience", "leeward-journey"

NEEDS: dict[str, Promise] = {
    "helpline": _("Someone to talk to now"),
    "counselling": _("Counselling"),
    "group": _("A group of people who know it"),
    "befriending": _("One person for me"),
    "visit": _("A visit, or a place to stay"),
    "midwife": _("A midwife or nurse"),
    "hospital_clinic": _("A hospital clinic"),
    "fertility_clinic": _("A fertility clinic"),
    "genetics": _("Genetics"),
    "chaplain": _("Someone of my faith, or a chaplain"),
    "ceremony": _("A ceremony"),
    "funeral": _("A funeral, burial or ashes"),
    "memory": _("Something to keep"),
    "photos": _("Photographs"),
    "legal": _("The law"),
    "money": _("Money"),
    "work": _("Work and leave"),
    "information": _("Something to read"),
    "interpreter": _("An interpreter"),
    "body": _("Help for the body"),
    "course": _("A course"),
    "advocacy": _("Someone beside me in meetings"),
    "practical": _("Practical help at home"),
    "children": _("Help for children"),
    "crisis": _("In a crisis"),
}
"""What a service is."""

AUDIENCES: dict[str, Promise] = {
    "partner": _("Partners"),
    "grandparent": _("Grandparents"),
    "siblings": _("Brothers and sisters"),
    "lgbtq": _("LGBTQ+ people"),
    "no_living_children": _("People with no living children"),
    "childless": _("People who are childless, and did not choose it"),
    "after_ending": _("After ending a pregnancy"),
    "faith": _("People of faith"),
    "no_faith": _("People without faith"),
    "men": _("Men"),
    "women": _("Women"),
    "single": _("People on their own in this"),
    "young": _("Young people"),
    "deaf": _("Deaf people"),
    "learning_disability": _("People with a learning disability"),
}
"""Whom a service has in mind."""

FACETS: dict[str, tuple[str, ...]] = {
    "kind": (
        "biochemical", "miscarriage_early", "miscarriage_late", "ectopic", "molar", "tfmr", "reduction",
        "other_ending", "stillbirth", "neonatal", "infant", "multiple", "failed_transfer", "embryo_loss",
        "surrogacy_loss", "adoption_disruption", "hoped_for_child",
    ),
    "relation": (
        "carried", "partner", "father", "other_mother", "intended_parent", "surrogate", "donor", "single_parent",
        "hoping_parent", "grandparent", "sibling", "surviving_twin", "aunt_uncle", "friend", "colleague",
        "professional",
    ),
    "children": ("none_living", "living_before", "living_after", "twin_survivor", "step_or_foster"),
    "path": (
        "no_help", "timed", "induction", "iui", "ivf", "fet", "genetic_testing", "egg_freezing", "donor_egg",
        "donor_sperm", "donor_embryo", "reciprocal_ivf", "surrogacy", "adoption", "fostering",
    ),
}  # fmt: skip
"""What of a journey says whom a service is for: questions of `journeys/vocabulary.py` and their answers."""

COLUMNS = {"kind": "losses", "children": "losses", "relation": "people", "path": "people"}
"""The column of a listing's row in which the answers to a question stand. A second question begins at bit 32."""

BITS: dict[str, dict[str, int]] = {
    "need": {code: 1 << place for place, code in enumerate(NEEDS)},
    "audience": {code: 1 << place for place, code in enumerate(AUDIENCES)},
    **{
        facet: {code: 1 << place + (32 if facet in {"children", "path"} else 0) for place, code in enumerate(codes)}
        for facet, codes in FACETS.items()
    },
}
"""The bit of each code of a question."""
ALL: dict[str, int] = {question: sum(known.values()) for question, known in BITS.items()}
"""All bits of a question."""


def bits(question: str, codes: Iterable[str]) -> int:
    """The codes as a number; one that is not known counts nothing.

    Args:
        question: "need", "audience", or one of FACETS.
        codes: as taxonomies have them.
    """
    known, mask = BITS[question], 0
    for code in codes:
        mask |= known.get(code, 0)
    return mask
