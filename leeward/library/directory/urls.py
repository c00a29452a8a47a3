"""The doors of this part. An id is whatever a directory calls its records: it may hold a slash."""

from django.urls import path

from leeward.library.directory.desk.views import due, own, readers, service

app_name = "directory"

urlpatterns = [
    path("services/desk/", due.desk, name="desk"),
    path("services/desk/check/", due.check_some, name="check"),
    path("services/desk/new/", own.new, name="begin"),
    path("services/desk/of/<path:service_id>/place/", own.add_place, name="add_place"),
    path("services/desk/of/<path:service_id>/shown/", own.show_or_not, name="show_or_not"),
    path("services/desk/of/<path:service_id>/edit/<slug:part>/", service.edit, name="edit"),
    path("services/desk/of/<path:service_id>/edit/<slug:part>/<path:record>/", service.edit, name="edit_at"),
    path("services/desk/of/<path:service_id>/field/", service.field, name="desk_field"),
    path("services/desk/of/<path:service_id>/settle/", service.settle, name="settle"),
    path("services/desk/of/<path:service_id>/", service.service, name="desk_service"),
    path("services/<path:service_id>/no-longer-so/", readers.no_longer_so, name="no_longer_so"),
]
