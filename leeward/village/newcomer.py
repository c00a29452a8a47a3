"""Something for the demonstration moderator to read: a newcomer's first story and first answer, and a report."""

from __future__ import annotations

from django.conf import settings

from leeward.members.models import Member
from leeward.moderation.actions import report
from leeward.moderation.models import FirstTexts
from leeward.stories.actions.answering import answer
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import begin
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Story

FIRST_STORY = """I don't know if this is the place. It is four days now.
I keep making tea and finding the cups all over the house, full, cold.

My sister says I should write it down so here I am writing it down.
We had told nobody. So there is nobody to tell that it stopped."""

FIRST_ANSWER = "I have no words, only that I read this twice and I will think of you on the bus tomorrow."

BLUNT_ANSWER = "You could have had the test earlier, they do offer it. Just saying for the others who read here."


def something_to_read_first(hazel: Member, stories: dict[str, Story]) -> None:
    """Let two newcomers write, and Hazel report one of them."""
    hers = next(story for story in stories.values() if story.author_id == hazel.pk)
    newcomer, known = _newcomer("Tidewater"), _newcomer("Plainly")
    FirstTexts.objects.create(member=known, released=settings.FIRST_TEXTS_READ)
    share(begin(by=newcomer, title="", text=FIRST_STORY), by=newcomer, sharing=Sharing(ShowTo.MEMBERS))
    answer(hers, by=newcomer, text=FIRST_ANSWER)
    blunt = answer(hers, by=known, text=BLUNT_ANSWER)
    report(blunt, by=hazel, reason="cruel", words="I know it was meant well. I cannot read it today.")


def _newcomer(name: str) -> Member:
    member = Member(name=name, is_invented=True)
    member.set_unusable_password()
    member.save()
    return member
