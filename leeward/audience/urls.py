"""The doors of this room."""

from django.urls import path

from leeward.audience import shield_views, views

app_name = "audience"

urlpatterns = [
    path("me/blocks/", views.blocks, name="blocks"),
    path("me/blocks/<slug:ref>/take-back/", views.unblock_one, name="unblock"),
    path("me/blocks/<slug:ref>/unmute/", views.unmute_one, name="unmute"),
    path("me/blocks/by/<str:kind>/<slug:ref>/", views.block_writer, name="block_writer"),
    path("me/shields/", shield_views.shields, name="shields"),
    path("me/shields/change/", shield_views.change_kept, name="change_kept"),
    path("me/shields/today/", shield_views.hard_day, name="hard_day"),
    path("me/shields/bring-back/", shield_views.bring_all_back, name="bring_back"),
    path("me/people/", views.chosen, name="chosen"),
    path("me/people/<slug:ref>/take-out/", views.unchoose_one, name="unchoose"),
]
