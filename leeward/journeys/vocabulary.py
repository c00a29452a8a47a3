"""Every question that may be asked of a person and her losses, and every answer offered.

One readable data file, longer than other files of the house because it is read as a whole. Keys are stable:
stories and journeys hold them for years. Labels are what people read: change them freely, translate them, let a
host or a member replace them. A term without `also` is never compared. What must never be said is in
`tests/promises/test_voice.py`.

Sources of the distinctions: ICMART glossary 2017 (paths, standings); Tommy's (biochemical, early, molar);
Malory et al., BJOG 2025, doi 10.1111/1471-0528.70057 (which words people can bear). Facts are stored; the
local word for a loss (miscarriage, stillbirth) is derived in `local_words.py`, never forced.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leeward.journeys.terms import About, Facet, Term

RELATION = Facet(
    "relation",
    About.PERSON,
    _("Who are you in this?"),
    (
        Term("carried", _("I carried the pregnancy"), also=_("also carried the pregnancy")),
        Term("partner", _("Partner of the one who carried"), also=_("also the partner")),
        Term("father", _("Father"), also=_("also a father")),
        Term("other_mother", _("The other mother"), also=_("also the other mother")),
        Term("intended_parent", _("Parent through surrogacy"), also=_("also a parent through surrogacy")),
        Term("surrogate", _("Surrogate"), also=_("also a surrogate")),
        Term("donor", _("Donor"), also=_("also a donor")),
        Term("single_parent", _("On my own in this"), also=_("also on their own in this")),
        Term("hoping_parent", _("Hoping to become a parent"), also=_("also hoping to become a parent")),
        Term("grandparent", _("Grandparent"), also=_("also a grandparent")),
        Term("sibling", _("Brother or sister"), also=_("also a brother or sister")),
        Term("surviving_twin", _("The twin of that baby"), also=_("also the twin of that baby")),
        Term("aunt_uncle", _("Aunt or uncle"), also=_("also an aunt or uncle")),
        Term("friend", _("Friend"), also=_("also a friend")),
        Term("colleague", _("Colleague"), also=_("also a colleague")),
        Term("professional", _("I cared for them at work"), also=_("also someone who cared for them at work")),
    ),
    weight=3,
)

COUNT = Facet(
    "count",
    About.PERSON,
    _("How many losses have there been?"),
    (
        Term("none", _("None that was ever a pregnancy"), also=_("also without a pregnancy")),
        Term("one", _("One loss")),
        Term("two", _("Two losses"), also=_("also two losses")),
        Term("three", _("Three losses"), also=_("also three losses")),
        Term("four_or_more", _("Four losses or more"), also=_("also many losses")),
    ),
    hint=_("However you count them. You need not tell of each."),
    many=False,
    weight=2,
)

KIND = Facet(
    "kind",
    About.LOSS,
    _("What happened?"),
    (
        Term(
            "biochemical",
            _("A very early loss"),
            _("A positive test, not yet seen on a scan"),
            way=True,
            also=_("also a very early loss"),
        ),
        Term(
            "miscarriage_early",
            _("Early miscarriage"),
            _("In the first twelve weeks"),
            way=True,
            also=_("also an early miscarriage"),
        ),
        Term(
            "miscarriage_late",
            _("Loss in the second trimester"),
            _("After the first twelve weeks"),
            way=True,
            also=_("also in the second trimester"),
        ),
        Term(
            "ectopic",
            _("Ectopic pregnancy"),
            _("Also where the place was never found"),
            way=True,
            also=_("also an ectopic pregnancy"),
        ),
        Term("molar", _("Molar pregnancy"), way=True, also=_("also a molar pregnancy")),
        Term(
            "tfmr",
            _("Ended for medical reasons"),
            _("For the baby, or for the one who carried"),
            way=True,
            also=_("also ended for medical reasons"),
        ),
        Term(
            "reduction",
            _("One of several, so that another might live"),
            way=True,
            also=_("also one of several, so that another might live"),
        ),
        Term(
            "other_ending",
            _("I ended a pregnancy, and I grieve"),
            way=True,
            also=_("also ended a pregnancy, and grieves"),
        ),
        Term("stillbirth", _("Stillbirth"), way=True, also=_("also a stillbirth")),
        Term(
            "neonatal",
            _("A baby who died after birth"),
            _("In the first four weeks"),
            way=True,
            also=_("also a baby who died after birth"),
        ),
        Term(
            "infant",
            _("A baby who died later"),
            _("After four weeks, also suddenly and unexplained"),
            way=True,
            also=_("also a baby who died later"),
        ),
        Term("multiple", _("Twins or more"), _("One, some or all of them"), way=True, also=_("also twins or more")),
        Term(
            "failed_transfer", _("A transfer that did not take"), way=True, also=_("also a transfer that did not take")
        ),
        Term(
            "embryo_loss",
            _("Embryos that are no more"),
            _("None came through, none could be used, or given up"),
            way=True,
            also=_("also embryos that are no more"),
        ),
        Term("surrogacy_loss", _("A loss in surrogacy"), way=True, also=_("also a loss in surrogacy")),
        Term(
            "adoption_disruption",
            _("An adoption or placement that ended"),
            way=True,
            also=_("also an adoption or placement that ended"),
        ),
        Term(
            "hoped_for_child",
            _("The child I hoped for and never conceived"),
            way=True,
            also=_("also a child hoped for and never conceived"),
        ),
    ),
    weight=6,
)

EXACTLY = Facet(
    "exactly",
    About.LOSS,
    _("More exactly, if one of these fits"),
    (
        Term("tube", _("In a tube"), also=_("also in a tube")),
        Term("scar", _("In the scar of a caesarean"), also=_("also in a scar")),
        Term(
            "elsewhere", _("In another place outside the uterus"), also=_("also outside the uterus, in another place")
        ),
        Term("place_never_found", _("The place was never found"), also=_("also where the place was never found")),
        Term(
            "one_inside_one_outside",
            _("One in the uterus and one outside"),
            also=_("also one in the uterus and one outside"),
        ),
        Term("molar_partial", _("Partial molar"), also=_("also partial molar")),
        Term("molar_complete", _("Complete molar"), also=_("also complete molar")),
        Term(
            "molar_treated",
            _("Treated after a molar pregnancy"),
            _("Long months of blood tests, or chemotherapy"),
            also=_("also treated after a molar pregnancy"),
        ),
        Term("one_of_several", _("One of twins or more"), also=_("also one of twins or more")),
        Term("some_of_several", _("Some of several"), also=_("also some of several")),
        Term("all_of_several", _("All of them"), also=_("also all of them")),
        Term("first_hours", _("Lived for hours"), also=_("also a baby who lived for hours")),
        Term("first_days", _("Lived for days"), also=_("also a baby who lived for days")),
        Term("first_weeks", _("Lived for weeks"), also=_("also a baby who lived for weeks")),
        Term("first_months", _("Lived for months"), also=_("also a baby who lived for months")),
        Term("none_after_thaw", _("No embryo came through the thaw"), also=_("also no embryo after the thaw")),
        Term(
            "none_after_tests", _("No embryo could be used after the tests"), also=_("also no embryo after the tests")
        ),
        Term("embryos_given_up", _("Embryos that we let go or gave away"), also=_("also embryos let go or given away")),
    ),
    weight=3,
)

HOW = Facet(
    "how",
    About.LOSS,
    _("How did it go?"),
    (
        Term("by_itself", _("It began by itself"), also=_("also began by itself")),
        Term("missed", _("Found at a scan, without a sign"), also=_("also told at a scan")),
        Term("empty_sac", _("An empty sac"), also=_("also an empty sac")),
        Term("uncertain", _("It was uncertain for a while"), also=_("also uncertain for a while")),
        Term("told_no_help", _("I was told that nothing could help"), also=_("also told that nothing could help")),
        Term("waters_broke", _("The waters broke too soon"), also=_("also waters that broke too soon")),
        Term("waited", _("I waited for it"), also=_("also waited for it")),
        Term("medicine", _("With medicine"), also=_("also with medicine")),
        Term("surgery", _("With an operation"), also=_("also with an operation")),
        Term("more_than_once", _("It was not over in one go"), also=_("also not over in one go")),
        Term("induced", _("Labour was started"), also=_("also labour that was started")),
        Term("gave_birth", _("I gave birth"), also=_("also gave birth")),
        Term("caesarean", _("A caesarean"), also=_("also a caesarean")),
        Term("before_labour", _("Died before labour"), also=_("also before labour")),
        Term("during_labour", _("Died during labour"), also=_("also during labour")),
        Term("intensive_care", _("In intensive care"), also=_("also in intensive care")),
    ),
    weight=1,
)

ALIVE = Facet(
    "alive",
    About.LOSS,
    _("Was your baby born alive?"),
    (
        Term("yes", _("Yes, born alive"), also=_("also born alive")),
        Term("no", _("No, not born alive")),
        Term("not_applicable", _("The question does not fit")),
    ),
    many=False,
    weight=1,
)

CAUSE = Facet(
    "cause",
    About.LOSS,
    _("Is a cause known?"),
    (
        Term("unknown", _("No cause was found"), also=_("also without a known cause")),
        Term("awaiting", _("We are still waiting to hear"), also=_("also waiting to hear why")),
        Term("chromosomal", _("Chromosomes"), also=_("also because of chromosomes")),
        Term("inherited", _("Something inherited"), also=_("also something inherited")),
        Term("condition_of_baby", _("A condition of the baby"), also=_("also a condition of the baby")),
        Term("placenta", _("Placenta"), also=_("also because of the placenta")),
        Term("bleeding", _("Heavy bleeding in pregnancy"), also=_("also heavy bleeding in pregnancy")),
        Term("cord", _("Cord"), also=_("also because of the cord")),
        Term("infection", _("Infection"), also=_("also because of an infection")),
        Term("cervix", _("Early cervical opening"), also=_("also early cervical opening")),
        Term("waters", _("Waters that broke early"), also=_("also waters that broke early")),
        Term("pre_eclampsia", _("Pre-eclampsia or HELLP"), also=_("also pre-eclampsia or HELLP")),
        Term("growth", _("Growth"), also=_("also because of growth")),
        Term("clotting", _("Clotting, antiphospholipid syndrome"), also=_("also because of clotting")),
        Term("uterus_shape", _("Shape of the uterus"), also=_("also because of the shape of the uterus")),
        Term("maternal_illness", _("An illness of mine"), also=_("also an illness of the one who carried")),
        Term("prematurity", _("Born too early"), also=_("also born too early")),
        Term("sudden", _("Sudden, and never explained"), also=_("also sudden, and never explained")),
        Term("accident_violence", _("An accident or violence"), also=_("also an accident or violence")),
        Term("care", _("Care that went wrong, or an inquiry"), also=_("also care that went wrong, or an inquiry")),
    ),
    weight=2,
)

PATH = Facet(
    "path",
    About.PERSON,
    _("Which ways have you gone to have a child?"),
    (
        Term("no_help", _("Without treatment"), also=_("also without treatment")),
        Term("timed", _("Timed, or with a calendar"), also=_("also timed, or with a calendar")),
        Term("induction", _("Ovulation induction"), also=_("also through ovulation induction")),
        Term("iui", _("IUI"), _("Insemination"), way=True, also=_("also through IUI")),
        Term("ivf", _("IVF"), _("Also ICSI and IVM"), way=True, also=_("also through IVF")),
        Term("fet", _("Frozen transfer"), way=True, also=_("also through a frozen transfer")),
        Term("genetic_testing", _("Testing of embryos"), way=True, also=_("also with embryos that were tested")),
        Term("egg_freezing", _("Freezing eggs or embryos"), way=True, also=_("also with frozen eggs or embryos")),
        Term("donor_egg", _("Donor eggs"), way=True, also=_("also with donor eggs")),
        Term("donor_sperm", _("Donor sperm"), way=True, also=_("also with donor sperm")),
        Term("donor_embryo", _("Donor embryos"), way=True, also=_("also with donor embryos")),
        Term("reciprocal_ivf", _("Reciprocal IVF"), way=True, also=_("also through reciprocal IVF")),
        Term("surrogacy", _("Surrogacy"), way=True, also=_("also through surrogacy")),
        Term("adoption", _("Adoption"), way=True, also=_("also on the way of adoption")),
        Term("fostering", _("Fostering"), way=True, also=_("also on the way of fostering")),
    ),
    weight=4,
)

STAGE = Facet(
    "stage",
    About.PERSON,
    _("And in treatment?"),
    (
        Term("waiting_list", _("On a waiting list"), also=_("also on a waiting list")),
        Term("stimulation", _("In the days of injections"), also=_("also in the days of injections")),
        Term("retrieval", _("Eggs were collected"), also=_("also after eggs were collected")),
        Term("fertilisation_report", _("Waiting for news of the embryos"), also=_("also waiting for news of embryos")),
        Term("transfer", _("Around a transfer"), also=_("also around a transfer")),
        Term("blood_result", _("Waiting for a blood result"), also=_("also waiting for a blood result")),
        Term("frozen_left", _("Embryos are frozen"), also=_("also with frozen embryos")),
        Term("cancelled", _("A cycle was stopped"), also=_("also a cycle that was stopped")),
        Term("negative", _("A result that was negative"), also=_("also a result that was negative")),
        Term("hyperstimulation", _("Overstimulated ovaries"), _("OHSS"), also=_("also overstimulated ovaries")),
        Term("funding_refused", _("Funding was refused"), also=_("also refused funding")),
        Term("last_cycle", _("The last one that we can do"), also=_("also the last one that can be done")),
    ),
    weight=2,
)

DIAGNOSIS = Facet(
    "diagnosis",
    About.PERSON,
    _("Has anything been found?"),
    (
        Term("unexplained", _("Nothing was found"), also=_("also nothing found")),
        Term("endometriosis", _("Endometriosis"), also=_("also endometriosis")),
        Term("adenomyosis", _("Adenomyosis"), also=_("also adenomyosis")),
        Term("pcos", _("PCOS"), also=_("also PCOS")),
        Term("low_reserve", _("Low ovarian reserve"), also=_("also low ovarian reserve")),
        Term(
            "early_menopause",
            _("Early menopause"),
            _("Premature ovarian insufficiency"),
            also=_("also early menopause"),
        ),
        Term("tubal", _("The tubes"), also=_("also because of tubes")),
        Term("fibroids", _("Fibroids"), also=_("also fibroids")),
        Term("uterus", _("The uterus"), _("Asherman, septum, MRKH and others"), also=_("also because of the uterus")),
        Term("sperm", _("Sperm"), also=_("also because of sperm")),
        Term("genetic_carrier", _("A gene that we carry"), also=_("also a gene that is carried")),
        Term("immune", _("Immune system"), also=_("also the immune system")),
        Term("age", _("Age"), also=_("also age")),
        Term("cancer", _("Cancer, or its treatment"), also=_("also cancer, or its treatment")),
        Term("repeated_loss", _("More than one loss"), also=_("also more than one loss")),
        Term(
            "repeated_transfers",
            _("Transfers that did not take, again and again"),
            also=_("also transfers that did not take, again and again"),
        ),
        Term("single_or_same_sex", _("Single, or of the same sex"), also=_("also single, or of the same sex")),
        Term("hysterectomy", _("Hysterectomy"), also=_("also a hysterectomy")),
        Term(
            "illness_forbids", _("An illness that forbids pregnancy"), also=_("also an illness that forbids pregnancy")
        ),
    ),
    weight=2,
)

NOW = Facet(
    "now",
    About.PERSON,
    _("Where are you now?"),
    (
        Term("just_found_out", _("I have just found out"), also=_("also has just found out")),
        Term("waiting_for_it", _("Waiting for it to happen"), also=_("also waiting for it to happen")),
        Term("in_hospital", _("In hospital"), also=_("also in hospital")),
        Term("first_weeks", _("In the first weeks after"), also=_("also in the first weeks after")),
        Term("awaiting_results", _("Waiting for results or an inquest"), also=_("also waiting for results")),
        Term("not_trying_yet", _("Not trying yet"), also=_("also not trying yet")),
        Term("told_to_wait", _("Told to wait"), also=_("also told to wait")),
        Term("trying", _("Trying"), also=_("also trying")),
        Term("in_treatment", _("In treatment"), also=_("also in treatment")),
        Term("two_week_wait", _("In the two weeks of waiting"), also=_("also in the two weeks of waiting")),
        Term("in_limbo", _("Pregnant, and nobody can say"), also=_("also pregnant, and nobody can say")),
        Term("pregnant_after_loss", _("Pregnant after loss"), also=_("also pregnant after loss")),
        Term("parenting_after_loss", _("With a child after loss"), also=_("also with a child after loss")),
        Term("taking_a_break", _("Taking a break"), also=_("also taking a break")),
        Term("deciding_to_stop", _("Deciding whether to stop"), also=_("also deciding whether to stop")),
        Term("stopped_by_choice", _("We stopped"), also=_("also stopped")),
        Term("stopped_by_circumstance", _("It was stopped for us"), also=_("also when it was stopped for them")),
        Term("cannot_carry_again", _("I cannot carry again"), also=_("also cannot carry again")),
        Term(
            "other_way_to_parent",
            _("Donor, surrogacy, adoption or fostering"),
            also=_("also on another way to a child"),
        ),
        Term("childless_not_by_choice", _("Childless, not by choice"), also=_("also childless, not by choice")),
        Term("long_ago", _("It was years ago"), also=_("also years ago")),
        Term("supporting_someone", _("Supporting someone"), also=_("also supporting someone")),
        Term("undecided", _("I do not know"), also=_("also does not know yet")),
    ),
    dated=True,
    weight=3,
)

CHILDREN = Facet(
    "children",
    About.PERSON,
    _("Are there living children?"),
    (
        Term("none_living", _("No living child"), also=_("also no living child")),
        Term("living_before", _("A child born before"), also=_("also with a child born before")),
        Term("living_after", _("A child born after"), also=_("also with a child born after")),
        Term("twin_survivor", _("The twin who lives"), also=_("also with the twin who lives")),
        Term("step_or_foster", _("Step or foster children"), also=_("also with step or foster children")),
    ),
    hint=_("This is never shown unless you show it. It helps us to keep from you what you would rather not meet."),
    weight=1,
    shy=True,
)

BODY = Facet(
    "body",
    About.PERSON,
    _("And your body?"),
    (
        Term("bleeding", _("Bleeding"), also=_("also bleeding")),
        Term("transfusion", _("I needed blood"), also=_("also needed blood")),
        Term("pain", _("Pain"), also=_("also pain")),
        Term("infection", _("Fever or an infection"), also=_("also fever or an infection")),
        Term("surgery", _("Recovering from an operation"), also=_("also recovering from an operation")),
        Term(
            "falling_hormone",
            _("Waiting for hormone levels to fall"),
            also=_("also waiting for hormone levels to fall"),
        ),
        Term("test_still_positive", _("A test that is still positive"), also=_("also a test that is still positive")),
        Term("milk", _("Milk came"), also=_("also milk that came")),
        Term("breasts", _("Breasts that made ready"), also=_("also breasts that made ready")),
        Term("milk_given", _("I gave my milk"), also=_("also gave milk")),
        Term("belly", _("Still looking pregnant"), also=_("also still looking pregnant")),
        Term("weight", _("Weight"), also=_("also weight")),
        Term("paused", _("My body has stopped in time"), also=_("also a body stopped in time")),
        Term("mirror", _("Hard to look in the mirror"), also=_("also hard to look in the mirror")),
        Term("hair", _("Hair"), also=_("also hair")),
        Term("scar", _("Scars"), also=_("also scars")),
        Term("periods", _("Periods"), also=_("also periods")),
        Term("injections", _("Injections and their traces"), also=_("also injections and their traces")),
        Term("sex", _("Sex"), also=_("also sex")),
        Term("sleep", _("Sleep"), also=_("also sleep")),
        Term("moving", _("Moving again, sport"), also=_("also moving again")),
        Term("contraception", _("Contraception"), also=_("also contraception")),
        Term("pelvic_floor", _("Pelvic floor"), also=_("also pelvic floor")),
        Term("phantom_kicks", _("Kicks that are not there"), also=_("also kicks that are not there")),
        Term("let_down", _("My body did not do as I hoped"), also=_("also a body that did not do as hoped")),
        Term("proud", _("Proud of what it did"), also=_("also proud of what the body did")),
        Term("feels_healthy", _("Healthy, and that makes it harder"), also=_("also healthy, and that makes it harder")),
        Term("early_menopause", _("Menopause"), also=_("also menopause")),
    ),
    weight=1,
    shy=True,
)

HEART = Facet(
    "heart",
    About.PERSON,
    _("What do you carry these days?"),
    (
        Term("grief", _("Grief"), also=_("also grief")),
        Term("anger", _("Anger"), also=_("also anger")),
        Term("guilt", _("Guilt"), also=_("also guilt")),
        Term("envy", _("Other people's pregnancies"), also=_("also other people's pregnancies")),
        Term("numb", _("Nothing at all"), also=_("also nothing at all")),
        Term("fear_scans", _("Fear before every appointment"), also=_("also fear before every appointment")),
        Term("afraid_to_hope", _("Hope, and fear of it"), also=_("also hope, and fear of it")),
        Term("what_could_have_been", _("What could have been"), also=_("also what could have been")),
        Term("why", _("Asking why"), also=_("also asking why")),
        Term("missing_pregnancy", _("Missing being pregnant"), also=_("also missing being pregnant")),
        Term("flashbacks", _("It comes back, day or night"), also=_("also when it comes back, day or night")),
        Term("alone", _("Alone with it"), also=_("also alone with it")),
        Term("apart_in_grief", _("We grieve differently"), also=_("also grieving differently")),
        Term("judged", _("What others say of it"), also=_("also what others say of it")),
        Term("work", _("Work"), also=_("also work")),
        Term("relief", _("Also relief"), also=_("also relief")),
        Term("thankful", _("Thankful too, for what is"), also=_("also thankful, beside the grief")),
        Term("love", _("Love"), also=_("also love")),
    ),
    weight=1,
    shy=True,
)

SUPPORT = Facet(
    "support",
    About.PERSON,
    _("What helps, if anything?"),
    (
        Term("therapy", _("Therapy"), also=_("also therapy")),
        Term("peer_group", _("A group"), also=_("also a group")),
        Term("talking", _("Talking about it"), also=_("also talking about it")),
        Term("writing", _("Writing"), also=_("also writing")),
        Term("partner", _("My partner"), also=_("also leaning on a partner")),
        Term("family", _("Family"), also=_("also leaning on family")),
        Term("friends", _("Friends"), also=_("also leaning on friends")),
        Term("children_speak", _("The children speak of the baby"), also=_("also children who speak of the baby")),
        Term("medication", _("Medication"), also=_("also medication")),
        Term("doing", _("Doing something with my hands"), also=_("also doing something with the hands")),
        Term("nature", _("Being outdoors"), also=_("also being outdoors")),
        Term("self_care", _("Taking care of myself"), also=_("also taking care of themselves")),
        Term("hearing_others", _("Hearing from others who lost"), also=_("also hearing from others who lost")),
        Term("helping_others", _("Being there for others"), also=_("also being there for others")),
        Term("nothing_yet", _("Nothing yet"), also=_("also nothing that helps yet")),
    ),
    weight=1,
    shy=True,
)

TOLD = Facet(
    "told",
    About.PERSON,
    _("Who knows?"),
    (
        Term("nobody", _("Nobody"), also=_("also told nobody")),
        Term("partner_only", _("Only my partner"), also=_("also told only a partner")),
        Term("few", _("A few people"), also=_("also told a few people")),
        Term("family", _("My family"), also=_("also told family")),
        Term("work", _("People at work"), also=_("also told people at work")),
        Term("openly", _("I have told it openly"), also=_("also told it openly")),
        Term("photos_shown", _("I have shown photos"), also=_("also showed photos")),
    ),
    weight=1,
    shy=True,
)

REMEMBRANCE = Facet(
    "remembrance",
    About.PERSON,
    _("How do you remember?"),
    (
        Term("name", _("A name"), also=_("also a name")),
        Term("tree", _("A tree or a plant"), also=_("also a tree or a plant")),
        Term("ashes", _("Ashes kept near"), also=_("also ashes kept near")),
        Term("ashes_in_soil", _("Ashes in the soil of a tree"), also=_("also ashes in the soil of a tree")),
        Term("grave", _("A grave"), also=_("also a grave")),
        Term("photos", _("Photos"), also=_("also photos")),
        Term("prints", _("Hand or foot prints"), also=_("also hand or foot prints")),
        Term("box", _("A box of things"), also=_("also a box of things")),
        Term("candle", _("A light"), also=_("also a light")),
        Term("jewellery", _("Something I wear"), also=_("also something to wear")),
        Term("tattoo", _("A tattoo"), also=_("also a tattoo")),
        Term("date", _("A day in the year"), also=_("also a day in the year")),
        Term("tradition", _("A custom of my people"), also=_("also a custom of their people")),
        Term("kindness", _("A kindness in their name"), also=_("also a kindness in their name")),
        Term("family_speaks", _("We speak of them at home"), also=_("also speaking of them at home")),
        Term("nothing_left", _("There is nothing to hold"), also=_("also nothing to hold")),
        Term("not_now", _("Not now"), also=_("also not remembering now")),
    ),
    weight=1,
)

TRADITION = Facet(
    "tradition",
    About.PERSON,
    _("Is there a custom, a people or a place that shapes how you remember?"),
    (),
    hint=_("In your own words, if you like."),
    weight=0,
    shy=True,
)

FAITH = Facet(
    "faith",
    About.PERSON,
    _("Does faith have a part in it?"),
    (
        Term("none", _("No"), also=_("also without faith")),
        Term("catholic", _("Catholic"), also=_("also Catholic")),
        Term("orthodox", _("Orthodox"), also=_("also Orthodox")),
        Term("protestant", _("Protestant"), also=_("also Protestant")),
        Term("latter_day_saint", _("Latter-day Saint"), also=_("also a Latter-day Saint")),
        Term("jewish", _("Jewish"), also=_("also Jewish")),
        Term("muslim", _("Muslim"), also=_("also Muslim")),
        Term("hindu", _("Hindu"), also=_("also Hindu")),
        Term("sikh", _("Sikh"), also=_("also Sikh")),
        Term("buddhist", _("Buddhist"), also=_("also Buddhist")),
        Term("shinto", _("Shinto"), also=_("also Shinto")),
        Term("indigenous", _("Indigenous"), also=_("also Indigenous")),
        Term("humanist", _("Humanist or secular"), also=_("also humanist or secular")),
        Term("angry", _("I had one, and I am angry"), also=_("also had a faith, and is angry")),
        Term(
            "no_faith_talk",
            _("I would rather not meet talk of faith"),
            also=_("also would rather not meet talk of faith"),
        ),
    ),
    consent="faith",
    weight=1,
    shy=True,
)

FACETS: tuple[Facet, ...] = (
    RELATION,
    COUNT,
    KIND,
    EXACTLY,
    HOW,
    ALIVE,
    CAUSE,
    PATH,
    STAGE,
    DIAGNOSIS,
    NOW,
    CHILDREN,
    BODY,
    HEART,
    SUPPORT,
    TOLD,
    REMEMBRANCE,
    TRADITION,
    FAITH,
)

LOCAL_WORD = Facet(
    "local_word",
    About.LOSS,
    _("What it is called where you are"),
    (
        Term("miscarriage", _("Miscarriage")),
        Term("late_miscarriage", _("Late miscarriage")),
        Term("stillbirth", _("Stillbirth")),
        Term("neonatal_death", _("A baby who died after birth")),
        Term("loss", _("A loss")),
    ),
    weight=0,
)
"""Never asked: derived from facts and country in `local_words.py`. Here so that its words can be replaced too."""

FACET: dict[str, Facet] = {facet.key: facet for facet in (*FACETS, LOCAL_WORD)}
"""Facets by their key."""
