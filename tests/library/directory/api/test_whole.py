"""The whole directory in one piece: what is fetched is what is here, and it can be brought in elsewhere."""

from __future__ import annotations

import datetime
import gzip
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leeward.library.directory.api import preparing, whole
from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.models import Service, Source
from leeward.library.directory.reading.reader import read
from leeward.library.directory.telling import chunks_of
from tests.library.answering import here_too
from tests.library.directory.invented import brought, kept, plain, service


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_the_export_is_everything_and_is_the_same_when_it_is_brought_in_again(
    village: list[Any], prepared: None, tmp_path: Path
) -> None:
    before = kept()
    response = Client().get("/hsds/export.json")
    assert response.headers["Content-Type"] == "application/json"
    (tmp_path / "export.json").write_bytes(body_of(response))
    assert len(json.loads((tmp_path / "export.json").read_text())) >= 200
    (tmp_path / "datapackage.zip").write_bytes(body_of(Client().get("/hsds/datapackage.zip")))
    with zipfile.ZipFile(tmp_path / "datapackage.zip") as package:
        assert {"datapackage.json", "services.csv", "organizations.csv"} <= set(package.namelist())
    for file in ("export.json", "datapackage.zip"):
        Source.objects.all().delete()
        bring_in(
            Source.objects.create(key=file.split(".")[0], name=file), chunks_of(read(tmp_path / file)), complete=True
        )
        assert kept() == before, file


def test_it_is_sent_packed_to_whoever_takes_it_so(prepared: None) -> None:
    plainly = Client().get("/hsds/export.json")
    told = body_of(plainly)
    packed = Client().get("/hsds/export.json", HTTP_ACCEPT_ENCODING="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plainly.headers
    assert packed.headers["Vary"] == plainly.headers["Vary"] == "Accept-Encoding"
    sent = body_of(packed)
    assert len(sent) == int(packed.headers["Content-Length"])
    assert gzip.decompress(sent) == told


def test_it_is_sent_again_only_if_it_was_made_anew(prepared: None) -> None:
    first = Client().head("/hsds/datapackage.zip")
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=300"
    for asked in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        assert Client().get("/hsds/datapackage.zip", headers=asked).status_code == 304


def test_one_at_a_time_is_sent_and_the_next_is_asked_to_come_again(prepared: None) -> None:
    first = Client().get("/hsds/export.json")
    pieces = iter(first.streaming_content)  # type: ignore[attr-defined]  # it is sent in pieces
    assert next(pieces)
    second = Client().get("/hsds/datapackage.zip")
    assert (second.status_code, second.headers["Retry-After"]) == (429, "60")
    assert b"".join(pieces).endswith(b"]\n")
    third = Client().get("/hsds/datapackage.zip")
    assert third.status_code == 200
    body_of(third)
    assert not whole._turn.locked()


def test_a_few_an_hour_are_enough(prepared: None) -> None:
    for _time in range(6):
        assert Client().head("/hsds/export.json").status_code == 200
    refused = Client().get("/hsds/export.json")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 3_000


def test_before_the_first_round_of_tending_it_is_not_there_yet(db: None) -> None:
    response = Client().get("/hsds/export.json")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "600")
    assert response.json()["error"]


def test_it_is_made_anew_after_an_import_and_else_once_a_day_if_something_changed(prepared: None) -> None:
    assert preparing.prepare_if_due() == 0
    brought(plain("s1"), of="another")
    assert preparing.prepare_if_due() == 2
    Service.objects.filter(id="s1").update(changed_at=timezone.now() + datetime.timedelta(seconds=1))
    assert preparing.prepare_if_due() == 0
    _age()
    assert preparing.prepare_if_due() == 2
    Service.objects.update(changed_at=timezone.now() - datetime.timedelta(days=9))
    assert preparing.prepare_if_due() == 0
    with gzip.open(preparing.export_file(), "rt") as file:
        assert "Service s1" in file.read()


def test_what_was_retired_is_not_in_it(db: None) -> None:
    brought(service(), plain("s2", name="No longer there"))
    brought(service())
    try:
        assert preparing.prepare_if_due() == 2
        with gzip.open(preparing.export_file(), "rt") as file:
            text = file.read()
        assert "Evening group" in text
        assert "No longer there" not in text
    finally:
        preparing.export_file().unlink()
        preparing.package_file().unlink()


def test_where_nothing_is_given_out_no_file_lies_ready(prepared: None, settings: Any) -> None:
    settings.SERVICES_API_RATE = 0
    assert preparing.prepare_if_due() == 0
    assert not preparing.export_file().exists()
    assert not preparing.package_file().exists()


@pytest.mark.django_db(transaction=True)
def test_another_place_reads_the_api_and_has_the_same(live_server: Any) -> None:
    """Over a real server on loopback, by the program's own reader."""
    from tests.library.directory.api.conftest import VILLAGE  # noqa: PLC0415  # a path, no fixture

    bring_in(Source.objects.create(key="village", name="The village"), chunks_of(read(VILLAGE)), complete=True)
    before = kept()
    found = list(read(f"{live_server.url}/hsds/", may_reach=here_too))
    Source.objects.all().delete()
    outcome = bring_in(Source.objects.create(key="over_there", name="Another place"), chunks_of(found), complete=True)
    assert not outcome.fatal
    assert kept() == before


def _age() -> None:
    """Let the files be of the day before yesterday."""
    then = (timezone.now() - datetime.timedelta(days=2)).timestamp()
    for file in (preparing.export_file(), preparing.package_file()):
        os.utime(file, (then, then))
