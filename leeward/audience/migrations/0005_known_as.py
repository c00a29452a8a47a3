from django.db import migrations, models


def as_now(apps, schema_editor):
    """Those who are blocked already know her as she is called now."""
    block = apps.get_model("audience", "Block")
    member = apps.get_model("members", "Member")
    names = member._default_manager.filter(pk=models.OuterRef("blocker")).values("name")
    block._default_manager.update(known_as=models.Subquery(names))


class Migration(migrations.Migration):
    dependencies = [
        ("audience", "0004_edition_of_presets"),
    ]

    operations = [
        migrations.AddField(
            model_name="block",
            name="known_as",
            field=models.CharField(default="", max_length=40),
        ),
        migrations.RunPython(as_now, migrations.RunPython.noop),
    ]
