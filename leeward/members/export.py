"""Everything of a member, to take along: one zip with a JSON file for each kind of thing and one page to read."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterable
from typing import IO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from leeward.members.belongings import Belonging, Row, all_belongings
from leeward.members.models import Member

FILE_NAME = "my-copy.zip"
"""Neutral: it stands in a list of downloads."""
_IN_MEMORY = 5 * 1024 * 1024  # bytes; a larger copy is made in an unnamed file that goes when it is closed


def copy_of(member: Member) -> IO[bytes]:
    """The zip, at its beginning. Made at once, kept nowhere.

    Holds `read-me-first.html` (one page, self-contained), `data/<key>.json` for each kind of thing, and her files.
    """
    kinds = [(belonging, list(belonging.export(member))) for belonging in all_belongings()]
    parts = {"read-me-first.html": _page(member, kinds)}
    for belonging, rows in kinds:
        parts[f"data/{belonging.key}.json"] = json.dumps(rows, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, written in parts.items():
            archive.writestr(name, written)
        for belonging, _rows in kinds:
            _add_files(archive, belonging.files(member))
    file.seek(0)
    return file


def _add_files(archive: zipfile.ZipFile, files: Iterable[tuple[str, IO[bytes]]]) -> None:
    """As they are: photos do not get smaller."""
    for name, content in files:
        with archive.open(zipfile.ZipInfo(name, time.localtime()[:6]), "w") as entry:
            shutil.copyfileobj(content, entry)


def _page(member: Member, kinds: Iterable[tuple[Belonging, list[Row]]]) -> str:
    context = {
        "name": member.name,
        "kinds": [(belonging.title, rows) for belonging, rows in kinds],
        "made_on": timezone.localdate(),
        "place_name": settings.PLACE_NAME,
        "language": settings.LANGUAGE_CODE,
    }
    return render_to_string("members/copy.html", context)
