"""Make a member a greeter."""

from __future__ import annotations

from typing import Any, ClassVar

from leeward.members.roles import RoleCommand
from leeward.moderation.models import GreetingDay


class Command(RoleCommand):
    """`manage.py make_greeter NAME`: a member who answers first words; --undo takes that, and her days, from her."""

    help = "Make a member a greeter: she chooses on which days she answers first words. With --undo she no longer is."
    field: ClassVar[str] = "is_greeter"
    word: ClassVar[str] = "a greeter"

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        GreetingDay.objects.filter(greeter__is_greeter=False).delete()
