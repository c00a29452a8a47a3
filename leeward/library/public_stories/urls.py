"""The doors of this part."""

from django.urls import URLPattern

app_name = "public_stories"

urlpatterns: list[URLPattern] = []
