"""The doors of this room."""

from django.urls import include, path

from leeward.moderation.views import moderators, readers

app_name = "moderation"

urlpatterns = [
    path("report/<str:kind>/<slug:ref>/", readers.report_thing, name="report"),
    path("report/<str:kind>/<slug:ref>/done/", readers.reported, name="reported"),
    path("hide/<str:kind>/<slug:ref>/", readers.hide_such_things, name="hide_such"),
    path("me/decisions/", readers.mine, name="mine"),
    path("me/decisions/<int:pk>/again/", readers.read_again, name="again"),
    path("moderation/", moderators.queue, name="queue"),
    path("moderation/log/", moderators.log, name="log"),
    path("moderation/cases/<slug:ref>/", moderators.case, name="case"),
    path("moderation/cases/<slug:ref>/open/", moderators.open_one, name="open"),
    path("moderation/cases/<slug:ref>/decide/", moderators.decide_one, name="decide"),
    path("moderation/decisions/<int:pk>/take-back/", moderators.take_back_one, name="take_back"),
    path("", include("leeward.moderation.papers.urls")),
]
