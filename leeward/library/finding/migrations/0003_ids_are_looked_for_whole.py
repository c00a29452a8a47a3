from functools import partial

from django.db import migrations

from leeward.kit.like_indexes import drop_like_indexes


class Migration(migrations.Migration):
    dependencies = [("finding", "0002_words")]
    operations = [migrations.RunPython(partial(drop_like_indexes, app="finding"), migrations.RunPython.noop)]
