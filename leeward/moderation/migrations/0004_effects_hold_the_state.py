from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_carry_over")]
    operations = [migrations.RemoveField(model_name="decision", name="state_before")]
