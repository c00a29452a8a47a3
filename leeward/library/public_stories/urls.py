"""The doors of this part."""

from django.urls import path

from leeward.library.public_stories import desk, views

app_name = "public_stories"

urlpatterns = [
    path("library/stories/", views.stories, name="stories"),
    path("library/stories/desk/", desk.desk, name="desk"),
    path("library/stories/desk/add/", desk.add, name="add"),
    path("library/stories/desk/<slug:ref>/", desk.story, name="desk_story"),
    path("library/stories/desk/<slug:ref>/remove/", desk.removing, name="removing"),
    path("library/stories/<slug:ref>/", views.read, name="read"),
    path("library/stories/<slug:ref>/remove/", views.removal, name="removal"),
]
