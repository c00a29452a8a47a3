from functools import partial

from django.db import migrations

from leeward.kit.like_indexes import drop_like_indexes


class Migration(migrations.Migration):
    dependencies = [("services_desk", "0001_desk")]
    operations = [migrations.RunPython(partial(drop_like_indexes, app="services_desk"), migrations.RunPython.noop)]
