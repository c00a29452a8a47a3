"""Every question that may be asked of a person and her losses, and every answer offered.

One readable data file. Keys are stable: stories and journeys hold them for years. Labels are what people
read: change them freely, translate them, let a host or a member replace them. What must never be said is
in `tests/promises/test_voice.py`.

Sources of the distinctions: ICMART glossary 2017 (paths, standings); Tommy's (biochemical, early, molar);
Malory et al., BJOG 2025, doi 10.1111/1471-0528.70057 (which words people can bear). Facts are stored; the
local word for a loss (miscarriage, stillbirth) is derived in `local_words.py`, never forced.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leeward.journeys.terms import About, Facet, Term

RATHER_NOT_SAY = "rather_not_say"
"""A complete answer to any question. It is never asked again and never counts as a fact."""

RELATION = Facet(
    "relation",
    About.PERSON,
    _("Who are you in this?"),
    (
        Term("carried", _("I carried the pregnancy")),
        Term("partner", _("Partner of the one who carried")),
        Term("father", _("Father")),
        Term("other_mother", _("The other mother")),
        Term("intended_parent", _("Parent through surrogacy")),
        Term("surrogate", _("Surrogate")),
        Term("donor", _("Donor")),
        Term("single_parent", _("On my own in this")),
        Term("hoping_parent", _("Hoping to become a parent")),
        Term("grandparent", _("Grandparent")),
        Term("sibling", _("Brother or sister")),
        Term("surviving_twin", _("The twin of that baby")),
        Term("aunt_uncle", _("Aunt or uncle")),
        Term("friend", _("Friend")),
        Term("colleague", _("Colleague")),
        Term("professional", _("I cared for them at work")),
    ),
    weight=3,
)

KIND = Facet(
    "kind",
    About.LOSS,
    _("What happened?"),
    (
        Term("biochemical", _("A very early loss"), _("A positive test, not yet seen on a scan"), way=True),
        Term("miscarriage_early", _("Early miscarriage"), _("In the first twelve weeks"), way=True),
        Term("miscarriage_late", _("Loss in the second trimester"), _("After the first twelve weeks"), way=True),
        Term("ectopic", _("Ectopic pregnancy"), _("Also where the place was never found"), way=True),
        Term("molar", _("Molar pregnancy"), way=True),
        Term("tfmr", _("Ended for medical reasons"), _("For the baby, or for the one who carried"), way=True),
        Term("reduction", _("One of several, so that another might live"), way=True),
        Term("other_ending", _("I ended a pregnancy, and I grieve"), way=True),
        Term("stillbirth", _("Stillbirth"), way=True),
        Term("neonatal", _("A baby who died after birth"), _("In the first four weeks"), way=True),
        Term("infant", _("A baby who died later"), _("After four weeks, also suddenly and unexplained"), way=True),
        Term("multiple", _("Twins or more"), _("One, some or all of them"), way=True),
        Term("failed_transfer", _("A transfer that did not take"), way=True),
        Term("embryo_loss", _("Embryos that are no more"), _("None came through, none could be used, or given up"), way=True),
        Term("surrogacy_loss", _("A loss in surrogacy"), way=True),
        Term("adoption_disruption", _("An adoption or placement that ended"), way=True),
        Term("hoped_for_child", _("The child I hoped for and never conceived"), way=True),
    ),
    weight=6,
)

HOW = Facet(
    "how",
    About.LOSS,
    _("How did it go?"),
    (
        Term("by_itself", _("It began by itself")),
        Term("missed", _("Found at a scan, without a sign")),
        Term("empty_sac", _("An empty sac")),
        Term("waters_broke", _("The waters broke too soon")),
        Term("waited", _("I waited for it")),
        Term("medicine", _("With medicine")),
        Term("surgery", _("With an operation")),
        Term("induced", _("Labour was started")),
        Term("gave_birth", _("I gave birth")),
        Term("caesarean", _("A caesarean")),
        Term("before_labour", _("Died before labour")),
        Term("during_labour", _("Died during labour")),
        Term("intensive_care", _("In intensive care")),
    ),
    weight=1,
)

ALIVE = Facet(
    "alive",
    About.LOSS,
    _("Was your baby born alive?"),
    (Term("yes", _("Yes")), Term("no", _("No")), Term("not_applicable", _("The question does not fit"))),
    many=False,
    weight=1,
)

CAUSE = Facet(
    "cause",
    About.LOSS,
    _("Is a cause known?"),
    (
        Term("unknown", _("No cause was found")),
        Term("awaiting", _("We are still waiting to hear")),
        Term("chromosomal", _("Chromosomes")),
        Term("inherited", _("Something inherited")),
        Term("condition_of_baby", _("A condition of the baby")),
        Term("placenta", _("Placenta")),
        Term("bleeding", _("Heavy bleeding in pregnancy")),
        Term("cord", _("Cord")),
        Term("infection", _("Infection")),
        Term("cervix", _("Early cervical opening")),
        Term("waters", _("Waters that broke early")),
        Term("pre_eclampsia", _("Pre-eclampsia or HELLP")),
        Term("growth", _("Growth")),
        Term("clotting", _("Clotting, antiphospholipid syndrome")),
        Term("uterus_shape", _("Shape of the uterus")),
        Term("maternal_illness", _("An illness of mine")),
        Term("prematurity", _("Born too early")),
        Term("accident_violence", _("An accident or violence")),
        Term("care", _("Care that went wrong, or an inquiry")),
    ),
    weight=2,
)

PATH = Facet(
    "path",
    About.PERSON,
    _("Which ways have you gone to have a child?"),
    (
        Term("no_help", _("Without treatment")),
        Term("timed", _("Timed, or with a calendar")),
        Term("induction", _("Ovulation induction")),
        Term("iui", _("IUI"), _("Insemination"), way=True),
        Term("ivf", _("IVF"), _("Also ICSI and IVM"), way=True),
        Term("fet", _("Frozen transfer"), way=True),
        Term("genetic_testing", _("Testing of embryos"), way=True),
        Term("egg_freezing", _("Freezing eggs or embryos"), way=True),
        Term("donor_egg", _("Donor eggs"), way=True),
        Term("donor_sperm", _("Donor sperm"), way=True),
        Term("donor_embryo", _("Donor embryos"), way=True),
        Term("reciprocal_ivf", _("Reciprocal IVF"), way=True),
        Term("surrogacy", _("Surrogacy"), way=True),
        Term("adoption", _("Adoption"), way=True),
        Term("fostering", _("Fostering"), way=True),
    ),
    weight=4,
)

DIAGNOSIS = Facet(
    "diagnosis",
    About.PERSON,
    _("Has anything been found?"),
    (
        Term("unexplained", _("Nothing was found")),
        Term("endometriosis", _("Endometriosis")),
        Term("adenomyosis", _("Adenomyosis")),
        Term("pcos", _("PCOS")),
        Term("low_reserve", _("Low ovarian reserve")),
        Term("early_menopause", _("Early menopause"), _("Premature ovarian insufficiency")),
        Term("tubal", _("Tubes")),
        Term("fibroids", _("Fibroids")),
        Term("uterus", _("Uterus"), _("Asherman, septum, MRKH and others")),
        Term("sperm", _("Sperm")),
        Term("genetic_carrier", _("A gene that we carry")),
        Term("immune", _("Immune system")),
        Term("age", _("Age")),
        Term("cancer", _("Cancer, or its treatment")),
        Term("repeated_loss", _("More than one loss")),
        Term("repeated_transfers", _("Transfers that did not take, again and again")),
        Term("single_or_same_sex", _("Single, or of the same sex")),
        Term("hysterectomy", _("Hysterectomy")),
        Term("illness_forbids", _("An illness that forbids pregnancy")),
    ),
    weight=2,
)

NOW = Facet(
    "now",
    About.PERSON,
    _("Where are you now?"),
    (
        Term("just_found_out", _("I have just found out")),
        Term("waiting_for_it", _("Waiting for it to happen")),
        Term("in_hospital", _("In hospital")),
        Term("first_weeks", _("In the first weeks after")),
        Term("awaiting_results", _("Waiting for results or an inquest")),
        Term("not_trying_yet", _("Not trying yet")),
        Term("told_to_wait", _("Told to wait")),
        Term("trying", _("Trying")),
        Term("in_treatment", _("In treatment")),
        Term("two_week_wait", _("In the two weeks of waiting")),
        Term("in_limbo", _("Pregnant, and nobody can say")),
        Term("pregnant_after_loss", _("Pregnant after loss")),
        Term("parenting_after_loss", _("With a child after loss")),
        Term("taking_a_break", _("Taking a break")),
        Term("deciding_to_stop", _("Deciding whether to stop")),
        Term("stopped_by_choice", _("We stopped")),
        Term("stopped_by_circumstance", _("It was stopped for us")),
        Term("cannot_carry_again", _("I cannot carry again")),
        Term("other_way_to_parent", _("Donor, surrogacy, adoption or fostering")),
        Term("childless_not_by_choice", _("Childless, not by choice")),
        Term("long_ago", _("It was years ago")),
        Term("supporting_someone", _("Supporting someone")),
        Term("undecided", _("I do not know")),
    ),
    dated=True,
    weight=3,
)

CHILDREN = Facet(
    "children",
    About.PERSON,
    _("Are there living children?"),
    (
        Term("none_living", _("No living child")),
        Term("living_before", _("Born before")),
        Term("living_after", _("Born after")),
        Term("twin_survivor", _("The twin who lives")),
        Term("step_or_foster", _("Step or foster children")),
    ),
    hint=_("This is never shown unless you show it. It helps us to keep from you what you would rather not meet."),
    weight=1,
)

BODY = Facet(
    "body",
    About.PERSON,
    _("And your body?"),
    (
        Term("bleeding", _("Bleeding")),
        Term("transfusion", _("I needed blood")),
        Term("pain", _("Pain")),
        Term("surgery", _("Recovering from an operation")),
        Term("falling_hormone", _("Waiting for hormone levels to fall")),
        Term("test_still_positive", _("A test that is still positive")),
        Term("milk", _("Milk came")),
        Term("belly", _("Still looking pregnant")),
        Term("weight", _("Weight")),
        Term("paused", _("My body has stopped in time")),
        Term("mirror", _("Hard to look in the mirror")),
        Term("hair", _("Hair")),
        Term("scar", _("Scars")),
        Term("periods", _("Periods")),
        Term("injections", _("Injections and their traces")),
        Term("sex", _("Sex")),
        Term("sleep", _("Sleep")),
        Term("pelvic_floor", _("Pelvic floor")),
        Term("phantom_kicks", _("Kicks that are not there")),
        Term("feels_healthy", _("Healthy, and that makes it harder")),
        Term("early_menopause", _("Menopause")),
    ),
    weight=1,
)

HEART = Facet(
    "heart",
    About.PERSON,
    _("What is with you these days?"),
    (
        Term("grief", _("Grief")),
        Term("anger", _("Anger")),
        Term("guilt", _("Guilt")),
        Term("envy", _("Other people's pregnancies")),
        Term("numb", _("Nothing at all")),
        Term("fear_scans", _("Fear before every appointment")),
        Term("afraid_to_hope", _("Hope, and fear of it")),
        Term("what_could_have_been", _("What could have been")),
        Term("flashbacks", _("It comes back, day or night")),
        Term("alone", _("Alone with it")),
        Term("apart_in_grief", _("We grieve differently")),
        Term("judged", _("What others say of it")),
        Term("work", _("Work")),
        Term("relief", _("Also relief")),
        Term("love", _("Love")),
    ),
    weight=1,
)

SUPPORT = Facet(
    "support",
    About.PERSON,
    _("What helps, if anything?"),
    (
        Term("therapy", _("Therapy")),
        Term("peer_group", _("A group")),
        Term("talking", _("Talking about it")),
        Term("writing", _("Writing")),
        Term("partner", _("My partner")),
        Term("family", _("Family")),
        Term("friends", _("Friends")),
        Term("children_speak", _("The children speak of the baby")),
        Term("medication", _("Medication")),
        Term("doing", _("Doing something with my hands")),
        Term("nature", _("Being outdoors")),
        Term("helping_others", _("Being there for others")),
        Term("nothing_yet", _("Nothing yet")),
    ),
    weight=1,
)

TOLD = Facet(
    "told",
    About.PERSON,
    _("Who knows?"),
    (
        Term("nobody", _("Nobody")),
        Term("partner_only", _("Only my partner")),
        Term("few", _("A few people")),
        Term("family", _("My family")),
        Term("work", _("People at work")),
        Term("openly", _("I have told it openly")),
        Term("photos_shown", _("I have shown photos")),
    ),
    weight=1,
)

REMEMBRANCE = Facet(
    "remembrance",
    About.PERSON,
    _("How do you remember?"),
    (
        Term("name", _("A name")),
        Term("tree", _("A tree or a plant")),
        Term("ashes", _("Ashes kept near")),
        Term("ashes_in_soil", _("Ashes in the soil of a tree")),
        Term("grave", _("A grave")),
        Term("photos", _("Photos")),
        Term("prints", _("Hand or foot prints")),
        Term("box", _("A box of things")),
        Term("candle", _("A light")),
        Term("jewellery", _("Something I wear")),
        Term("tattoo", _("A tattoo")),
        Term("date", _("A day in the year")),
        Term("tradition", _("A custom of my people")),
        Term("kindness", _("A kindness in their name")),
        Term("family_speaks", _("We speak of them at home")),
        Term("nothing_left", _("There is nothing to hold")),
        Term("not_now", _("Not now")),
    ),
    weight=1,
)

FAITH = Facet(
    "faith",
    About.PERSON,
    _("Does faith have a part in it?"),
    (
        Term("none", _("No")),
        Term("catholic", _("Catholic")),
        Term("orthodox", _("Orthodox")),
        Term("protestant", _("Protestant")),
        Term("latter_day_saint", _("Latter-day Saint")),
        Term("jewish", _("Jewish")),
        Term("muslim", _("Muslim")),
        Term("hindu", _("Hindu")),
        Term("sikh", _("Sikh")),
        Term("buddhist", _("Buddhist")),
        Term("shinto", _("Shinto")),
        Term("indigenous", _("Indigenous")),
        Term("humanist", _("Humanist or secular")),
        Term("angry", _("I had one, and I am angry")),
        Term("no_faith_talk", _("I would rather not meet talk of faith")),
    ),
    consent="faith",
    weight=1,
)

FACETS: tuple[Facet, ...] = (
    RELATION,
    KIND,
    HOW,
    ALIVE,
    CAUSE,
    PATH,
    DIAGNOSIS,
    NOW,
    CHILDREN,
    BODY,
    HEART,
    SUPPORT,
    TOLD,
    REMEMBRANCE,
    FAITH,
)

FACET: dict[str, Facet] = {facet.key: facet for facet in FACETS}
"""Facets by their key."""
