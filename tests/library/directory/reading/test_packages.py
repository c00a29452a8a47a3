"""HSDS as tables: put together, written as programs for tables write, described well and badly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from leeward.library.directory.hsds import MORE
from leeward.library.directory.reading.decoding import not_utf8
from leeward.library.directory.reading.found import Fault, Read, ReadRefused
from leeward.library.directory.reading.reader import read
from tests.library.directory.reading.records import TABLES, everything, reads, told, write_tables

SERVICES = {"services.csv": [{"id": "s1", "name": "Talk", "status": "active"}]}


def described(folder: Path, *resources: Any, **package: Any) -> Path:
    (folder / "datapackage.json").write_text(json.dumps({"resources": list(resources), **package}), encoding="utf-8")
    return folder


def test_children_stand_in_each_record_that_they_name_and_nothing_is_lost(tmp_path):
    found = reads(read(write_tables(tmp_path)))
    phone = {"number": "01632 960000", "extension": 7, "languages": [{"id": "la1", "name": "Welsh"}]}
    trees = {tree["id"]: (kind, tree) for kind, tree in found}
    kind, service = trees["s1"]
    assert kind == "service"
    assert (service["minimum_age"], service["own"], service["organization_id"]) == (18, "kept", "o1")
    assert {**service["phones"][0], **phone, "id": "p1"} == service["phones"][0]
    assert [row["id"] for row in service["phones"][0]["attributes"]] == ["a2"]
    assert [row["id"] for row in service["attributes"]] == ["a1"]
    assert service["capacities"][0]["unit"] == {"id": "u1", "name": "beds"}
    assert "unit_id" not in service["capacities"][0]
    _kind, other = trees["s2"]
    assert other.keys() == {"id", "organization_id", "name", "status", "contacts"}
    assert other["contacts"] == [
        {"id": "c1", "name": "Wren", "phones": [{"id": "p2", "number": "01632 960001", "extension": "007"}]}
    ]
    kind, location = trees["l1"]
    assert (location["latitude"], location["longitude"]) == (56.3, -12.4)
    assert [row["id"] for row in location["phones"]] == ["p1", "p3"]
    assert location["phones"][1]["service_id"] == "gone"  # That record is not here: what the row says of it is kept.
    assert [row["id"] for row in location["attributes"]] == ["a3"]
    loose = [(kind, tree["id"]) for kind, tree in found if kind.startswith("loose:")]
    assert sorted(loose) == [
        ("loose:attribute", "a4"),
        ("loose:language", "la2"),
        ("loose:own_table", "x1"),
        ("loose:phone", "p4"),
        ("loose:unit", "u2"),
    ]
    assert trees["a4"][1]["link_entity"] == "location"


def test_a_record_says_in_which_line_of_which_file_it_stands(tmp_path):
    write_tables(tmp_path)
    (tmp_path / "services.csv").write_text('id,name,status\ns1,"over\r\ntwo lines",active\n\ns2,b,active\n')
    origins = {one.tree["id"]: str(one.origin) for one in read(tmp_path) if isinstance(one, Read)}
    assert (origins["s1"], origins["s2"], origins["o1"]) == ("services.csv:2", "services.csv:5", "organizations.csv:2")


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|", "lineterminator": "\r\n"},
        {"lineterminator": "\n", "quoting": 1},
        {"encoding": "utf-8-sig"},
        {"encoding": "utf-16"},
        {"encoding": "utf-16", "delimiter": ";", "quoting": 1},
    ],
)
def test_tables_are_read_as_programs_write_them(tmp_path, form):
    assert reads(read(write_tables(tmp_path / "other", **form))) == reads(read(write_tables(tmp_path / "plain")))


def test_a_package_says_where_its_tables_are_and_how_they_are_written(tmp_path):
    plain = reads(read(write_tables(tmp_path / "plain")))
    folder = write_tables(tmp_path / "described" / "data", delimiter="'", quotechar="~").parent
    dialect = {"delimiter": "'", "quoteChar": "~"}
    resources = [{"name": name.removesuffix(".csv"), "path": [f"data/{name}"], "dialect": dialect} for name in TABLES]
    described(folder, *resources, {"name": "addresses", "path": "data/addresses.csv"})
    assert reads(read(folder)) == plain
    assert reads(read(folder / "datapackage.json")) == plain


def test_a_package_may_be_in_an_older_encoding_if_it_says_so(tmp_path):
    rows = {"services.csv": [{"id": "s1", "name": "Bücherei", "status": "active"}]}
    write_tables(tmp_path, rows, encoding="latin-1")
    assert told(read(tmp_path)) == [f"✗ services.csv:2:2 {not_utf8()}"]
    described(tmp_path, {"name": "services", "path": "services.csv", "encoding": "ISO-8859-1"})
    assert reads(read(tmp_path))[0][1]["name"] == "Bücherei"


def test_a_description_that_is_only_a_link_is_passed_over(tmp_path):
    write_tables(tmp_path, SERVICES)
    (tmp_path / "datapackage.json").write_text("../../datapackage.json")
    assert told(read(tmp_path)) == ["service s1"]


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ({"name": "phones", "path": "../phones.csv"}, "names a file that is not in the folder: ../phones.csv."),
        ({"name": "phones", "path": "/etc/passwd"}, "names a file that is not in the folder"),
        ({"name": "phones", "path": "C:\\phones.csv"}, "names a file that is not in the folder"),
        ({"name": "phones", "path": "https://a.example/phones.csv"}, "names a file that is not in the folder"),
        ({"name": "phones", "path": "led/phones.csv"}, "names a file that is not in the folder"),
        ({"name": "phones", "path": "a\0b"}, "names no file"),
        ({"name": "phones", "path": 3}, "names no file"),
        ({"name": "phones"}, "names no file"),
        ({"name": "phones", "data": []}, "rows stand within the description"),
        ({"name": "phones", "path": "services.csv", "encoding": "zlib"}, "encoding is not known here: zlib"),
        ({"name": "phones", "path": "services.csv", "dialect": {"delimiter": "ab"}}, "written in a way"),
        ({"name": "phones", "path": "services.csv", "dialect": {"header": False}}, "written in a way"),
        (["phones"], "A resource is no object"),
    ],
)
def test_what_leads_out_of_a_package_or_cannot_be_read_is_refused_and_the_rest_is_read(tmp_path, resource, words):
    outside = write_tables(tmp_path / "outside", {"phones.csv": TABLES["phones.csv"]})
    folder = write_tables(tmp_path / "package", SERVICES)
    (tmp_path / "phones.csv").write_text((outside / "phones.csv").read_text())
    (folder / "led").symlink_to(outside)
    fault, service = everything(described(folder, {"name": "services", "path": "services.csv"}, resource))
    assert words in fault.reason
    assert fault.fatal
    assert service.tree == SERVICES["services.csv"][0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is no JSON"),
        ("[]", "is no description"),
        ('{"resources": 3}', "lists no resources"),
        ("{}", "lists no resources"),
        ('{"a":' * 100_000, "is no JSON"),
        ('{"resources": []}', "There is no table of HSDS"),
        (b"\xff{}", "is no JSON"),
    ],
)
def test_a_description_that_cannot_be_understood_is_refused(tmp_path, content, words):
    write_tables(tmp_path, SERVICES)
    (tmp_path / "datapackage.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReadRefused, match=words):
        list(read(tmp_path))


S = "id,name,status\ns1,Talk,active\n"


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (S + "s2,Walk\ns3,Sit,active\n", ["✗ services.csv:3 This row has 2 cells", "service s1", "service s3"]),
        (S + "s2,Walk,active,more\n", ["✗ services.csv:3 This row has 4 cells", "service s1"]),
        (S + ",Walk,active\n", ["✗ services.csv:3 This row has no id.", "service s1"]),
        (S + "s2,W\0lk,active\n", ["✗ services.csv:3:2 A text holds a sign", "service s1"]),
        (S + 's2,"Walk,active\n', ["✗ services.csv:3 A quotation mark", "service s1"]),
        (S + 's2,"Wa"lk,active\n', ["✗ services.csv:3 A quotation mark", "service s1"]),
        ("id,name\ns1,Talk\n", ["✗ services.csv:1 These columns are missing: status."]),
        ("name,status\nTalk,active\n", ["✗ services.csv:1 These columns are missing: id."]),
        ("id,name,status,name\ns1,a,active,b\n", ["✗ services.csv:1 These columns stand twice: name."]),
        ("id,name,status,\ns1,a,active,b\ns2,a,active,\n", ["✗ services.csv:2:4 This cell stands", "service s2"]),
        ("", ["✗ services.csv:1 There is nothing in this file"]),
        ("\n", ["✗ services.csv:1 There is nothing in this file"]),
        ("\x89PNG\r\n\x1a\n\0\0", ["✗ services.csv:1 These columns are missing: id, name, status."]),
    ],
)
def test_a_broken_table_is_named_where_it_breaks_and_the_rest_is_read(tmp_path, content, lines):
    (tmp_path / "services.csv").write_text(content)
    found = told(read(tmp_path))
    assert len(found) == len(lines), found
    for one, begin in zip(found, lines, strict=True):
        assert one.startswith(begin)


def test_a_child_that_cannot_be_read_makes_nobody_doubt_the_records(tmp_path):
    write_tables(tmp_path, SERVICES)
    (tmp_path / "phones.csv").write_text("id,service_id,extension\np1,s1\np2,s1,3\n")
    missing, short, service = everything(tmp_path)
    assert [type(missing), type(short)] == [Fault, Fault]
    assert not missing.fatal
    assert not short.fatal
    assert "These columns are missing: number." in missing.reason
    assert service.tree["phones"] == [{"id": "p2", "extension": 3}]


def test_a_cell_longer_than_any_record_is_refused(tmp_path):
    (tmp_path / "services.csv").write_text(S + "s2," + "a" * 10_000_000 + ",active\ns3,Sit,active\n")
    assert told(read(tmp_path)) == ["✗ services.csv:3 This is longer than 8 MB, and no record is.", "service s1"]
    (tmp_path / "services.csv").write_text(S + 's2,"' + "a\n" * 5_000_000 + '",active\n')
    assert told(read(tmp_path)) == ["✗ services.csv:3 This is longer than 8 MB, and no record is.", "service s1"]


def test_more_rows_than_memory_should_hold_are_not_put_to_one_record(tmp_path):
    notes = [{"id": f"d{number}", "service_id": "s1", "document": "x" * 100_000} for number in range(100)]
    write_tables(tmp_path, {**SERVICES, "required_documents.csv": notes})
    fault, service = everything(tmp_path)
    assert str(fault.origin) == "required_documents.csv:2"
    assert fault.reason == "More than 8 MB of rows belong to service s1. They were left out."
    assert service.tree == SERVICES["services.csv"][0]


def test_a_package_without_services_is_said_to_be_a_part(tmp_path):
    organizations = {"organizations.csv": TABLES["organizations.csv"]}
    fault, organization = everything(write_tables(tmp_path, organizations))
    assert fault.fatal
    assert organization.kind == "organization"
    with pytest.raises(ReadRefused, match="no table of HSDS"):
        list(read(write_tables(tmp_path / "none", {"own_table.csv": TABLES["own_table.csv"]})))


def test_one_table_alone_is_read(tmp_path):
    write_tables(tmp_path)
    assert told(read(tmp_path / "services.csv")) == ["service s1", "service s2"]
    shutil.copy(tmp_path / "services.csv", tmp_path / "export.csv")
    with pytest.raises(ReadRefused, match=r"export\.csv has not the name of a table"):
        list(read(tmp_path / "export.csv"))


def test_what_cells_cannot_tell_is_told_in_a_column_of_our_own(tmp_path):
    more = {"set": {"extension": "12", "x_own": {"a": None}}, "unset": ["type"]}
    row = {"id": "p1", "service_id": "s1", "number": "1", "extension": "12", "type": "gone", MORE: json.dumps(more)}
    write_tables(tmp_path, {**SERVICES, "phones.csv": [row]})
    assert reads(read(tmp_path))[0][1]["phones"] == [
        {"id": "p1", "number": "1", "extension": "12", "x_own": {"a": None}}
    ]
    for broken in ("{", "[1]", '{"a": NaN}', '{"a": 1, "a": 2}', "{} {}", "[" * 100_000, '{"set": 3}', '{"unset": 3}'):
        write_tables(tmp_path, {**SERVICES, "phones.csv": [{**row, MORE: broken}]})
        assert "cannot be understood" in told(read(tmp_path))[0]


def test_what_is_told_in_our_column_may_be_of_any_shape(tmp_path):
    more = {"set": {"unit_id": [{}], "id": None, "service_id": {}}, "unset": [3, {}, "available"]}
    row = {"id": "k1", "service_id": "s1", "unit_id": "u1", "available": "1", "updated": "2026", MORE: json.dumps(more)}
    write_tables(tmp_path, {**SERVICES, "service_capacity.csv": [row], "units.csv": [{"id": "u1", "name": "beds"}]})
    found = dict(reads(read(tmp_path)))
    assert found["service"]["capacities"] == [{"id": None, "service_id": {}, "unit_id": [{}], "updated": "2026"}]
