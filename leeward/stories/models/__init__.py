"""Stories, how they go on, their photos, the facts shown with them, who follows them, answers, and words said."""

from leeward.stories.models.answering import ANSWER_LENGTH, Answer, Reaction, ReactionWord
from leeward.stories.models.chapters import Chapter, ChapterAudience, story_and_chapter
from leeward.stories.models.pictures import Picture
from leeward.stories.models.quoting import PASSAGE_LENGTH, Quote
from leeward.stories.models.readings import REMARK_LENGTH, FirstReading, FirstReadingAudience, Remark
from leeward.stories.models.telling import (
    SENT_TWICE,
    STORY_LENGTH,
    AnswersFrom,
    Follow,
    Round,
    ShownFact,
    Story,
    StoryAudience,
)

__all__ = [
    "ANSWER_LENGTH",
    "PASSAGE_LENGTH",
    "REMARK_LENGTH",
    "SENT_TWICE",
    "STORY_LENGTH",
    "Answer",
    "AnswersFrom",
    "Chapter",
    "ChapterAudience",
    "FirstReading",
    "FirstReadingAudience",
    "Follow",
    "Picture",
    "Quote",
    "Reaction",
    "ReactionWord",
    "Remark",
    "Round",
    "ShownFact",
    "Story",
    "StoryAudience",
    "story_and_chapter",
]
