"""The whole directory as files that lie ready: to make them while somebody waits would take minutes of a worker.

They are made anew while the place is tended (`manage.py tend`, and every few minutes while it is served): after an
import, and once a day if something was changed by hand. They hold what everybody may read anyway.
"""

from __future__ import annotations

import datetime
import gzip
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from leeward.library.directory.giving_out import write_list
from leeward.library.directory.models import CORE, BringingIn
from leeward.library.directory.packaging import write_zip

EVERY = datetime.timedelta(hours=24)
"""So often at most, if only editors changed something."""
_GOES_ON_FOR = datetime.timedelta(hours=2)
"""An import that began before this and has not ended was broken off; none takes as long."""


def export_file() -> Path:
    """One list of JSON, packed."""
    return _folder() / "export.json.gz"


def package_file() -> Path:
    """The tabular data package."""
    return _folder() / "datapackage.zip"


def prepare_if_due() -> int:
    """Make both files anew if what they hold has changed; how many were made."""
    if not settings.SERVICES_API_RATE:
        for file in (export_file(), package_file()):
            file.unlink(missing_ok=True)
        return 0
    begun = timezone.now()
    if not _is_due(begun):
        return 0
    _folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=_folder()) as making:
        unfinished = Path(making) / "export.json.gz"
        with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=6) as lines:
            write_list(lines)
        package = Path(making) / "datapackage.zip"
        write_zip(package)
        for made, to in ((unfinished, export_file()), (package, package_file())):
            os.utime(made, (begun.timestamp(), begun.timestamp()))  # what changes from now on may not be in it
            made.replace(to)
    return 2


def _is_due(now: datetime.datetime) -> bool:
    if BringingIn.objects.filter(ended_at=None, begun_at__gt=now - _GOES_ON_FOR).exists():
        return False
    files = (export_file(), package_file())
    if not all(file.exists() for file in files):
        return True
    made = datetime.datetime.fromtimestamp(min(file.stat().st_mtime for file in files), datetime.UTC)
    imported = BringingIn.objects.aggregate(last=Max("ended_at"))["last"]
    if imported is not None and imported >= made:
        return True
    return now - made >= EVERY and any(
        model._default_manager.filter(changed_at__gte=made).exists() for model in CORE.values()
    )


def _folder() -> Path:
    folder: Path = settings.DATA / "given_out"
    return folder
