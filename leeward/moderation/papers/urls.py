"""The doors to the host's papers; part of the room's."""

from django.urls import path

from leeward.moderation.views.papers import assessments, disclosures, reports, rules, texts

urlpatterns = [
    path("host/papers/", assessments.papers, name="papers"),
    path("host/papers/<slug:slug>/", assessments.assessment, name="assessment"),
    path("host/papers/<slug:slug>/text/", assessments.assessment_text, name="assessment_text"),
    path("host/rules/", rules.change, name="change_rules"),
    path("host/texts/<slug:slug>/", texts.write, name="write"),
    path("host/disclosures/", disclosures.disclosures, name="disclosures"),
    path("host/transparency/", reports.all_years, name="transparency_years"),
    path("host/transparency/<int:year>/", reports.year, name="transparency"),
    path("host/transparency/<int:year>/csv/", reports.year_csv, name="transparency_csv"),
    path("transparency/", reports.published_all, name="published"),
    path("transparency/<int:year>/", reports.published_year, name="published_year"),
    path("transparency/<int:year>/csv/", reports.published_csv, name="published_csv"),
    path("emergencies/", texts.emergencies, name="emergencies"),
    path("moderation/routes/", texts.routes, name="routes"),
    path("moderation/routes/<slug:slug>/", texts.route, name="route"),
]
