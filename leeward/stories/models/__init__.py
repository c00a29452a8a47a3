"""Stories, how they go on, their photos, the facts shown with them, who follows them, answers, and words said."""

from leeward.stories.models.answering import ANSWER_LENGTH, Answer, Reaction, ReactionWord
from leeward.stories.models.chapters import Chapter, ChapterAudience
from leeward.stories.models.pictures import Picture
from leeward.stories.models.telling import (
    SENT_TWICE,
    STORY_LENGTH,
    AnswersFrom,
    Follow,
    ShownFact,
    Story,
    StoryAudience,
)

__all__ = [
    "ANSWER_LENGTH",
    "SENT_TWICE",
    "STORY_LENGTH",
    "Answer",
    "AnswersFrom",
    "Chapter",
    "ChapterAudience",
    "Follow",
    "Picture",
    "Reaction",
    "ReactionWord",
    "ShownFact",
    "Story",
    "StoryAudience",
]
