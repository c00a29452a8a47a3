"""The doors of this room."""

from django.urls import path

from leeward.stories.jointly.urls import urlpatterns as jointly
from leeward.stories.quoting.urls import urlpatterns as quoting
from leeward.stories.together.urls import urlpatterns as together
from leeward.stories.views import answering, chapters, keeping, naming, own_terms, pictures, reading, telling

app_name = "stories"

urlpatterns = [
    path("stories/", reading.newest_stories, name="list"),
    path("stories/mine/", reading.mine, name="mine"),
    path("stories/tell/", telling.tell_story, name="tell"),
    path("stories/keep/", telling.keep, name="keep"),
    path("stories/<slug:ref>/", reading.read, name="read"),
    path("stories/<slug:ref>/write/", telling.write_story, name="write"),
    path("stories/<slug:ref>/share/", telling.share_story, name="share"),
    path("stories/<slug:ref>/book/", keeping.keep_as_book, name="book"),
    path("stories/<slug:ref>/take-back/", telling.take_story_back, name="take_back"),
    path("stories/<slug:ref>/answer/", answering.answer_story, name="answer"),
    path("stories/<slug:ref>/word/", answering.say_word, name="word"),
    path("stories/<slug:ref>/longer/", own_terms.longer, name="longer"),
    path("stories/<slug:ref>/close/", own_terms.close, name="close"),
    path("stories/<slug:ref>/hidden/", own_terms.hidden, name="hidden"),
    path("answers/<slug:ref>/change/", answering.change, name="change_answer"),
    path("answers/<slug:ref>/hide/", own_terms.hide, name="hide_answer"),
    path("answers/<slug:ref>/bring-back/", own_terms.bring_back, name="bring_back"),
    path("answers/<slug:ref>/take-back/", answering.take_back_answer, name="take_answer_back"),
    path("stories/<slug:ref>/go-on/", chapters.go_on, name="go_on"),
    path("stories/<slug:ref>/keep-chapter/", chapters.keep_chapter, name="keep_chapter"),
    path("stories/<slug:ref>/follow/", chapters.follow_story, name="follow"),
    path("chapters/<slug:ref>/write/", chapters.write_chapter, name="write_chapter"),
    path("chapters/<slug:ref>/share/", chapters.share_chapter, name="share_chapter"),
    path("chapters/<slug:ref>/take-back/", chapters.take_back_chapter, name="take_chapter_back"),
    path("chapters/<slug:ref>/answer/", answering.answer_chapter, name="answer_chapter"),
    path("stories/<slug:ref>/photos/", pictures.story_pictures, name="pictures"),
    path("chapters/<slug:ref>/photos/", pictures.chapter_pictures, name="chapter_pictures"),
    path("story-photos/<slug:ref>/take-away/", pictures.take_away, name="take_picture_away"),
    *together,
    *jointly,
    *quoting,
    path("stories/<slug:ref>/name/", naming.name_word, name="name_word"),
]
