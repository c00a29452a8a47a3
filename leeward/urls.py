"""The doors of the place: each room keeps its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("leeward.web.urls")),
    path("", include("leeward.stories.urls")),  # opened most: a path is looked for in each list in turn
    path("", include("leeward.members.urls")),
    path("", include("leeward.audience.urls")),
    path("", include("leeward.notifications.urls")),
    path("", include("leeward.moderation.urls")),
    path("", include("leeward.journeys.urls")),
    path("", include("leeward.numbers.urls")),
    path("", include("leeward.library.urls")),
    path("", include("leeward.library.directory.urls")),
    path("", include("leeward.library.directory.api.urls")),
    path("", include("leeward.library.finding.urls")),
    path("", include("leeward.library.guides.urls")),
    path("", include("leeward.library.public_stories.urls")),
    path("", include("leeward.photos.urls")),
    path("", include("leeward.circles.urls")),
]

handler400 = "leeward.web.views.errors.bad_request"
handler403 = "leeward.web.views.errors.forbidden"
handler404 = "leeward.web.views.errors.not_found"
handler500 = "leeward.web.views.errors.server_error"
