"""HSDS as JSON, in every shape in which it comes, sound and broken."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from leeward.library.directory.reading import decoding
from leeward.library.directory.reading.found import Fault, Origin, Read, ReadRefused
from leeward.library.directory.reading.reader import read
from tests.library.directory.reading.records import OF_EACH, ORGANIZATION, SERVICE, everything, reads, told

EACH = list(OF_EACH.items())
RECORDS = list(OF_EACH.values())


def written(folder: Path, content: str | bytes | object, name: str = "directory.json") -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(("kind", "tree"), EACH)
def test_one_record_is_known_by_its_fields(tmp_path, kind, tree, indent):
    path = written(tmp_path, json.dumps(tree, indent=indent))
    assert list(read(path)) == [Read(kind, tree, Origin("directory.json", 1, 1))]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_read_with_where_each_record_begins(tmp_path, indent):
    found = list(read(written(tmp_path, json.dumps(RECORDS, indent=indent))))
    assert reads(found) == EACH
    lines = [one.origin.line for one in found]
    assert lines == [1] * len(EACH) if indent is None else lines == sorted(set(lines))
    assert found[0].origin == (Origin("directory.json", 1, 2) if indent is None else Origin("directory.json", 2, 3))


@pytest.mark.parametrize("name", ["directory.jsonl", "directory.ndjson", "directory.json"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\n\n"])
def test_a_record_a_line_is_read(tmp_path, name, ends):
    path = written(tmp_path, ends.join(map(json.dumps, RECORDS)), name)
    assert reads(read(path)) == EACH


def test_a_page_of_an_api_is_read_and_said_to_be_one_of_several(tmp_path):
    page = {"total_pages": 1, "contents": RECORDS, "last_page": True}
    assert reads(read(written(tmp_path, page))) == EACH
    found = list(read(written(tmp_path, {**page, "total_pages": 3})))
    assert reads(found[:-1]) == EACH
    assert told(found[-1:]) == [
        "✗ directory.json This is one page of 3. Of what is on the others nobody can say whether it is still there."
    ]


def test_lists_in_one_object_are_read(tmp_path):
    path = written(tmp_path, {"version": "3.0", "services": [SERVICE], "organizations": [ORGANIZATION]})
    assert sorted(told(read(path))) == ["organization o1", "service s1"]


def test_tables_in_one_object_are_put_together(tmp_path):
    found = reads(
        read(written(tmp_path, {"services.csv": [{"id": "s1"}], "phones.csv": [{"id": "p", "service_id": "s1"}]}))
    )
    assert found == [("service", {"id": "s1", "phones": [{"id": "p"}]})]
    assert told(read(written(tmp_path, {"services.csv": [{"id": "s1"}, 3, {"name": "none"}]}))) == [
        "directory.json:1:1 A row of services.csv is no object with an id.",
        "service s1",
    ]


def test_what_has_few_fields_is_known_by_the_name_of_its_file(tmp_path):
    bare = {"id": "x", "name": "n", "description": "d"}
    assert told(read(written(tmp_path, [bare], "taxonomy_terms-2026.json"))) == ["taxonomy_term x"]
    assert told(read(written(tmp_path, [bare], "organizations.json"))) == ["organization x"]
    assert told(read(written(tmp_path, [bare]))) == [
        "directory.json:1:2 Its fields do not tell which kind of record this is."
    ]


def test_unknown_fields_and_other_scripts_are_kept(tmp_path):
    tree = {**SERVICE, "name": "Übergang 🕊", "x_own": {"a": [None, True, 1.5]}}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        for separator in ("\n", ", "):
            whole = separator.join([json.dumps(tree, ensure_ascii=False)] * 2)
            path = written(tmp_path, (whole if separator == "\n" else f"[{whole}]").encode(encoding))
            assert reads(read(path)) == [("service", tree)] * 2


S = json.dumps(SERVICE)
ORG = json.dumps(ORGANIZATION)
AT = len(S) + 3


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (f"[{S},", ["service s1", f"✗ directory.json:1:{AT} It ends here, in the middle."]),
        (f"[{S},\n{ORG[:-1]}", ["service s1", f"✗ directory.json:2:{len(ORG)} It ends here, in the middle."]),
        (f"[{S} {ORG}]", ["service s1", f"✗ directory.json:1:{AT} A comma, or the end of a list or an object"]),
        (f"[{S},\n\n  x, {ORG}]", ["service s1", "✗ directory.json:3:3 There should be a value here"]),
        (f"[{S}, {{'id': 1}}, {ORG}]", ["service s1", f"✗ directory.json:1:{AT + 2} A name in double quotes"]),
        (f'[{S}, {{"id" 1}}, {ORG}]', ["service s1", f"✗ directory.json:1:{AT + 7} A colon is missing here."]),
        (f'[{S}, {{"id": "a\nb"}}]', ["service s1", f"✗ directory.json:1:{AT + 10} There is a line break"]),
        (f'[{S}, {{"id": "\\x"}}]', ["service s1", f"✗ directory.json:1:{AT + 9} There is a backslash"]),
        (f"[{S}] {ORG}", ["service s1", f"✗ directory.json:1:{AT + 1} Something more follows"]),
        (f"[{S},]", ["service s1", f"✗ directory.json:1:{AT} There should be a value here"]),
        (f"[{S}, null, 3, [], {ORG}]", ["service s1", *["directory.json:1:"] * 3, "organization o1"]),
        ("{", ["✗ directory.json:1:2 It ends here"]),
        ('{"id": "a" "b": 1}', ["✗ directory.json:1:12 A comma"]),
        ('{"id": "a", 3: 1}', ["✗ directory.json:1:13 A name in double quotes"]),
        ('{"id" "a"}', ["✗ directory.json:1:7 A colon"]),
        (f"{ORG} x", ["organization o1", f"✗ directory.json:1:{len(ORG) + 2} Something more follows"]),
        ('"text"', ["✗ directory.json:1:1 This is no JSON with records"]),
        ("<html>", ["✗ directory.json:1:1 This is no JSON with records"]),
        ("", ["✗ directory.json There is nothing in this file."]),
        ("  \n ", ["✗ directory.json There is nothing in this file."]),
        ("[]", []),
        ("{}", ["directory.json:1:1 Its fields do not tell"]),
        (f'{{"contents": [{S}', ["service s1", "✗ directory.json:1:"]),
        (
            f'{{"contents": [{S}], "contents": [{S}]}}',
            ["service s1", "service s1", "✗ directory.json:1:1 “contents” stands twice"],
        ),
    ],
)
def test_broken_json_is_named_where_it_breaks_and_what_was_sound_is_read(tmp_path, content, lines):
    found = told(read(written(tmp_path, content)))
    assert len(found) == len(lines), found
    for one, begin in zip(found, lines, strict=True):
        assert one.startswith(begin)


def bad(value: str) -> str:
    return f'{{"id": "bad", "name": "n", "status": "active", "x": {value}}}'


TROUBLES = {
    bad("NaN"): "NaN is no number",
    bad("[-Infinity]"): "-Infinity is no number",
    bad("1e999"): "1e999 is too large",
    bad("1" * 5000): "1111",
    bad('{"a": 1, "a": 2}'): "“a” stands twice in one object.",
    bad('"\\u0000"'): "cannot be kept",
    bad('{"\\u0000": 1}'): "cannot be kept",
    bad('"\\ud83d"'): "cannot be kept",
    bad("[" * 70 + "]" * 70): "more than 64 times",
    bad('{"a":' * 70 + "1" + "}" * 70): "more than 64 times",
    '{"id": "1", "name": "n", "status": "s", "id": "2"}': "“id” stands twice",
}


@pytest.mark.parametrize("content", TROUBLES)
def test_sound_json_of_which_no_record_can_be_made_is_one_fault_and_the_rest_is_read(tmp_path, content):
    for whole, name in ((f"[{S},{content},{ORG}]", "directory.json"), (f"{S}\n{content}\n{ORG}", "directory.jsonl")):
        service, fault, organization = everything(written(tmp_path, whole, name))
        assert (service.tree, organization.tree) == (SERVICE, ORGANIZATION)
        assert TROUBLES[content] in fault.reason
        assert fault.fatal  # Which record it was nobody knows: it must not be taken for one that is gone.
        assert len(fault.reason) < 300
    alone = list(read(written(tmp_path, content)))
    assert [isinstance(one, Fault) for one in alone] == [True]


def test_what_is_too_deep_for_any_program_does_not_stop_the_lines_after_it(tmp_path):
    deep = "[" * 200_000
    found = told(read(written(tmp_path, "\n".join([S, '{"id": ' + deep, ORG]), "directory.jsonl")))
    assert found[0::2] == ["service s1", "organization o1"]
    assert "more than 64 times" in found[1]
    assert "more than 64 times" in told(read(written(tmp_path, f"[{S},{deep}")))[1]
    assert "more than 64 times" in told(read(written(tmp_path, '{"id": ' + deep)))[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"id": "\xff"}', ":2:9 Here are signs that are not in UTF-8."),
        (b'{"id": "a"', ":2:11 A comma"),
        (b'{"id": "a"} {}', ":2:12 Something more follows"),
        (b"[1, 2]", ":2:1 There should be a record"),
        (b"\x00\x00", ":2:1 There should be a value"),
    ],
)
def test_in_lines_only_that_line_is_lost(tmp_path, line, words):
    found = told(read(written(tmp_path, b"\n".join([S.encode(), line, ORG.encode()]), "directory.jsonl")))
    assert found[0::2] == ["service s1", "organization o1"]
    assert words in found[1]


def test_a_wrong_encoding_is_said_after_what_was_sound(tmp_path):
    path = written(tmp_path, f"[{S},\n".encode() + '{"id": "ü"}]'.encode("latin-1"))
    assert told(read(path)) == [
        "service s1",
        f"✗ directory.json:2:9 {decoding.not_utf8()}",
    ]


@pytest.mark.parametrize("content", ["[]".encode("utf-32"), b"\xff\xfe[\x00]", b"[\x00\x00\xd8{"])
def test_what_is_in_no_known_encoding_is_refused(tmp_path, content):
    with pytest.raises(ReadRefused, match="UTF-"):
        list(read(written(tmp_path, content)))


def test_a_record_longer_than_any_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("leeward.library.directory.reading.text.MOST_RECORD", 300_000)
    monkeypatch.setattr("leeward.library.directory.reading.documents.MOST_RECORD", 300_000)
    long = json.dumps({**SERVICE, "description": "a" * 600_000})
    assert told(read(written(tmp_path, f"{S}\n{long}\n{ORG}\n", "directory.jsonl"))) == [
        "service s1",
        f"✗ directory.jsonl:2:1 {decoding.too_long()}",
        "organization o1",
    ]
    assert told(read(written(tmp_path, f"[{S},{long},{ORG}]")))[:1] == ["service s1"]
    assert "no record is" in told(read(written(tmp_path, f"[{S},{long},{ORG}]")))[1]
    assert "no record is" in told(read(written(tmp_path, long)))[0]


def test_memory_does_not_grow_with_the_number_of_records(tmp_path):
    many = [json.dumps({**SERVICE, "description": "a" * 2000, "id": str(number)}) for number in range(5_000)]
    whole = {"directory.json": "[" + ",\n".join(many) + "]", "directory.jsonl": "\n".join(many)}
    whole["page.json"] = '{"contents": ' + whole["directory.json"] + ', "total_pages": 1}'
    for name, content in whole.items():
        path = written(tmp_path, content, name)
        assert path.stat().st_size > 10_000_000
        tracemalloc.start()
        assert sum(1 for _one in read(path)) == 5_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()


def test_what_is_not_there_is_said(tmp_path):
    for where in (tmp_path / "none", tmp_path / "none" / "x.json", "/dev/null"):
        with pytest.raises(ReadRefused, match="There is no file or folder"):
            list(read(where))
    with pytest.raises(ReadRefused, match="nothing in"):
        list(read(tmp_path))
    with pytest.raises(ReadRefused, match="begin with https"):
        list(read("ftp://directory.example/services.json"))


def test_the_files_of_a_folder_are_read_one_after_the_other(tmp_path):
    written(tmp_path, [SERVICE], "a.json")
    written(tmp_path, ORG, "b.jsonl")
    written(tmp_path, "not read", "c.txt")
    assert told(read(tmp_path)) == ["service s1", "organization o1"]
    assert told(read(tmp_path.parent / tmp_path.name)) == told(read(str(tmp_path)))
