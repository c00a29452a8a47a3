"""The doors of this part. An id is whatever a directory calls its records: it may hold a slash."""

from django.urls import path

from leeward.library.finding import views

app_name = "finding"

urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/<path:service_id>/", views.service, name="service"),
    path("organisations/<path:organization_id>/", views.organization, name="organization"),
]
