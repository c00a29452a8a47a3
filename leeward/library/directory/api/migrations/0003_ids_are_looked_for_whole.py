from functools import partial

from django.db import migrations

from leeward.kit.like_indexes import drop_like_indexes


class Migration(migrations.Migration):
    dependencies = [("directory_api", "0002_no_spots")]
    operations = [migrations.RunPython(partial(drop_like_indexes, app="directory_api"), migrations.RunPython.noop)]
