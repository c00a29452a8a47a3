"""The doors of this room."""

from django.urls import path

from leeward.notifications import views

app_name = "notifications"

urlpatterns = [
    path("bell/", views.bell, name="bell"),
    path("me/letters/", views.preferences, name="preferences"),
]
