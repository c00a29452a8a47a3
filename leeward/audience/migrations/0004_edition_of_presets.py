from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audience", "0003_by_hand_as_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="shield",
            name="edition",
            field=models.SmallIntegerField(default=0),
        ),
    ]
