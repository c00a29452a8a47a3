"""How much one member writes to single people in a time; see `members.pace`."""

from leeward.kit.moments import DAY as DAY_US
from leeward.members.pace import DAY, HOUR, Pace

PRESENCES = Pace("found", ((20, DAY),))
"""Changes of what is shown of her where she can be found."""
NOTES = Pace("note_to", ((3, DAY),))
"""First notes to somebody."""
NOTES_A_WEEK = 10
"""The same in seven days: counted in the notes themselves, for a pace ends with its day."""
LINES = Pace("line", ((60, HOUR), (300, DAY)))
"""Messages to people whom she has met."""
LETTING_IN = Pace("let_in", ((60, DAY),))
"""People let in, or no more."""
LIGHTS = Pace("light", ((10, DAY),))

WAITS = 7 * DAY_US
"""A new account can be found, and writes to single people, so long (microseconds) after the day it joined."""
LAPSES = 30 * DAY_US
"""A note that nobody answered lapses after so long (microseconds)."""
RESTS = 30 * DAY_US
"""After a note has lapsed, or a meeting has ended, the same two begin anew after so long (microseconds)."""
WITHIN = 7 * DAY_US
"""She who waits is told on a day within so long (microseconds) after the newcomer's yes."""
ASKED_FOR = 30 * DAY_US
"""A question about a light that is not answered goes after so long (microseconds)."""
