"""Reading a directory, whatever it came as: one file, a folder, a zip, an address. `read` is the door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from leeward.library.directory.reading.api import Api, base_of, is_api
from leeward.library.directory.reading.archives import is_zip, unpacked
from leeward.library.directory.reading.asking import Patience, Server
from leeward.library.directory.reading.documents import LINES, Document
from leeward.library.directory.reading.found import Fault, Origin, Read, ReadRefused
from leeward.library.directory.reading.packages import DESCRIPTOR, is_package, read_package, read_table
from leeward.library.fetching import FetchRefused, MayReach, public_only

PATIENT = Patience()
_JSON = (".json", *LINES)
_MOST_FILES = 10_000


def read(
    where: str | Path,
    *,
    may_reach: MayReach = public_only,
    reached: dict[str, Any] | None = None,
    patience: Patience = PATIENT,
) -> Iterator[Read | Fault]:
    """What stands there, one record after the other; as much is held in memory for a million as for a hundred.

    Args:
        where: a file of JSON (a record, a list, a page of an API, a record a line), a table, a folder, a zip; or the
            address of one of these, or of an HSDS API.
        may_reach: which addresses of the network may be asked; other than the default in tests alone.
        reached: of an API: where to go on, kept up to date (see `api.Api`).
        patience: how long a busy server is waited for.

    Raises:
        ReadRefused: nothing can be read from it, and why. It comes with the first record that is asked for, or, when
            it is found only later that a file cannot be read, with a later one.
    """
    if str(where).lower().startswith(("https://", "http://")):
        yield from _read_address(str(where), Server(may_reach, patience), reached)
    elif "://" in str(where):
        raise ReadRefused(_("Only addresses that begin with https:// or http:// can be read."))
    else:
        yield from _read_path(Path(where))


def _read_address(url: str, server: Server, reached: dict[str, Any] | None) -> Iterator[Read | Fault]:
    if not reached:
        try:
            with server.file(url) as (path, told):
                if not is_api(path, told.address):
                    yield from _read_file(path)
                    return
        except FetchRefused as refused:
            if refused.status != 404:
                raise ReadRefused(str(refused)) from refused
    yield from Api(base_of(url), server, reached)


def _read_path(path: Path) -> Iterator[Read | Fault]:
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.is_file():
        raise ReadRefused(_("There is no file or folder called %(name)s.") % {"name": str(path)})
    else:
        yield from _read_file(path)


def _read_file(path: Path) -> Iterator[Read | Fault]:
    try:
        packed = is_zip(path)
    except OSError as error:
        raise ReadRefused(_("%(file)s cannot be opened.") % {"file": path.name}) from error
    if packed:
        with unpacked(path) as folder:
            yield from _read_folder(folder, path.name)
    elif path.name == DESCRIPTOR:
        yield from _read_folder(path.parent)
    elif path.suffix.lower() == ".csv":
        yield from read_table(path)
    else:
        yield from _read_document(Document(path, path.name))


def _read_folder(folder: Path, called: str = "") -> Iterator[Read | Fault]:
    """The tables of a folder, then its files of JSON; of a folder that holds but one other, what is in that."""
    documents = sorted(path for path in folder.iterdir() if path.name.lower().endswith(_JSON) and path.is_file())
    documents = [path for path in documents if path.name != DESCRIPTOR]
    if len(documents) > _MOST_FILES:
        raise ReadRefused(_("There are more than %(count)s files in this folder.") % {"count": _MOST_FILES})
    if is_package(folder):
        yield from read_package(folder)
    for path in documents:
        yield from _read_document(Document(path, path.name))
    if not documents and not is_package(folder):
        inner = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))]
        if len(inner) != 1 or inner[0].is_symlink():
            words = _("There is nothing in %(name)s that could be a directory: no JSON, and no table of HSDS.")
            raise ReadRefused(words % {"name": called or folder.name})
        yield from _read_folder(inner[0], called)


def _read_document(document: Document) -> Iterator[Read | Fault]:
    yield from document
    pages = document.head.get("total_pages")
    if isinstance(pages, int) and pages > 1:
        words = _("This is one page of %(count)s. Of what is on the others nobody can say whether it is still there.")
        yield Fault(Origin(document.name), words % {"count": pages}, fatal=True)
