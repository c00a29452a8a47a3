"""The doors of this room."""

from __future__ import annotations

app_name = "journeys"
urlpatterns: list[object] = []
