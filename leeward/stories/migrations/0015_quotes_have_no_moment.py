"""When a passage was quoted is nothing that anybody asks."""

from django.db import migrations


class Migration(migrations.Migration):
    """The answer above which it stands has its own moment."""

    dependencies = [
        ("stories", "0014_told_together"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="quote",
            name="at",
        ),
    ]
