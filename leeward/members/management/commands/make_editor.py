"""Make a member an editor of the library."""

from typing import ClassVar

from leeward.members.roles import RoleCommand


class Command(RoleCommand):
    """`manage.py make_editor NAME`: a member who tends the library; --undo takes that from her."""

    help = (
        "Make a member an editor: she tends the library's guides, services and public stories. "
        "With --undo she no longer does."
    )
    field: ClassVar[str] = "is_editor"
    word: ClassVar[str] = "an editor"
