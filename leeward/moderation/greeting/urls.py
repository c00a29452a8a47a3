"""The doors of greeters."""

from django.urls import path

from leeward.moderation.views import greeters

urlpatterns = [
    path("greeting/", greeters.greeting, name="greeting"),
    path("greeting/rota/", greeters.rota, name="rota"),
    path("greeting/<str:kind>/<slug:ref>/take/", greeters.take_one, name="greet"),
    path("greeting/<str:kind>/<slug:ref>/give-back/", greeters.give_one_back, name="give_back"),
    path("greeting/<str:kind>/<slug:ref>/pass-on/", greeters.pass_one_on, name="pass_on"),
]
