"""The doors of the API. What stands below its root, django-ninja knows (`endpoints.py`)."""

from django.urls import path

from leeward.library.directory.api import door, whole

app_name = "hsds"

urlpatterns = [
    path("hsds/", door.api, name="root"),
    path("hsds/export.json", whole.export, name="export"),
    path("hsds/datapackage.zip", whole.package, name="package"),
    path("hsds/<path:rest>", door.api, name="api"),
]
