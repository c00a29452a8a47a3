"""Make a member the host."""

from typing import ClassVar

from leeward.members.roles import RoleCommand


class Command(RoleCommand):
    """`manage.py make_host NAME`: a member who may use the pages of the host; --undo takes that from her."""

    help = "Make a member the host: she may use the pages under /host/. With --undo she no longer may."
    field: ClassVar[str] = "is_host"
    word: ClassVar[str] = "the host"
