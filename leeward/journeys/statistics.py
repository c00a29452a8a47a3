"""What published statistics say of a kind of loss or a path: a sentence with its figure, its people and its source.

Figures are about populations elsewhere, never about this place, and none says what will happen to anyone. All are
shown as not yet confirmed by this place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.journeys.nearness import Profile

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from leeward.journeys.facts import Pair

SHOWN = 4
"""How many figures stand beside near stories at most."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    Args:
        sentence: what was found, of whom.
        source: who published it, where and when.
        of: the facts, any of which makes it fit.
        is_general: whether it may also stand where nobody has said anything yet.
    """

    sentence: str | _StrPromise
    source: str
    of: frozenset[Pair]
    is_general: bool = False


def _any(facet: str, *keys: str) -> frozenset[Pair]:
    return frozenset((facet, key) for key in keys)


_QUENBY = "Quenby et al., The Lancet 2021;397:1658–1667"
_FARREN = "Farren et al., American Journal of Obstetrics and Gynecology 2020;222:367.e1–22"

FIGURES: tuple[Figure, ...] = (
    Figure(
        _(
            "Of 198 pregnancies in a study that looked from the first days on, 22 in 100 ended "
            "before a clinic could have known of them."
        ),
        "Wilcox et al., New England Journal of Medicine 1988;319:189–194",
        _any("kind", "biochemical"),
    ),
    Figure(
        _("Of all recognised pregnancies, about 15 in 100 end in a miscarriage: some 23 million a year in the world."),
        _QUENBY,
        _any("kind", "miscarriage_early", "miscarriage_late", "biochemical"),
        is_general=True,
    ),
    Figure(
        _("Of pregnancies that reach the second trimester, 1 to 2 in 100 end before 24 weeks."),
        "RCOG, Green-top Guideline 17, 2011",
        _any("kind", "miscarriage_late"),
    ),
    Figure(
        _("About 2 in 100 women have lived through two miscarriages, and fewer than 1 in 100 through three or more."),
        _QUENBY,
        _any("count", "two", "three", "four_or_more") | _any("diagnosis", "repeated_loss"),
    ),
    Figure(
        _("In the United Kingdom, about 11 in 1,000 pregnancies are ectopic."),
        "NICE guideline NG126, 2019",
        _any("kind", "ectopic"),
    ),
    Figure(
        _("In the United Kingdom, there is about one molar pregnancy for every 714 live births."),
        "RCOG, Green-top Guideline 38",
        _any("kind", "molar"),
    ),
    Figure(
        _("In England and Wales, 3,370 pregnancies were ended in 2021 because of a serious condition of the baby."),
        "Office for Health Improvement and Disparities, Abortion statistics, England and Wales: 2021",
        _any("kind", "tfmr"),
    ),
    Figure(
        _("In 2019, about two million babies in the world were stillborn at 28 weeks or later: 14 in 1,000 births."),
        "Hug et al., The Lancet 2021;398:772–785",
        _any("kind", "stillbirth"),
    ),
    Figure(
        _("In 2022, about 2.3 million babies in the world died in their first 28 days."),
        "UN Inter-agency Group for Child Mortality Estimation, report 2023",
        _any("kind", "neonatal"),
    ),
    Figure(
        _(
            "In the United States, about 3,400 babies died suddenly and unexpectedly before their first "
            "birthday in 2020."
        ),
        "US Centers for Disease Control and Prevention, SUID and SIDS, data of 2020",
        _any("cause", "sudden"),
    ),
    Figure(
        _("About one adult in six lives through infertility at some time."),
        "World Health Organization, Infertility prevalence estimates 1990–2021, 2023",
        _any("kind", "hoped_for_child", "failed_transfer", "embryo_loss")
        | _any("path", "induction", "iui", "ivf", "fet", "donor_egg", "donor_sperm", "donor_embryo")
        | _any("diagnosis", "unexplained")
        | _any("now", "childless_not_by_choice", "stopped_by_choice", "stopped_by_circumstance"),
        is_general=True,
    ),
    Figure(
        _("Endometriosis is found in about one woman or girl in ten of the ages at which people bear children."),
        "World Health Organization, fact sheet Endometriosis, 2023",
        _any("diagnosis", "endometriosis"),
    ),
    Figure(
        _(
            "Of 737 women asked after a miscarriage or an ectopic pregnancy, 29 in 100 had signs of post-traumatic "
            "stress after one month, and 18 in 100 after nine. Fear and low mood were common too. Help exists for it."
        ),
        _FARREN,
        _any("kind", "biochemical", "miscarriage_early", "ectopic"),
    ),
    Figure(
        _(
            "Of 228 men asked, the grief was on average above the mark that researchers call high, "
            "after every kind of loss."
        ),
        "BMC Pregnancy and Childbirth, doi 10.1186/s12884-020-03514-6",
        _any("relation", "father"),
    ),
    Figure(
        _(
            "Six in ten bereaved parents asked in the United Kingdom felt that they needed "
            "specialist psychological help."
        ),
        "Baby Loss Awareness Week alliance, 2019",
        _any("kind", "stillbirth", "neonatal", "infant", "tfmr", "miscarriage_late"),
    ),
    Figure(
        _("About a third of bereaved mothers were told nothing about the milk that may come."),
        "British Journal of Midwifery, review Lactation after loss",
        _any("body", "milk"),
    ),
    Figure(
        _(
            "Of 1,006 women who wrote on message boards about a loss, only half were in its first year. "
            "Others wrote five, ten, twenty years on."
        ),
        "Gold et al., 2012, PMC3237941",
        _any("now", "long_ago"),
    ),
)


def statistics_for(profile: Profile) -> list[Figure]:
    """The published figures that fit a profile, those about its losses first; at most four."""
    return [figure for figure in FIGURES if figure.of & profile.facts][:SHOWN]


def general_statistics() -> list[Figure]:
    """Those for whoever asks before she has said anything."""
    return [figure for figure in FIGURES if figure.is_general]
