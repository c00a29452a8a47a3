"""The room as Django knows it."""

from django.apps import AppConfig
from django.conf import settings


class PhotosConfig(AppConfig):
    """Photos taken in, stripped, kept and shown through a door."""

    name = "leeward.photos"
    label = "photos"

    def ready(self) -> None:
        """Register what is kept of members and what is swept up; refuse a store that cannot be read at once."""
        from leeward.photos.belongings import register_belongings  # noqa: PLC0415  # models load after apps
        from leeward.photos.stores.address import s3_address  # noqa: PLC0415  # the same
        from leeward.photos.tending import register_tending  # noqa: PLC0415  # the same

        s3_address(settings.PHOTOS)
        register_belongings()
        register_tending()
