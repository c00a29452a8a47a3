"""The doors of this room."""

from django.urls import path, register_converter

from leeward.library import views


class CountryCode:
    """Two small letters, as in /help/gb/."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        """The letters as they are."""
        return value

    def to_url(self, value: str) -> str:
        """The letters, small."""
        return value.lower()


register_converter(CountryCode, "country")

app_name = "library"

urlpatterns = [
    path("help/", views.help_now, name="help_now"),
    path("help/offline.js", views.keep_offline, name="offline"),
    path("help/<country:code>/", views.country, name="country"),
    path("host/help/", views.confirm, name="confirm"),
]
