"""The one door to photos."""

from django.urls import path

from leeward.photos import views

app_name = "photos"

urlpatterns = [
    path("photos/<slug:ref>/<slug:size>/<slug:ticket>", views.show, name="show"),
]
