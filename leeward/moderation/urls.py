"""The doors of this room."""

from django.urls import include, path

from leeward.moderation.views import appeals, arrivals, moderators, phrases, readers, telling, waiting

app_name = "moderation"

urlpatterns = [
    path("report/<str:kind>/<slug:ref>/", readers.report_thing, name="report"),
    path("report/<str:kind>/<slug:ref>/done/", readers.reported, name="reported"),
    path("hide/<str:kind>/<slug:ref>/", readers.hide_such_things, name="hide_such"),
    path("me/decisions/", readers.mine, name="mine"),
    path("me/decisions/<int:pk>/", appeals.statement, name="statement"),
    path("me/decisions/<int:pk>/object/", appeals.object_to_it, name="object"),
    path("me/waiting/", waiting.waiting, name="waiting"),
    path("me/told/<int:pk>/", telling.told, name="told"),
    path("me/decisions/<int:pk>/again/", readers.read_again, name="again"),
    path("me/phrases/", phrases.phrases, name="phrases"),
    path("moderation/", moderators.queue, name="queue"),
    path("moderation/log/", moderators.log, name="log"),
    path("moderation/arrivals/", arrivals.arrivals, name="arrivals"),
    path("moderation/cases/<slug:ref>/", moderators.case, name="case"),
    path("moderation/cases/<slug:ref>/open/", moderators.open_one, name="open"),
    path("moderation/cases/<slug:ref>/decide/", moderators.decide_one, name="decide"),
    path("moderation/decisions/<int:pk>/take-back/", moderators.take_back_one, name="take_back"),
    path("moderation/cases/<slug:ref>/telling/", telling.propose, name="telling_propose"),
    path("moderation/cases/<slug:ref>/telling/answer/", telling.answer, name="telling_answer"),
    path("moderation/appeals/", appeals.appeals, name="appeals"),
    path("moderation/appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("moderation/appeals/<int:pk>/open/", appeals.open_one, name="appeal_open"),
    path("moderation/appeals/<int:pk>/hear/", appeals.hear_one, name="appeal_hear"),
    path("", include("leeward.moderation.papers.urls")),
    path("", include("leeward.moderation.greeting.urls")),
]
