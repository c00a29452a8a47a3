"""The guides that come with the program are drafts until somebody stands behind them."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from leeward.library.guides import actions
from leeward.library.guides.content import GuideUnreadableError
from leeward.library.guides.models import Guide, Review, State, Step, Version, What
from leeward.library.guides.shipped import TEXTS, bring_in
from tests.library.guides.writing import agreed, anew, content, editor, reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for key in ("dates", "partners"):
        shutil.copy(TEXTS / f"{key}.md", tmp_path)
    return tmp_path


def newer(folder: Path) -> None:
    path = folder / "dates.md"
    path.write_text(path.read_text().replace("The day has a last hour", "Each day has a last hour"))


def test_the_twelve_come_as_drafts_with_no_reviewer_and_no_date_made_up() -> None:
    call_command("bring_in_guides", stdout=StringIO())
    assert Guide.objects.count() == 12
    assert {version.state for version in Version.objects.all()} == {State.DRAFT}
    assert not Review.objects.exists()
    assert {(step.what, step.by) for step in Step.objects.all()} == {(What.CAME, None)}


def test_brought_in_again_nothing_changes(folder: Path) -> None:
    assert len(bring_in(folder)) == 2
    assert bring_in(folder) == []
    assert Step.objects.count() == 2


def test_a_newer_text_is_a_new_draft_and_puts_the_untouched_one_aside(folder: Path) -> None:
    bring_in(folder)
    newer(folder)
    made = bring_in(folder)
    assert [(version.guide.key, version.number, version.state) for version in made] == [("dates", 2, State.DRAFT)]
    assert Version.objects.get(guide__key="dates", number=1).state == State.REPLACED
    assert bring_in(folder) == []


def test_a_newer_text_never_overwrites_the_hosts(folder: Path) -> None:
    bring_in(folder)
    shipped = Version.objects.select_related("guide").get(guide__key="dates")
    hers = actions.write(shipped, content(title="Our days"), by=editor(), seen=shipped.touched_at)
    assert (hers.number, anew(shipped).state) == (2, State.DRAFT)
    hers = agreed(hers)
    actions.publish(hers, reviewed(), by=editor(), seen=hers.touched_at)
    newer(folder)
    bring_in(folder)
    assert (anew(hers).state, anew(hers).title) == (State.PUBLISHED, "Our days")
    assert Version.objects.get(guide__key="dates", number=3).state == State.DRAFT


def test_one_that_somebody_reads_is_not_put_aside(folder: Path) -> None:
    bring_in(folder)
    shipped = Version.objects.select_related("guide").get(guide__key="dates")
    actions.hand_on(shipped, by=editor(), seen=shipped.touched_at)
    newer(folder)
    bring_in(folder)
    assert anew(shipped).state == State.SECOND


def test_what_came_with_the_program_is_never_changed_in_place(folder: Path) -> None:
    bring_in(folder)
    shipped = Version.objects.select_related("guide").get(guide__key="dates")
    actions.write(shipped, content(), by=editor(), seen=shipped.touched_at)
    assert anew(shipped).title == "Dates"


def test_a_broken_file_brings_nothing_in_and_is_named(folder: Path) -> None:
    (folder / "zzz.md").write_text("# Nothing")
    with pytest.raises(GuideUnreadableError, match=r"zzz\.md"):
        bring_in(folder)
    assert not Guide.objects.exists()
