"""Who hosts and who moderates: given and taken at the machine itself, by whoever runs it, never on a page."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from leeward.members.models import Member
from leeward.members.sessions import end_all
from leeward.members.unsent import put_closed_away


class RoleCommand(BaseCommand):
    """A command that gives a member a role, or takes it. A subclass names the field and the word for it."""

    field: ClassVar[str]
    word: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The member's name, and whether to undo."""
        parser.add_argument("name", help="the member's chosen name, however it is cased")
        parser.add_argument("--undo", action="store_true", help="take the role instead; her sessions end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give or take the role.

        Raises:
            CommandError: nobody has this name.
        """
        try:
            member = Member.objects.get_by_natural_key(options["name"])
        except Member.DoesNotExist as unknown:
            raise CommandError(f"Nobody here is called {options['name']!r}.") from unknown
        has_role = not options["undo"]
        setattr(member, self.field, has_role)
        member.save(update_fields=[self.field])
        if not has_role:
            end_all(member)
            put_closed_away(member)
        self.stdout.write(f"{member.name} is {'' if has_role else 'no longer '}{self.word}.")
