"""The room as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AudienceConfig(AppConfig):
    """Who may see what."""

    name = "leeward.audience"
    label = "audience"

    def ready(self) -> None:
        """Have the two great rings made after each migration: the rule names them by number. Register what is kept."""
        from leeward.audience.belongings import register_belongings  # noqa: PLC0415  # models load after apps
        from leeward.audience.hub import register_ways  # noqa: PLC0415  # the same

        post_migrate.connect(make_the_great_rings, sender=self)
        register_belongings()
        register_ways()


def make_the_great_rings(**_kwargs: Any) -> None:
    """Make the rings of everyone and of all members, if they are missing."""
    from leeward.audience.models import EVERYONE, MEMBERS, Ring, RingKind  # noqa: PLC0415  # models load after apps

    for key in (EVERYONE, MEMBERS):
        Ring.objects.get_or_create(pk=key, defaults={"kind": RingKind.GREAT})
