"""The doors of this room."""

from django.urls import path

from leeward.circles.views import being_found, lights, meetings, people

app_name = "circles"

urlpatterns = [
    path("found/", being_found.found, name="found"),
    path("found/stop/", being_found.stop, name="stop"),
    path("found/as-now/", being_found.as_now, name="as_now"),
    path("found/let-in/<slug:ref>/", being_found.let_one_in, name="let_in"),
    path("found/let-out/<slug:ref>/", being_found.let_one_out, name="let_out"),
    path("people/", people.mine, name="people"),
    path("people/<slug:ref>/", people.person, name="person"),
    path("people/<slug:ref>/write/", people.write, name="write"),
    path("people/<slug:ref>/put-aside/", people.put_one_aside, name="aside"),
    path("meetings/<slug:ref>/", meetings.read, name="meeting"),
    path("meetings/<slug:ref>/say/", meetings.say, name="say"),
    path("meetings/<slug:ref>/leave/", meetings.leave_unanswered, name="leave"),
    path("meetings/<slug:ref>/end/", meetings.end_one, name="end"),
    path("meetings/<slug:ref>/take-back/", meetings.take_back, name="take_back"),
    path("meetings/<slug:ref>/put-away/", meetings.put_one_away, name="put_away"),
    path("lines/<slug:ref>/take-back/", meetings.take_line_back, name="take_line_back"),
    path("light/", lights.lights, name="lights"),
    path("light/<int:pk>/out/", lights.out, name="light_out"),
    path("light/asked/", lights.asked, name="light_asked"),
]
