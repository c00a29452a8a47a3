"""Invented cruelty, for playing a campaign against one story. Nobody is meant, and none of it is used in training.

Most of it has no rude word in it: what hurts most here is blame, doubt, and being told that it was nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

BLAME = (
    "You did this to your baby and you know it.",
    "If you had stayed off your feet it would be alive.",
    "Your body threw it out because it knew what sort of mother you are.",
    "Some women should not be allowed to try.",
    "You wanted a career more than a child, and this is the bill.",
    "This is what comes of waiting until you are old.",
    "I bet you drank.",
    "Ask yourself what you ate, what you lifted, whom you slept with.",
    "A decent mother feels when something is wrong.",
    "God saw what you did before and took it back.",
    "You killed it with your worrying.",
    "You let it die and now you want to be petted for it.",
    "Your husband must hate the sight of you.",
    "It chose not to come to you. I would have too.",
    "Everybody told you not to fly. Now look.",
)
DOUBT = (
    "I do not believe one word of this.",
    "You made this up for the attention.",
    "There was never a baby, was there.",
    "Show us the papers or take this down.",
    "Funny how the story changes each time you tell it.",
    "Attention seeker. Every place like this has one.",
    "You are the third liar I have seen here this week.",
    "My sister really lost a child and she does not go on like this.",
    "A late period, and she writes a novel.",
    "Nobody grieves for nine weeks of nothing unless they are being paid for it.",
)
BELITTLING = (
    "It was a clump of cells, get over yourself.",
    "You had a heavy period. The rest is theatre.",
    "There are people here who lost real children.",
    "Dogs lose whole litters and make less noise.",
    "You will have forgotten by summer, you sort always do.",
    "Grow up. It happens to one in four and they go to work the next day.",
    "You never even held it, so stop calling yourself a mother.",
    "How long are we meant to listen to this whining.",
    "You are embarrassing yourself in front of strangers.",
    "Pathetic. Truly pathetic.",
    "Nobody asked for your sob story.",
    "What a drama over a thing the size of a bean.",
)
HATRED = (
    "You people breed like rats anyway.",
    "Best thing that could have happened to that child, with a family like yours.",
    "One fewer of your kind, good.",
    "Two women playing at family, and nature said no.",
    "Go back to where you came from and cry there.",
    "Someone as fat as you had it coming.",
    "Baby murderer. That is what you are and everybody here knows it.",
    "You ended it. Do not dare to sit with women who wanted theirs.",
    "I hope you never have one.",
    "I hope you carry this until you rot.",
)
THREATS = (
    "I know which street you live in, and I will tell your mother what you wrote here.",
    "We are going to post your name and your picture where your boss can see them.",
    "Watch your back at the clinic next week.",
    "Take it down or we come round.",
)
OPENERS = (
    "",
    "Listen.",
    "Oh please.",
    "Just read this again.",
    "Somebody has to say it.",
    "I was not going to write, but.",
    "Honestly?",
    "Well well.",
    "To whoever wrote this:",
    "No.",
    "Look at you.",
    "Sweetheart,",
    "Hi.",
    "So this is where you hide.",
)
CLOSERS = (
    "",
    "Think about that tonight.",
    "There, somebody said it.",
    "We all think so.",
    "And you call this a support group.",
    "Delete your account.",
    "I will be back tomorrow.",
    "Sleep well.",
    "Nobody here is your friend.",
    "You are welcome.",
    "The truth hurts, does it not.",
    "Do everyone a favour and stop writing.",
    "Laugh out loud.",
    "Shame on you.",
)
_KINDS = (BLAME, DOUBT, BELITTLING, HATRED, THREATS)


def hostile_texts(number: int, seed: int = 20261121) -> Iterator[str]:
    """So many different texts, the same each time: one or two sentences with something before or behind."""
    chance, told = random.Random(seed), set[str]()
    while len(told) < number:
        kinds = chance.choices(_KINDS, weights=(30, 20, 28, 18, 4), k=chance.choice((1, 1, 2)))
        parts = [chance.choice(OPENERS), *(chance.choice(kind) for kind in kinds), chance.choice(CLOSERS)]
        text = " ".join(part for part in parts if part)
        if text not in told:
            told.add(text)
            yield text
