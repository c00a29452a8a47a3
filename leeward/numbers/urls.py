"""The doors of this room."""

from __future__ import annotations

from django.urls import path

from leeward.numbers import views

app_name = "numbers"
urlpatterns = [
    path("numbers/", views.every, name="every"),
    path("numbers/mine/", views.mine, name="mine"),
    path("numbers/<slug:table>/", views.pair, name="pair"),
]
