"""The doors of this room."""

from django.urls import URLPattern

app_name = "audience"

urlpatterns: list[URLPattern] = []
