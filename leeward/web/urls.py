"""The doors that belong to no single room."""

from django.urls import path

from leeward.web.views import home, leave, opening, style, words

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", words.about, name="about"),
    path("rules/", words.rules, name="rules"),
    path("rules/<int:number>/", words.rules_at, name="rules_at"),
    path("privacy/", words.privacy, name="privacy"),
    path("robots.txt", words.robots, name="robots"),
    path("host/opening/", opening.opening, name="opening"),
    path("style/", style.style, name="style"),
    path("leave/", leave.leave, name="leave"),
    path("leave/about/", leave.about_leaving, name="about_leaving"),
]
