"""Opening hours of services (HSDS schedules): when somebody is there, when next, and how to say so.

    read = readable(service["schedules"])
    open_now(read, at)                               # the opening that it is in, or None
    next_opening(read, at)                           # the next one that begins after it, or None
    in_words(read)                                   # ["Monday to Friday, 09:00 to 17:00", …]

What cannot be read says nothing: it is never taken for open, and never for closed either (`readable` leaves it out).
"""

from leeward.library.hours.openings import Opening, is_open, next_opening, open_now
from leeward.library.hours.reading import Schedule, readable
from leeward.library.hours.words import in_words, moment_in_words

__all__ = ["Opening", "Schedule", "in_words", "is_open", "moment_in_words", "next_opening", "open_now", "readable"]
