"""The doors of this room. Their addresses say nothing of what is asked."""

from __future__ import annotations

from django.urls import path

from leeward.journeys.views import losses, moving, overview, telling

app_name = "journeys"
urlpatterns = [
    path("journey/", overview.overview, name="overview"),
    path("journey/welcome/", telling.welcome, name="welcome"),
    path("journey/step/<slug:slug>/", telling.step, name="step"),
    path("journey/loss/", losses.add, name="loss_add"),
    path("journey/loss/<int:pk>/", losses.edit, name="loss_edit"),
    path("journey/loss/<int:pk>/remove/", losses.remove, name="loss_remove"),
    path("journey/told/<int:pk>/remove/", overview.fact_remove, name="fact_remove"),
    path("journey/word/", overview.word, name="word"),
    path("journey/changed/", moving.changed, name="changed"),
    path("journey/changed/<int:pk>/", moving.moved, name="moved"),
    path("journey/changed/<int:pk>/back/", moving.undo, name="undo"),
    path("journey/news/<slug:ref>/", moving.news, name="news"),
]
