"""The doors of this part."""

from django.urls import path

from leeward.library.guides.views import desk, reading, rules, writing

app_name = "guides"

urlpatterns = [
    path("library/", reading.front, name="front"),
    path("library/guides/", reading.guides, name="guides"),
    path("library/guides/<slug:slug>/", reading.read, name="read"),
    path("library/guides/<slug:slug>/sheet/", reading.sheet, name="sheet"),
    path("library/guides/<slug:slug>/in/<slug:language>/", reading.read, name="read_in"),
    path("library/guides/<slug:slug>/in/<slug:language>/sheet/", reading.sheet, name="sheet_in"),
    path("library/rules/", rules.countries, name="countries"),
    path("library/rules/<country:code>/", rules.country, name="country"),
    path("library/desk/", desk.desk, name="desk"),
    path("library/desk/new/", writing.new, name="new"),
    path("library/desk/<int:pk>/", desk.version, name="version"),
    path("library/desk/<int:pk>/write/", writing.write, name="write"),
    path("library/desk/<int:pk>/translate/", writing.new, name="translate"),
    path("library/desk/<int:pk>/sheet/", desk.sheet, name="desk_sheet"),
    path("library/desk/<int:pk>/since/<int:number>/", desk.compare, name="differences"),
    path("library/desk/<int:pk>/do/<slug:step>/", desk.step, name="step"),
    path("host/laws/", rules.to_confirm, name="to_confirm"),
    path("host/laws/<country:code>/", rules.confirm, name="confirm_rules"),
]
