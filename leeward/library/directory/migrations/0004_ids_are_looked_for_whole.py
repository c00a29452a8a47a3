from functools import partial

from django.db import migrations

from leeward.kit.like_indexes import drop_like_indexes


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_where_locations_are")]
    operations = [migrations.RunPython(partial(drop_like_indexes, app="directory"), migrations.RunPython.noop)]
