"""Make a member a moderator."""

from typing import ClassVar

from leeward.members.roles import RoleCommand


class Command(RoleCommand):
    """`manage.py make_moderator NAME`: a member who reads what is reported; --undo takes that from her."""

    help = "Make a member a moderator: she may read the queue. With --undo she no longer may."
    field: ClassVar[str] = "is_moderator"
    word: ClassVar[str] = "a moderator"
