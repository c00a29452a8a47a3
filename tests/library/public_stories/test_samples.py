"""Three real articles, read as a careful reader reads them. Neither they nor a name in them stands in the project."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.core.management import call_command

from tests.library.public_stories.samples import FOLDER, needs_samples

pytestmark = needs_samples

SURE = {
    1: {
        "relation:carried",
        "kind:miscarriage_late",
        "now:cannot_carry_again",
        "children:living_before",
        "body:let_down",
        "body:feels_healthy",
        "heart:grief",
        "heart:why",
        "heart:judged",
        "heart:thankful",
        "support:children_speak",
        "told:openly",
        "told:photos_shown",
        "remembrance:tree",
        "remembrance:ashes_in_soil",
        "remembrance:tradition",
        "remembrance:family_speaks",
    },
    2: {
        "relation:carried",
        "path:ivf",
        "now:pregnant_after_loss",
        "children:living_before",
        "body:belly",
        "body:mirror",
        "body:injections",
        "body:proud",
        "heart:fear_scans",
        "heart:afraid_to_hope",
        "heart:what_could_have_been",
        "heart:missing_pregnancy",
        "heart:alone",
        "heart:thankful",
        "support:therapy",
        "support:talking",
        "support:self_care",
        "support:hearing_others",
        "support:helping_others",
        "told:openly",
    },
    3: {
        "relation:carried",
        "kind:miscarriage_late",
        "how:told_no_help",
        "children:living_before",
        "body:transfusion",
        "body:breasts",
        "body:paused",
        "body:mirror",
        "heart:grief",
        "heart:what_could_have_been",
        "heart:thankful",
        "told:openly",
        "told:photos_shown",
    },
}
MAY = {
    1: {"heart:missing_pregnancy", "remembrance:photos", "remembrance:name", "remembrance:ashes", "heart:love"},
    2: {"heart:why", "support:peer_group", "remembrance:name"},
    3: {"body:belly", "body:weight", "remembrance:name"},
}
NEVER = {
    1: {"kind:stillbirth", "now:pregnant_after_loss", "path:ivf", "children:none_living"},
    2: {"now:cannot_carry_again", "heart:relief", "kind:stillbirth", "now:trying", "diagnosis:unexplained"},
    3: {"now:pregnant_after_loss", "path:ivf", "support:hearing_others", "faith:angry", "kind:stillbirth"},
}
NOTES = {1: {"living_child"}, 2: {"pregnancy_current", "pregnancy_announcement", "living_child"}, 3: {"medical_detail"}}
LEFT_OUT = re.compile(
    r"story continues|newsletter|sign up|getty images|\(photo|\d (?:year|month|day|hour)s? ago", re.IGNORECASE
)


@pytest.fixture(scope="module")
def read() -> dict[int, dict[str, Any]]:
    """What the command says of the three, which keeps nothing and asks no database."""
    said = io.StringIO()
    files = [str(FOLDER / f"article-{nth}.txt") for nth in (1, 2, 3)]
    call_command("import_public_story", *files, dry_run=True, json=True, stdout=said)
    return dict(enumerate(json.loads(said.getvalue()), start=1))


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_the_facets_are_those_that_a_careful_reader_finds(read: dict[int, dict[str, Any]], nth: int) -> None:
    found = {facet["key"] for facet in read[nth]["facets"]}
    assert not SURE[nth] - found
    assert not found - SURE[nth] - MAY[nth]
    assert not found & NEVER[nth]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_what_is_inside_is_noted(read: dict[int, dict[str, Any]], nth: int) -> None:
    assert {note["key"] for note in read[nth]["notes"]} >= NOTES[nth]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_the_title_is_right_and_the_text_is_the_article_alone(read: dict[int, dict[str, Any]], nth: int) -> None:
    title, text = read[nth]["title"], read[nth]["text"]
    raw = (FOLDER / f"article-{nth}.txt").read_text(encoding="utf-8")
    first = " ".join(raw.splitlines()[0].split())
    assert title
    assert first.startswith(title)
    assert not LEFT_OUT.search(title)
    assert not LEFT_OUT.search(text)
    assert title not in text
    kept = [" ".join(line.split()) for line in raw.splitlines()[1:] if line.strip() and not LEFT_OUT.search(line)]
    assert text.split("\n\n") == [line for line in kept if line != title]
    assert read[nth]["title_is_caption"] is (nth == 3)


def test_their_order_in_time_is_first_third_second(read: dict[int, dict[str, Any]]) -> None:
    assert [read[nth]["order"] for nth in (1, 3, 2)] == [1, 2, 3]
    assert len({read[nth]["told_by"] for nth in (1, 2, 3)}) == 1


def test_language_and_day_are_said_honestly(read: dict[int, dict[str, Any]]) -> None:
    for one in read.values():
        assert one["language"] == "en"
        assert one["date"] is None
        assert all(words in one["text"] for facet in one["facets"] for words in facet["words"])
