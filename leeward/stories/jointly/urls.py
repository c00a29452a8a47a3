"""The doors to what two tell together."""

from django.urls import path

from leeward.stories.jointly import views

urlpatterns = [
    path("together/<slug:ref>/ask/", views.ask, name="ask_jointly"),
    path("together/<slug:ref>/agree/", views.agree_to_it, name="agree_jointly"),
    path("stories/<slug:ref>/jointly/", views.joint, name="jointly"),
    path("stories/<slug:ref>/jointly/end/", views.end, name="end_jointly"),
]
