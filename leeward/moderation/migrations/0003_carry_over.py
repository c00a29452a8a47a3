"""Carry over what was decided before: an old "hide" asked for a change, a suspension is a pause; effects and stories."""

from django.db import migrations


def carry_over(apps, schema_editor):
    decision, effect = apps.get_model("moderation", "Decision"), apps.get_model("moderation", "Effect")
    decision.objects.filter(act="hide").update(act="ask")
    decision.objects.filter(act="suspend").update(act="pause")
    for row in decision.objects.filter(act__in=["ask", "remove", "pause"]).exclude(state_before=None):
        if row.touched_at is not None:
            effect.objects.create(
                decision=row,
                kind=row.case.kind,
                thing_id=row.case.thing_id,
                state_before=row.state_before,
                touched_at=row.touched_at,
            )
    for case in apps.get_model("moderation", "Case").objects.filter(under_kind=""):
        case.under_kind, case.under_id = case.around[-1] if case.around else (case.kind, case.thing_id)
        case.save(update_fields=["under_kind", "under_id"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_reading_and_keepers")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
