import math

from django.db import migrations, models


def say_where(apps, schema_editor):
    """Locations that are here already."""
    places = apps.get_model("directory", "Location")._default_manager
    some = []
    for place in places.only("data", "edits").order_by("pk").iterator(chunk_size=500):
        said = {**place.data, **{field: edit["is"] for field, edit in place.edits.items()}}
        place.latitude, place.longitude = degrees(said.get("latitude"), 90), degrees(said.get("longitude"), 180)
        some.append(place)
        if len(some) == 500:
            places.bulk_update(some, ["latitude", "longitude"])
            some = []
    places.bulk_update(some, ["latitude", "longitude"])


def degrees(value, most):
    if type(value) not in {int, float} or abs(value) > most or not math.isfinite(value):
        return None
    return float(value)


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0002_what_is_shown"),
    ]

    operations = [
        migrations.AddField("location", "latitude", models.FloatField(null=True)),
        migrations.AddField("location", "longitude", models.FloatField(null=True)),
        migrations.AddIndex("location", models.Index(fields=["latitude", "longitude"], name="location_by_degrees")),
        migrations.RunPython(say_where, migrations.RunPython.noop),
    ]
