from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

BITS = (
    # Bits of audience.notes as they stand, and the facts that bring them (journeys.notes_of_facts) on this day.
    (1 << 0, {"now": ("pregnant_after_loss", "in_limbo")}),
    (
        1 << 5,
        {
            "now": ("parenting_after_loss",),
            "children": ("living_before", "living_after", "twin_survivor", "step_or_foster"),
            "support": ("children_speak",),
        },
    ),
    (1 << 12, {"kind": ("tfmr", "reduction", "other_ending")}),
    (1 << 15, {"diagnosis": ("hysterectomy",)}),
    (1 << 18, {"cause": ("accident_violence",)}),
    (
        1 << 19,
        {
            "faith": (
                "catholic",
                "orthodox",
                "protestant",
                "latter_day_saint",
                "jewish",
                "muslim",
                "hindu",
                "sikh",
                "buddhist",
                "shinto",
                "indigenous",
            )
        },
    ),
    (1 << 20, {"faith": ("angry",)}),
    (1 << 21, {"cause": ("care",)}),
)


def bring_notes_along(apps, schema_editor):
    """A fact that is shown with a story is inside it, also where the story was shown before facts brought notes."""
    story = apps.get_model("stories", "Story")
    shown = apps.get_model("stories", "ShownFact")
    for bit, facts in BITS:
        named = Q()
        for facet, keys in facts.items():
            named |= Q(facet=facet, key__in=keys)
        with_it = story._default_manager.filter(Exists(shown._default_manager.filter(named, story=OuterRef("pk"))))
        with_it.update(notes=models.F("notes").bitor(bit))


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0003_suggested_notes'),
    ]

    operations = [
        migrations.RunPython(bring_notes_along, migrations.RunPython.noop),
    ]
