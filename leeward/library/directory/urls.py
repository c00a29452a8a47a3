"""The doors of this part."""

from django.urls import URLPattern

app_name = "directory"

urlpatterns: list[URLPattern] = []
