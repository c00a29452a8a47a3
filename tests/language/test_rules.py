"""What the English rules find, and what they must pass over. All sentences are made up for this test."""

from __future__ import annotations

import re

import pytest

from leeward.language.folders import folder_of
from leeward.language.rules import KINDS, found, load_rules, plain
from leeward.language.sentences import sentences_of

RULES = load_rules(folder_of("en"))

FOUND = {
    "plan": """
        I've been putting my tablets by for weeks now and there are enough.
        She has been hoarding her painkillers in a sock under the mattress.
        I've saved forty of them.
        I've decided on the bridge by the ring road where there's no barrier.
        I know the place, up by the quarry, where nobody would find me till morning.
        I've picked the day. It's his birthday.
        I've chosen the anniversary, so it will be the 4th.
        I booked a room in Whitby for one night under my maiden name.
        I've paid for a hotel so that none of the kids finds me.
        My letters are written and in the drawer with the rest of what I need.
        I left a note for my husband where he will find it on Sunday.
        There's a rope in the garage, I put it there this morning.
        My dad's shotgun is in the loft and I know where the key is.
        The house will be empty on Saturday, I've got what I need in the boot.
        i know what time the fast train comes through
        I am going to drive into the reservoir tonight.
        My brother told me the day he's doing it and made me promise not to tell.
        I found a stash of tablets and a letter in my wife's drawer.
        how many of these would it take to end it
        I won't see the fifteenth.
        I've gone up to the roof of the car park twice to look.
        I have a plan to end my life and I have the means.
        The garage is sealed, I’m just waiting for him to leave.
    """,
    "care": """
        I've soaked three pads in an hour and I feel faint.
        I'm bleeding and it won't stop.
        I have a fever and I'm shivering, I had the D&C on Thursday.
        Ten days after my section my left leg is swollen and hot.
        I have chest pain and I can't catch my breath since the birth.
        Blurred vision and a pounding headache at 36 weeks, should I lie down?
        I'm six weeks and I have a strange pain at the tip of my shoulder.
        I keep fainting and there's a pain on one side, 7 weeks.
        My baby hasn't moved since last night.
        He checks my phone and took my passport.
    """,
    "contact": """
        Ring me on 07700 900123 any time you like.
        my number is +44 7700 900 123
        text me 07 700 900 123
        call (555) 123-4567
        oh seven seven double oh nine oh oh one two three
        You can e-mail me at jane.doe@example.com
        jane dot doe (at) example dot com
        Add me on Telegram, lovely.
        What's your WhatsApp?
        Drop your number below and I'll ring you.
        Message me privately and I'll tell you.
        dm me hun
    """,
    "link": """
        Have a look at www.example.com
        it's all on example.co.uk/shop
        https://bit.ly/abc
    """,
    "selling": """
        Use my code HOPE20 for ten percent off.
        I sell a fertility tea, £25 a box.
        My cousin does tarot readings for lost babies, twenty quid, message me.
        Our clinic abroad is doing two rounds for one, say Jo sent you.
        I paid off our IVF with crypto, ask me how.
        No win no fee, leave your name and my solicitor will ring you.
        Researcher looking for women who lost babies, fill in our survey and win a voucher.
        There's a newborn who needs a home, fees apply, serious couples only.
        I coach women through grief, first call is free.
        We're raising money for a coffin, send what you can to my account.
        I'm a widower, an engineer on an oil rig, and your words touched me.
        Three spots left on our womb healing retreat, deposit by Friday.
        I make memory bears from babygrows, message me for prices.
        Link in my bio for the supplement that got me pregnant.
    """,
    "threat": """
        I know where you live.
        We know which school your daughter goes to.
        Does your husband know what you write on here?
        He will by Friday.
        Delete this by tonight or I'll send it to your boss.
        I've screenshotted everything and your mother gets it tomorrow.
        I drove past your house last night.
        I'll be outside when you finish your shift.
        It would be a pity if your employer saw this.
        Watch your back.
        Say one more word about my brother and you'll find out.
        Everyone, this is Karen from the bakery on Mill Lane.
        I'll post your real name and your address.
        Somebody will put a brick through your window.
        You will regret this.
    """,
    "hostile": """
        Kill yourself.
        I hope it happens to you again.
        you are such a selfish cow
    """,
}
"""What each kind of rule finds."""

PASSED = """
    I'll hang the washing out and then ring you.
    Our birth plan is in the hospital bag.
    Save the tablets for the embryo transfer.
    Keep the letrozole tablets back for the next cycle.
    My tablets are put by the kettle so that I remember them.
    I have a plan for Christmas: nobody comes.
    I've picked the day for her naming ceremony.
    They gave me the date for surgery, it's the fourteenth.
    We've chosen the spot by the river for his ashes.
    We booked a room for one night near the clinic.
    I wrote letters to my daughter and keep them in her box.
    I wrote a goodbye letter to my baby.
    The letter from the hospital is in the drawer.
    My medical notes are in the boot of the car.
    There's a rope swing in his gran's garden.
    I'm at the end of my rope in this house.
    He keeps the toy gun under his bed.
    The house is empty without her and I hate it.
    I've got what I need for tea, thank you.
    I know what time the train home leaves.
    There's enough now to buy the headstone.
    We drove into the river of traffic on the M6.
    My uncle jumped in front of a train years ago.
    I've decided how to do it: we'll tell them at dinner.
    Nobody will be home so I can finally cry.

    Ring the ward on 020 7946 0018, they'd rather see you.
    Samaritans are on 116 123, day and night.
    The helpline is 0808 802 6868.
    Call 999 or 111.
    Text SHOUT to 85258.
    The midwife said ring 01632 960 001 any hour.
    GP out of hours 01632 960 111 were lovely.
    She works at the clinic's website.
    Call me if you need soup.
    Our son was born 02/03/2021 and weighed 2340 g.
    My betas went 1200 2400 4800 9600.
    My scan was at 10.30 on 14.02.2022 and again on 28.02.2022.
    message me any time, I mean it
    My sister messaged me privately to say she's pregnant.
    Don't post your address here, love.
    I cried.me too.
    It was 3.5 cm.

    IVF cost us £12,000 and we have nothing to show for it.
    Parking at the hospital is £4 an hour.
    I told my sister her fertility tea can go in the bin.
    The psychic my aunt sent me to charged sixty pounds and I cried in the car.
    Our solicitor says the inquest is in May.
    My work collected money for the headstone and I wept.
    I listened to a podcast about loss and it helped.
    He was three pounds and two ounces.
    The support group is free and they have biscuits.
    Our surrogate rang today, the baby has a heartbeat.
    There are two places left in the car for the funeral.

    I know where you live is far from a hospital, so drive safe.
    I know which ward you mean, the one with the blue door.
    Does your husband know how you feel?
    I saw you posted about Sands and it helped.
    Be careful what you google at night.
    You won't regret asking for help.
    It would be a shame if you missed the memorial.
    Could you send this to your midwife?
    I'll be outside your door with soup.
    My real name is Anna, hello everyone.
    I will find you the leaflet.

    I lost so much blood in 2019 that I needed two bags.
    My fever after the surgery was 99 and gone by supper.
    My chest gets tight when I see a pram.
    I had a headache from crying.
    The pregnancy test had a faint line this morning.
    His voice tells me he is tired.
    I haven't slept for days, the grief won't let me.
    It hit me last night that she is gone.
    My mum will kill me about the carpet.
    I wanted to die last year and I don't any more.
    He took my phone to the shop to have it fixed.
    I took all of the baby clothes to the charity shop.
    They switched his machine off on Sunday.
    Please don't kill yourself over the garden, love.
"""
"""What no rule finds: the same words, and nothing in them."""

LOOKED_AT = """
    I want to die.
    I took all of my tablets an hour ago.
    The voices are telling me to put him outside.
    I haven't slept for four days and I don't need to, everything is clear.
    They swapped my baby at the hospital.
    He locks me in when he goes to work.
    He choked me last night.
    He said he will kill my son if I leave.
"""
"""Danger so plain that a person is asked to look."""


def lines_of(table: str) -> list[str]:
    return [line.strip() for line in table.splitlines() if line.strip()]


def kinds_found(text: str) -> set[str]:
    sentences = [plain(sentence.text) for sentence in sentences_of(text)]
    return {kind for kind in KINDS for sentence in sentences if found(RULES, kind, sentence)}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, table in FOUND.items() for text in lines_of(table)])
def test_a_rule_finds_what_it_is_for(kind: str, text: str) -> None:
    assert kind in kinds_found(text)


def test_every_kind_of_rule_is_tried() -> None:
    assert set(FOUND) == set(KINDS)


@pytest.mark.parametrize("text", lines_of(PASSED))
def test_the_same_words_without_harm_pass(text: str) -> None:
    assert kinds_found(text) == set()


@pytest.mark.parametrize("text", lines_of(LOOKED_AT))
def test_where_danger_is_plain_a_person_is_asked_to_look(text: str) -> None:
    rule = found(RULES, "care", plain(text))
    assert rule is not None
    assert rule.look


@pytest.mark.parametrize("text", lines_of(FOUND["care"]))
def test_signs_of_the_body_show_help_and_call_nobody(text: str) -> None:
    rule = found(RULES, "care", plain(text))
    assert rule is not None
    assert not rule.look


def test_no_pattern_repeats_a_group_without_end() -> None:
    """A repeat without end inside another is what lets one endless word keep the reader busy."""
    patterns = [
        part.pattern for kind in KINDS for rule in RULES[kind] for part in (rule.find, rule.near, rule.unless) if part
    ]
    assert patterns
    assert [p for p in patterns if re.search(r"(?<!\\)\)(?:[+*]|\{\d+,\})|(?<![\\\w[])\.\*", p)] == []
