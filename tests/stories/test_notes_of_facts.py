"""A fact that is shown with a story brings its note along, also where it was shown before facts did."""

from __future__ import annotations

import importlib

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from leeward.audience.models import MEMBERS
from leeward.audience.notes import mask_of
from leeward.journeys.notes_of_facts import notes_of
from leeward.stories.models import ShownFact, Story
from tests.conftest import Cast
from tests.stories.telling import told

FACTS = (("now", "in_limbo"), ("children", "living_after"), ("kind", "ectopic"), ("cause", "care"))


def test_stories_shown_before_get_the_notes_of_their_facts(cast: Cast) -> None:
    shown, other = (told(cast.author, MEMBERS, notes=mask_of(["money"])) for _turn in range(2))
    ShownFact.objects.bulk_create(ShownFact(story=shown, facet=facet, key=key) for facet, key in FACTS)
    apps = MigrationLoader(connection).project_state().apps
    importlib.import_module("leeward.stories.migrations.0004_notes_of_shown_facts").bring_notes_along(apps, None)
    notes = dict(Story.objects.written_by(cast.author).values_list("pk", "notes"))
    brought = mask_of(["pregnancy_current", "living_child", "complaint_about_care"])
    assert notes_of(FACTS) == brought
    assert notes == {shown.pk: brought | mask_of(["money"]), other.pk: mask_of(["money"])}
