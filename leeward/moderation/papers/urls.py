"""The doors to the host's papers; part of the room's."""

from django.urls import path

from leeward.moderation.views.papers import rules

urlpatterns = [
    path("host/rules/", rules.change, name="change_rules"),
]
