"""The doors that belong to no single room."""

from django.urls import path

from leeward.web.views import home, leave, near, opening, search, style, words

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("near/", near.near, name="near"),
    path("near/counts/", near.near_counts, name="near_counts"),
    path("near/not-this/", near.not_this, name="not_this"),
    path("search/", search.search, name="search"),
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
