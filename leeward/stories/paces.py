"""How much one member tells, answers and says in a time; see `members.pace`."""

from leeward.members.pace import DAY, HOUR, Pace

STORIES = Pace("story", ((10, DAY),))
"""Stories shown to others."""
ANSWERS = Pace("answer", ((30, HOUR), (120, DAY)))
CHANGES = Pace("change", ((60, HOUR),))
"""Changes of an answer, or of a story that others see."""
FOLLOWS = Pace("follow", ((120, HOUR),))
"""Stories that one begins to follow."""
WORDS = Pace("word", ((120, HOUR),))
"""Words said to stories, or taken back."""
HANDINGS = Pace("first_reader", ((6, DAY),))
"""Drafts handed to one person to read first, and handed over anew."""
REMARKS = Pace("remark", ((60, HOUR), (200, DAY)))
"""Words to the other of the two about a draft."""
BOOKS = Pace("book", ((20, HOUR), (60, DAY)))
"""Books made of her stories: a PDF takes the machine some seconds."""
