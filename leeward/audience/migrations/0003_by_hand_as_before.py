from django.db import migrations, models


def by_hand_as_before(apps, schema_editor):
    """Before anything was preset, all that was kept from a member she had ticked herself."""
    shield = apps.get_model("audience", "Shield")
    shield._default_manager.filter(by_hand=0).update(by_hand=models.F("notes"))


class Migration(migrations.Migration):

    dependencies = [
        ('audience', '0002_shields_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='shield',
            name='seen',
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(by_hand_as_before, migrations.RunPython.noop),
    ]
