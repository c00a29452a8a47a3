"""The doors to what is read with one person first."""

from django.urls import path

from leeward.stories.together import views

urlpatterns = [
    path("together/", views.all_of_mine, name="together"),
    path("stories/<slug:ref>/hand-over/", views.hand_story, name="hand_story"),
    path("chapters/<slug:ref>/hand-over/", views.hand_chapter, name="hand_chapter"),
    path("together/<slug:ref>/", views.read, name="first_reading"),
    path("together/<slug:ref>/say/", views.say, name="say_remark"),
    path("together/<slug:ref>/end/", views.end, name="end_reading"),
    path("together/<slug:ref>/anew/", views.anew, name="hand_anew"),
    path("together/<slug:ref>/rather-not/", views.decline, name="decline_reading"),
    path("remarks/<slug:ref>/take-back/", views.take_back_remark, name="take_remark_back"),
]
