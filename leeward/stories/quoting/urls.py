"""The door of quoting, for the list of this room."""

from django.urls import path

from leeward.stories.quoting import views

urlpatterns = [path("quote/<str:kind>/<slug:ref>/", views.quote, name="quote")]
