"""The public stories of the village: read as any article is, three of them approved, one still on the editors' desk."""

from __future__ import annotations

import tomllib
from pathlib import Path

from leeward.library.public_stories.actions import Said, approve, take_in
from leeward.library.public_stories.models import PublicStory
from leeward.library.public_stories.reading.articles import placed, read
from leeward.library.public_stories.reading.cleaning import Known
from leeward.members.models import Member

ARTICLES = Path(__file__).parent / "in_public" / "articles.toml"


def make_public_stories(editor: Member) -> None:
    """Bring them in, and approve those about which the editor has written.

    Args:
        editor: who approves them.
    """
    tables = tomllib.loads(ARTICLES.read_text(encoding="utf-8"))["article"]
    articles = [read(table["raw"], table["address"], Known(source=table["source"])) for table in tables]
    for article, table in zip(placed(articles), tables, strict=True):
        (ref,) = take_in([article], by=editor, address=table["address"])
        if "summary" in table:
            _approve(PublicStory.objects.get(ref=ref), table["summary"], table["ground"], editor)


def _approve(story: PublicStory, summary: str, ground: str, editor: Member) -> None:
    said = Said(
        title=story.title,
        author=story.author,
        source=story.source,
        address=story.address,
        published_on=story.published_on,
        telling=story.telling.name if story.telling else "",
        place=story.place,
        summary=summary,
        ground=ground,
        told_by_herself=True,
        facts=tuple(story.facts.values_list("facet", "key")),
        notes=story.notes,
    )
    approve(story, said, by=editor, seen=story.version)
